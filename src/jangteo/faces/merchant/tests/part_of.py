"""Reading back what a stall's phone has changed."""

from __future__ import annotations

from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.kernel.tenancy import in_market
from tests.world import World, order


def new_part(world: World) -> StallPart:
    """A new order of one pair of mackerel at 순자네 수산, paid at the stall."""
    placed = order(world, (world.mackerel, 1))
    return part_of(world, placed.order_id, world.fish)


def part_of(world: World, order_id: int, stall: Stall) -> StallPart:
    with in_market(world.market.pk):
        return StallPart.objects.select_related("order").get(order_id=order_id, stall=stall)


def state_of(part: StallPart) -> str:
    with in_market(part.market_id):
        return StallPart.objects.get(pk=part.pk).state


def line_of(part: StallPart) -> Line:
    with in_market(part.market_id):
        return Line.objects.get(part=part)
