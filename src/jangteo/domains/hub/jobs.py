"""What comes round by itself."""

from __future__ import annotations

from jangteo.domains.hub.actions.make_tour import make_tour
from jangteo.domains.hub.models import HubPlan
from jangteo.domains.markets.models import Market
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped


def make_due_tours() -> None:
    """In every market that has a picker, as often as it says."""
    with unscoped():
        plans = HubPlan.objects.filter(is_on=True, brings=HubPlan.Brings.PICKER)
        markets = list(Market.objects.filter(pk__in=plans.values("market_id")).order_by("pk"))
    for market in markets:
        make_tour(market=market, actor=SYSTEM)
