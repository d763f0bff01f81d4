"""The next walk past the stalls."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.hub.models import HubPlan, Pick, Tour
from jangteo.domains.hub.queries import due_parts
from jangteo.domains.hub.rules import Spot, way_past
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import streets_in_order
from jangteo.domains.ordering.models import StallPart
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def make_tour(*, market: Market, actor: Actor, at_once: bool = False) -> Tour | None:
    """Plan one past every stall with something to fetch; None where there is nothing, or it is not time yet.

    `at_once` does not wait until the last tour is long enough ago. Makers take turns at the market's plan, so that no
    part comes into two tours.
    """
    plan = _locked_plan()
    if plan is None or not (at_once or _is_time(plan)):
        return None
    parts = due_parts(plan, clock.now())
    if not parts:
        return None
    spots = {part.pk: Spot(part.stall.street.position, part.stall.slot) for part in parts}
    way = way_past(set(spots.values()), _hub_street(plan))
    tour = Tour.objects.create(market=market, made_at=clock.now(), length_dm=way.length_dm)
    places = {spot: place for place, spot in enumerate(way.spots)}
    in_order = sorted(parts, key=lambda part: (places[spots[part.pk]], part.stall_id, part.pk))
    # A part that a stall brings in this very moment is there already.
    Pick.objects.bulk_create((_pick(tour, place, part) for place, part in enumerate(in_order)), ignore_conflicts=True)
    audit.record(actor, "hub.tour_made", f"tour:{tour.pk}", parts=len(parts))
    live.publish([live.News(f"helpers:{market.pk}", "hub")])
    return tour


def _locked_plan() -> HubPlan | None:
    plans = HubPlan.objects.select_related("street").select_for_update(of=("self",))
    return plans.filter(is_on=True, brings=HubPlan.Brings.PICKER).first()


def _is_time(plan: HubPlan) -> bool:
    since = clock.now() - timedelta(minutes=plan.tour_minutes)
    return not Tour.objects.filter(made_at__gt=since).exists()


def _hub_street(plan: HubPlan) -> int:
    if plan.street is not None:
        return plan.street.position
    return streets_in_order()[0].position


def _pick(tour: Tour, place: int, part: StallPart) -> Pick:
    return Pick(
        market_id=part.market_id,
        tour=tour,
        order_id=part.order_id,
        stall_id=part.stall_id,
        part=part,
        position=place,
        changed_at=clock.now(),
    )
