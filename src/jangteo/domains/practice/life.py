"""What comes round in copies: customers order, stand-ins answer, and what nobody uses any more is closed."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from datetime import timedelta

import structlog

from jangteo.domains.helping.queries import waiting_calls
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.practice.actions.expect_customer import expect_customer
from jangteo.domains.practice.actions.retire_copy import retire_copy
from jangteo.domains.practice.crowd import Crowd
from jangteo.domains.practice.errors import NobodyCame
from jangteo.domains.practice.models import Sitting
from jangteo.domains.practice.queries import left_copies, seated_stalls, watched_sittings
from jangteo.domains.practice.stand_ins import pay_at_counter, serve
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.errors import Refused
from jangteo.kernel.tenancy import in_market

log = structlog.get_logger(__name__)

EVERY = timedelta(seconds=5)
BETWEEN_CUSTOMERS_S = (90, 180)
# Nobody learns from a heap: customers wait until some of it is done.
MOST_WAITING = {Sitting.Face.STALL: 2, Sitting.Face.OFFICE: 4, Sitting.Face.SHOP: 0, Sitting.Face.HELPER: 2}


def live_on() -> None:
    """One moment in every copy where somebody looks."""
    for _market_id, group in itertools.groupby(watched_sittings(), key=lambda one: one.market_id):
        sittings = list(group)
        try:
            _one_moment(sittings[0].market, sittings)
        except Refused as no:
            # A person was quicker at the same thing.
            log.info("practice_step_refused", code=no.code)


def close_left_copies() -> None:
    """End copies in which nobody has been for hours."""
    for copy in left_copies():
        retire_copy(market=copy, actor=SYSTEM)


def send_customer(sitting: Sitting) -> None:
    """Let the next customer come now; to a helper, somebody who is stuck calls. Raises NobodyCame."""
    chance = random.Random()  # noqa: S311  # who comes is no secret
    stall_id = sitting.device.stall_id if sitting.device is not None else None
    later = clock.now() + timedelta(seconds=chance.randint(*BETWEEN_CUSTOMERS_S))
    expect_customer(market=sitting.market, actor=SYSTEM, sitting_id=sitting.pk, at=later)
    crowd = Crowd(sitting.market, chance)
    if sitting.face == Sitting.Face.HELPER:
        crowd.call_helper()
    else:
        crowd.order(stall_id)


def _one_moment(copy: Market, sittings: Sequence[Sitting]) -> None:
    with in_market(copy.pk):
        pay_at_counter(copy)
        serve(copy, seated_stalls())
        due = [one for one in sittings if one.next_at <= clock.now() and _waiting(one) < MOST_WAITING[_face(one)]]
    for sitting in due:
        try:
            send_customer(sitting)
        except NobodyCame as no:
            log.info("practice_nobody_came", code=no.code)


def _face(sitting: Sitting) -> Sitting.Face:
    return Sitting.Face(sitting.face)


def _waiting(sitting: Sitting) -> int:
    """Orders that nobody has answered yet; for a helper, calls."""
    if sitting.face == Sitting.Face.HELPER:
        return len(waiting_calls())
    new = StallPart.objects.filter(state=PartState.NEW)
    if sitting.device is not None and sitting.device.stall_id is not None:
        new = new.filter(stall_id=sitting.device.stall_id)
    return new.count()
