"""What comes round by itself."""

from __future__ import annotations

from django.db.models.functions import Coalesce

from jangteo.domains.delivery.actions.mark_late import mark_late
from jangteo.domains.delivery.models import Wave
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped


def mark_late_waves() -> None:
    """In every market where a wave that is still to be brought has become late."""
    with unscoped():
        late = Wave.objects.filter(expected_at__gt=Coalesce("said_until", "ends_at"), taken__gt=0, is_late=False)
        ids = late.filter(ends_at__gt=clock.now()).values("market_id")
        due = list(Market.objects.filter(pk__in=ids).order_by("pk"))
    for market in due:
        mark_late(market=market, actor=SYSTEM)
