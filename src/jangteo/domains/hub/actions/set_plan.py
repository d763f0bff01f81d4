"""The association says how orders are gathered."""

from __future__ import annotations

from jangteo.domains.hub.errors import BadPlan
from jangteo.domains.hub.models import HubPlan
from jangteo.domains.hub.told import NewPlan
from jangteo.domains.markets.models import Market, Street
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

LEAST_MINUTES, MOST_MINUTES = 10, 240
MOST_SHELVES = 200


@action
def set_plan(*, market: Market, actor: Actor, told: NewPlan) -> HubPlan:
    """Write it over. Raises BadPlan, Street.DoesNotExist."""
    if not LEAST_MINUTES <= told.tour_minutes <= MOST_MINUTES:
        raise BadPlan(field="tour_minutes")
    if not 0 <= told.shelves <= MOST_SHELVES:
        raise BadPlan(field="shelves")
    if told.brings not in HubPlan.Brings.values:
        raise BadPlan(field="brings")
    street = None if told.street_id is None else Street.objects.get(pk=told.street_id)
    columns = {
        "brings": told.brings,
        "tour_minutes": told.tour_minutes,
        "shelves": told.shelves,
        "is_on": told.is_on,
        "street": street,
    }
    plan, _is_new = HubPlan.objects.update_or_create(market=market, defaults=columns)
    audit.record(actor, "hub.plan_set", f"market:{market.pk}", minutes=plan.tour_minutes, shelves=plan.shelves)
    return plan
