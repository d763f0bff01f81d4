"""Orders on their way to the hub, for tests: a plan, orders for the next wave or the shelf, stalls that get ready."""

from __future__ import annotations

import uuid
from dataclasses import replace

from jangteo.domains.catalog.models import Good
from jangteo.domains.hub.actions.make_tour import make_tour
from jangteo.domains.hub.actions.receive_part import receive_part
from jangteo.domains.hub.actions.set_plan import set_plan
from jangteo.domains.hub.models import HubPlan, Parcel, Tour
from jangteo.domains.hub.told import NewPlan
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.brought import bring, parts, pay, wants_home
from tests.world import GUEST, World, wants


def gathers(world: World, *, shelves: int = 10, brings: str = "picker") -> HubPlan:
    """The market gathers orders, and keeps those that are fetched on a shelf."""
    return set_plan(market=world.market, actor=SYSTEM, told=NewPlan(brings=brings, shelves=shelves))


def to_be_fetched(world: World, *lines: tuple[Good, int], substitute: str = "call") -> PlacedOrder:
    """Paid by card, fetched in an hour, every stall ready."""
    wanted = replace(wants(*lines, tender="card"), substitute=substitute)
    placed = place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()))
    return _under_way(world, placed)


def to_be_brought(world: World, *lines: tuple[Good, int], substitute: str = "call") -> PlacedOrder:
    """Paid by card, for the next wave, every stall ready."""
    return _under_way(world, bring(world, replace(wants_home(world, *lines, tender="card"), substitute=substitute)))


def _under_way(world: World, placed: PlacedOrder) -> PlacedOrder:
    pay(world, placed)
    for part in goods_parts(world, placed):
        accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
        if all(line.price_grams is None for line in lines_of(world, part)):
            ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    return placed


def goods_parts(world: World, placed: PlacedOrder) -> list[StallPart]:
    """Of the stalls, oldest first."""
    return [part for part in parts(world, placed) if not part.is_fee]


def lines_of(world: World, part: StallPart) -> list[Line]:
    """As they are now."""
    with in_market(world.market.pk):
        return list(Line.objects.filter(part=part).order_by("pk"))


def receive(world: World, placed: PlacedOrder) -> None:
    """All of it is at the hub."""
    for part in goods_parts(world, placed):
        receive_part(market=world.market, actor=SYSTEM, part_id=part.pk)


def tour(world: World) -> Tour | None:
    """The next one, now."""
    return make_tour(market=world.market, actor=SYSTEM, at_once=True)


def parcel(world: World, placed: PlacedOrder) -> Parcel:
    """As it is now."""
    with in_market(world.market.pk):
        return Parcel.objects.get(order_id=placed.order_id)
