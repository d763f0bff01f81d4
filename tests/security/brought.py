"""Delivery of a market: a zone, a window, and a wave with an order in it."""

from __future__ import annotations

from jangteo.domains.delivery.models import Seat, Zone
from jangteo.domains.delivery.rules import window_and_day
from jangteo.domains.delivery.tests.seats import next_wave, sit
from jangteo.domains.whatif.actions.keep_scenario import keep_scenario
from jangteo.domains.whatif.models import Scenario
from jangteo.domains.whatif.rules import Wish
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import USUAL_TERMS, World, delivers

# Beyond any number that an order of a test gets.
BROUGHT = 900_000_000


def brought_in(world: World) -> dict[str, object]:
    """Their numbers by the names that addresses give them; the same ones each time."""
    with in_market(world.market.pk):
        zone, seat = Zone.objects.first(), Seat.objects.first()
    if zone is None or seat is None:
        zone = delivers(world)[0].zone
        seat = sit(market=world.market, wave_id=next_wave(world), order_id=BROUGHT + world.market.pk)
    with in_market(world.market.pk):
        kept = Scenario.objects.first()
    if kept is None:
        kept = keep_scenario(market=world.market, actor=SYSTEM, name="시청 지원", wish=Wish(USUAL_TERMS))
    return {
        "scenario_id": kept.pk,
        "zone_id": zone.pk,
        "window_id": window_and_day(seat.wave_id)[0],
        "wave_id": seat.wave_id,
    }
