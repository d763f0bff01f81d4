"""What comes round by itself."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.forget_phones import forget_phones
from jangteo.domains.rebates.actions.wipe_persons import wipe_persons
from jangteo.domains.rebates.models import RebateEvent, RebateVisit
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped


def wipe_due_persons() -> None:
    """In every event whose retention is over."""
    today = clock.business_day(clock.now())
    with unscoped():
        over = list(RebateEvent.objects.filter(wiped_at=None, ends_on__lt=today).select_related("market"))
    due: list[tuple[Market, int]] = [
        (event.market, event.pk) for event in over if event.ends_on + timedelta(days=event.keep_days) < today
    ]
    for market, event_id in due:
        wipe_persons(market=market, actor=SYSTEM, event_id=event_id)


def forget_old_phones() -> None:
    """In every market that had a queue."""
    today = clock.business_day(clock.now())
    with unscoped():
        left = RebateVisit.objects.filter(day__lt=today).exclude(phone="")
        markets = list(Market.objects.filter(pk__in=left.values("market_id")).order_by("pk"))
    for market in markets:
        forget_phones(market=market, actor=SYSTEM)
