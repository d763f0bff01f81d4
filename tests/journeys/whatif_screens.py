"""Screens of the fee simulator."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.delivery.fees import Payer, Terms
from jangteo.domains.delivery.models import Place, Wave
from jangteo.domains.ordering.models import Order
from jangteo.domains.whatif.actions.keep_scenario import keep_scenario
from jangteo.domains.whatif.rules import Wish
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.brought import bring, hand_over, parts, seat, wants_home
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, office
from tests.world import delivers

TRIED = "fee_won=4000&payer=customer&without_zone=0&without_window=0&stop_won=3500&wave_won=0&elasticity=1000&weeks=8"


def _brought(scenes: Scenes) -> None:
    """A dozen orders of last week."""
    world = scenes.world
    with in_market(world.market.pk):
        known = Place.objects.filter(name="장터동").exists()
    if not known:
        delivers(world, capacity=200)
    for many in range(12):
        placed = bring(world, wants_home(world, (world.cabbage, 1 + many % 4)))
        for part in parts(world, placed):
            if not part.is_fee:
                hand_over(world, part)
    wave = seat(world, placed).wave_id
    with in_market(world.market.pk):
        assert Order.objects.get(pk=placed.order_id).state == "closed"
        Wave.objects.filter(pk=wave).update(starts_at=clock.now() - timedelta(hours=3))


def _tried(scenes: Scenes) -> str:
    _brought(scenes)
    wish = Wish(Terms(3_000, Payer.MUNICIPALITY, None, 1_000))
    keep_scenario(market=scenes.world.market, actor=SYSTEM, name="시청이 1,000원 낼 때", wish=wish)
    return f"delivery/whatif/?{TRIED}"


WHATIF_SCREENS: dict[str, Screen] = {
    "another fee": office(_tried, "4,000원이면 주문이"),
    "another fee with errors": office(lambda s: "delivery/whatif/?fee_won=", "적어 주세요"),
    "another fee, none yet": Screen(Who.NEW_OFFICE, lambda s: "/office/delivery/whatif/", "배달비가 아직 없어요"),
}
