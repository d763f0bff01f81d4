"""A market that gathers orders: a tour with something to fetch, and a good that was not there."""

from __future__ import annotations

from jangteo.domains.hub.actions.note_missing import note_missing
from jangteo.domains.hub.models import Missing, Pick
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.gathering import gathers, goods_parts, lines_of, to_be_fetched, tour
from tests.world import World


def gathered_in(world: World) -> dict[str, object]:
    """Their ids; the same ones each time."""
    with in_market(world.market.pk):
        missing = Missing.objects.first()
    if missing is None:
        gathers(world)
        placed = to_be_fetched(world, (world.cabbage, 1), (world.tofu, 1))
        tour(world)
        line = lines_of(world, goods_parts(world, placed)[0])[0]
        missing = note_missing(market=world.market, actor=SYSTEM, line_id=line.pk)
    with in_market(world.market.pk):
        pick = Pick.objects.filter(order_id=missing.order_id).latest("pk")
    return {"missing_id": missing.pk, "pick_id": pick.pk}
