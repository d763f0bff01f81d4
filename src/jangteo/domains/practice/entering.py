"""Coming into a copy, beginning it afresh, and leaving it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import time, timedelta

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.payments.queries import payment_for
from jangteo.domains.practice.actions.open_copy import open_copy
from jangteo.domains.practice.actions.retire_copy import retire_copy
from jangteo.domains.practice.actions.sit_down import Seat, Seated, sit_down
from jangteo.domains.practice.actions.stand_up import stand_up
from jangteo.domains.practice.crowd import Crowd
from jangteo.domains.practice.errors import NobodyCame
from jangteo.domains.practice.models import Sitting
from jangteo.domains.practice.play_gateway import PlayGateway
from jangteo.domains.practice.queries import living_copies, twin_of
from jangteo.domains.practice.stand_ins import AT_ONCE, serve
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market, unscoped_practice

SOLD_YESTERDAY = 3
STEPS_OF_A_PART = 3


@dataclass(frozen=True, slots=True)
class Learner:
    """Who wants to practise: on which screens, and as whom in the real market. `stall` has its street loaded."""

    face: str
    role: str = ""
    stall: Stall | None = None


def begin(market: Market, learner: Learner) -> Seated:
    """Into the copy where others of this market practise, else into a new one. `market` is the real one."""
    own = learner.stall
    with unscoped_practice():
        for copy in living_copies(market):
            if own is None or twin_of(own, copy) is not None:
                return _sit(copy, learner)
    return begin_afresh(market, learner)


def begin_afresh(market: Market, learner: Learner) -> Seated:
    """Into a new copy, in which some things were sold yesterday. Whoever practises in another one stays there."""
    # Whoever asks stands in the real market; what follows goes on in the copy.
    with unscoped_practice():
        copy = open_copy(market=market, actor=SYSTEM, own=learner.stall)
        sell_yesterday(copy)
        return _sit(copy, learner)


def leave(sitting: Sitting) -> None:
    """Out of the copy, which ends when that was the last one."""
    copy = sitting.market
    with unscoped_practice():
        stand_up(market=copy, actor=SYSTEM, sitting_id=sitting.pk)
        if not Sitting.objects.filter(market=copy, ended_at=None).exists():
            retire_copy(market=copy, actor=SYSTEM)


def sell_yesterday(copy: Market) -> None:
    """A settlement needs a day that is over: a few cards, handed over yesterday afternoon."""
    crowd = Crowd(copy, random.Random(copy.pk))  # noqa: S311  # the same yesterday every time, nothing secret
    afternoon = clock.korean(clock.today() - timedelta(days=1), time(15))
    with clock.at(afternoon):
        for _ in range(SOLD_YESTERDAY):
            try:
                placed = crowd.order(by_card=True)
            except NobodyCame:
                return
            _take_money(copy, placed.ref)
        with in_market(copy.pk):
            for _ in range(STEPS_OF_A_PART):
                serve(copy, (), AT_ONCE)


def _take_money(copy: Market, order_ref: str) -> None:
    with in_market(copy.pk):
        payment = payment_for(order_ref)
        if payment is None or payment.payment_key is None:
            return
        snapshot = PlayGateway().confirm(
            payment_key=payment.payment_key, order_ref=order_ref, amount_won=payment.amount_won, key=order_ref
        )
    settle_payment(market=copy, actor=SYSTEM, snapshot=snapshot)


def _sit(copy: Market, learner: Learner) -> Seated:
    stall = None if learner.stall is None else twin_of(learner.stall, copy)
    seat = Seat(learner.face, learner.role, None if stall is None else stall.pk)
    seated = sit_down(market=copy, actor=SYSTEM, seat=seat)
    if stall is not None:
        _something_to_sell(copy, stall)
    return seated


def _something_to_sell(copy: Market, stall: Stall) -> None:
    """A stall that has put up nothing yet can take orders all the same."""
    with in_market(copy.pk):
        has_goods = Good.objects.filter(stall=stall, state=Good.State.ON_SALE).exists()
    if has_goods:
        return
    new = NewGood(
        stall_id=stall.pk,
        kind_id=stall.kind_id,
        name="연습 물건",
        unit="1개",
        origin="국산",
        price_won=3_000,
        tax=Good.Tax.EXEMPT,
        picture=f"kind-{stall.kind.key}",
    )
    put_up_good(market=copy, actor=SYSTEM, new=new)
