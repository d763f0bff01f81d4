"""What comes round by itself."""

from __future__ import annotations

from jangteo.domains.hub.actions.make_tour import make_tour
from jangteo.domains.hub.models import HubPlan, ParcelNotice
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped


def make_due_tours() -> None:
    """In every market that has a picker, as often as it says."""
    with unscoped():
        plans = HubPlan.objects.filter(is_on=True, brings=HubPlan.Brings.PICKER)
        markets = list(Market.objects.filter(pk__in=plans.values("market_id")).order_by("pk"))
    for market in markets:
        make_tour(market=market, actor=SYSTEM)


def markets_with_parcel_notices() -> list[Market]:
    """Where something is due to be told to customers of the shelf."""
    with unscoped():
        due = ParcelNotice.objects.filter(state=ParcelNotice.State.WAITING, due_at__lte=clock.now())
        return list(Market.objects.filter(pk__in=due.values("market_id")).order_by("pk"))
