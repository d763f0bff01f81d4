"""Stamps that the demo market has collected over the last days, so that a newcomer sees cards that fill up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.promotions.actions.make_coupon import Limits, NewCoupon, make_coupon
from jangteo.domains.promotions.rules import ASSOCIATION, WHOLE_BP, Off, Share
from jangteo.domains.stamps.actions.carry_over_paper import carry_over_paper
from jangteo.domains.stamps.actions.put_stamp import WantedStamp, put_stamp
from jangteo.domains.stamps.actions.start_programme import NewProgramme, start_programme
from jangteo.domains.stamps.purchases import visit_ref
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.tenancy import in_market

NEED, OFF_WON = 10, 3_000
MARKET_OFF_WON, BUDGET_WON = 5_000, 1_000_000
LASTS_DAYS = 90
# How many days ago each customer came by.
CAME = ((0, 1, 2, 4, 6, 8, 9), (0, 2, 5), (1, 4))
ON_PAPER = 5


def collect_stamps(market: Market, phones: Sequence[str]) -> None:
    """The first stall and the whole market collect; the first customers have come on some of the last days."""
    with in_market(market.pk):
        stall = Stall.objects.order_by("pk").first()
    if stall is None:
        return
    now = clock.now()
    with clock.at(now - timedelta(days=max(map(max, CAME)) + 1)):
        _begin(market, stall)
        who = phones[-1]
        carry_over_paper(market=market, actor=_keeper(stall), stall_id=stall.pk, who=who, count=ON_PAPER)
    for phone, days in zip(phones, CAME, strict=False):
        for day in sorted(days, reverse=True):
            with clock.at(now - timedelta(days=day, minutes=90)):
                wanted = WantedStamp(stall.pk, visit_ref(f"demo-{day}-{phone}"), who=phone)
                put_stamp(market=market, actor=_keeper(stall), wanted=wanted)


def _begin(market: Market, stall: Stall) -> None:
    name, limits = f"도장 선물 {OFF_WON:,}원 쿠폰", Limits(per_person=None)
    own = NewCoupon(
        name=name, off=Off(won=OFF_WON), form="given", limits=limits, stall_id=stall.pk, lasts_days=LASTS_DAYS
    )
    together = NewCoupon(
        name=f"함께 도장 선물 {MARKET_OFF_WON:,}원 쿠폰",
        off=Off(won=MARKET_OFF_WON),
        form="given",
        shares=(Share(ASSOCIATION, WHOLE_BP),),
        budget_won=BUDGET_WON,
        limits=Limits(most=BUDGET_WON // MARKET_OFF_WON, per_person=None),
        lasts_days=LASTS_DAYS,
    )
    for stall_id, coupon, off_won in ((stall.pk, own, OFF_WON), (None, together, MARKET_OFF_WON)):
        made = make_coupon(market=market, actor=SYSTEM, new=coupon)
        new = NewProgramme(stall_id, NEED, made.pk, f"{off_won:,}원 쿠폰")
        start_programme(market=market, actor=SYSTEM, new=new)


def _keeper(stall: Stall) -> Actor:
    return Actor(ActorKind.STALL, f"stall:{stall.pk}")
