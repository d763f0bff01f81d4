"""Whether the desk serves at a moment, and whether it has anything left to give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from jangteo.domains.rebates.errors import AllGone, DeskClosed
from jangteo.domains.rebates.models import RebateEvent, RebatePot
from jangteo.kernel import clock

# Whoever stands there at the end is still served.
GRACE = timedelta(hours=2)


def is_open(event: RebateEvent, now: datetime, grace: timedelta = timedelta(0)) -> bool:
    """Within its days and hours, and not stopped."""
    day = clock.business_day(now)
    if event.stopped_at is not None or not event.runs_on(day):
        return False
    return moment_of(day, event.opens_at) <= now < moment_of(day, event.closes_at) + grace


def moment_of(day: date, at: time) -> datetime:
    """A time of a trading day; what lies before it begins is that of the night after, as night markets keep it."""
    night = timedelta(days=1 if at.hour < clock.DAY_STARTS_AT_HOUR else 0)
    return clock.korean(day + night, at)


def is_all_gone(event: RebateEvent, pots: Iterable[RebatePot]) -> bool:
    """Not even the smallest rebate could be paid any more."""
    least = min(back for _start, back in event.tiers)
    return event.vouchers_left * event.voucher_won < least or all(pot.left_won < least for pot in pots)


def check_open(event: RebateEvent, pots: Iterable[RebatePot], now: datetime) -> None:
    """For a new number. Raises DeskClosed, AllGone."""
    if not is_open(event, now):
        raise DeskClosed(name=event.name)
    if is_all_gone(event, pots):
        raise AllGone
