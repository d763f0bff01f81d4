"""What comes round for the book."""

from __future__ import annotations

from jangteo.domains.ledger.actions.expire_holds import expire_holds
from jangteo.domains.ledger.models import Hold
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped


def expire_due_holds() -> None:
    """Free what was held too long, in every market that has such a hold."""
    with unscoped():
        due = Hold.objects.filter(state=Hold.State.OPEN, expires_at__lte=clock.now())
        markets = list(Market.objects.filter(pk__in=due.values("market_id")).order_by("pk"))
    for market in markets:
        expire_holds(market=market, actor=SYSTEM)
