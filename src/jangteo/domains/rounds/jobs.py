"""What comes round by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from jangteo.domains.delivery.actions.revise_promise import revise_promise
from jangteo.domains.delivery.models import Promise, Wave
from jangteo.domains.delivery.queries import promise_of
from jangteo.domains.markets.models import Market
from jangteo.domains.rounds.actions.forget_door_photos import forget_door_photos
from jangteo.domains.rounds.actions.say_late import say_late
from jangteo.domains.rounds.models import Stop
from jangteo.domains.rounds.queries import expected_ends, late_orders
from jangteo.domains.rounds.rules import PHOTO_DAYS, ROUND_TO, next_ten
from jangteo.domains.rounds.states import STOP_IS_OPEN
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market, unscoped


def tell_late_rounds() -> None:
    """Where a round is behind: the wave's expected end for the office, and a new time for each order that needs one."""
    with unscoped():
        ids = Stop.objects.filter(state__in=STOP_IS_OPEN).values("market_id")
        markets = list(Market.objects.filter(pk__in=ids).order_by("pk"))
    for market in markets:
        tell_late(market, clock.now())


def tell_late(market: Market, now: datetime) -> None:
    """The same for one market."""
    with in_market(market.pk):
        ends = expected_ends(now)
        changed = [
            wave for wave in Wave.objects.filter(pk__in=ends).order_by("pk") if wave.expected_at != ends[wave.pk]
        ]
    for wave in changed:
        say_late(market=market, actor=SYSTEM, wave_id=wave.pk, at=ends[wave.pk])
    for wave_id, end in ends.items():
        _say_anew(market, wave_id, end, now)


def _say_anew(market: Market, wave_id: int, end: datetime, now: datetime) -> None:
    with in_market(market.pk):
        if end <= Wave.objects.get(pk=wave_id).ends_at:
            return
        said = [(order, at, promise_of(order)) for order, at in late_orders(wave_id, now)]
    for order, at, promise in said:
        if promise is not None and at > promise.until_at:
            # Ten minutes more than it looks like: a time that is said anew is to be kept.
            span = (next_ten(at) - ROUND_TO, next_ten(at) + ROUND_TO)
            revise_promise(market=market, actor=SYSTEM, order_id=order, span=span, why=Promise.Why.LATE_COURIER)


def forget_doors() -> None:
    """In every market that has photos or addresses of doors of more than two weeks ago."""
    before = clock.now() - timedelta(days=PHOTO_DAYS)
    with unscoped():
        old = Stop.objects.exclude(photo="", building="").filter(changed_at__lt=before).values("market_id")
        markets = list(Market.objects.filter(pk__in=old).order_by("pk"))
    for market in markets:
        forget_door_photos(market=market, actor=SYSTEM, before=before)
