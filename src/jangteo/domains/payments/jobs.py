"""What comes round for payments."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.expire_cashback import expire_cashback
from jangteo.domains.payments.policy_models import CashbackGrant
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped


def expire_due_cashback() -> None:
    """End cashback whose time is over, in every market that has some."""
    with unscoped():
        due = CashbackGrant.objects.filter(ended_at=None, expires_at__lte=clock.now())
        markets = list(Market.objects.filter(pk__in=due.values("market_id")).order_by("pk"))
    for market in markets:
        expire_cashback(market=market, actor=SYSTEM)
