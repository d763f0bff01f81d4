"""Couriers and their rounds, for tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from jangteo.domains.catalog.photo_sizes import Sizes, sizes_of
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.people.models import Role
from jangteo.domains.people.queries import device_by_secret
from jangteo.domains.rounds.actions.press_stop import press_stop
from jangteo.domains.rounds.actions.write_rounds import write_rounds
from jangteo.domains.rounds.models import Stop
from jangteo.domains.rounds.planning import plan
from jangteo.domains.rounds.pressed import Press
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.brought import bring, parts, seat, wants_home
from tests.world import World, device_of


@dataclass(frozen=True, slots=True)
class Courier:
    """A courier's phone: its number, and the secret of its cookie."""

    pk: int
    secret: str


def courier(world: World) -> Courier:
    """One more courier of the market."""
    secret = device_of(world, None, Role.COURIER)
    device = device_by_secret(secret)
    assert device is not None
    return Courier(device.pk, secret)


def packed(world: World) -> PlacedOrder:
    """A delivered order whose stall is ready."""
    placed = bring(world, wants_home(world, (world.cabbage, 1)))
    for part in parts(world, placed):
        if not part.is_fee:
            accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
            ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    return placed


def send_out(world: World, wave_id: int, couriers: Sequence[Courier]) -> int:
    """Plan the wave for these couriers and write it down; how many stops."""
    found = plan(world.market, wave_id, [one.pk for one in couriers])
    return write_rounds(market=world.market, actor=SYSTEM, plan=found)


def out(world: World, orders: int, couriers: Sequence[Courier]) -> tuple[list[PlacedOrder], int]:
    """So many packed orders planned for these couriers; the orders, and their wave."""
    placed = [packed(world) for _ in range(orders)]
    wave_id = seat(world, placed[0]).wave_id
    send_out(world, wave_id, couriers)
    return placed, wave_id


def stop_of(world: World, placed: PlacedOrder) -> Stop:
    """The order's newest."""
    with in_market(world.market.pk):
        return Stop.objects.select_related("round").filter(order_id=placed.order_id).latest("pk")


def press(world: World, who: Courier, stop: Stop, what: str, photo: Sizes | None = None) -> Stop:
    """The courier presses a button now."""
    told = Press(stop.pk, what, clock.now(), photo)
    return press_stop(market=world.market, actor=SYSTEM, courier_id=who.pk, press=told)


def jpeg() -> bytes:
    """A photo as a phone sends it."""
    box = io.BytesIO()
    Image.new("RGB", (640, 480), (120, 90, 60)).save(box, "JPEG")
    return box.getvalue()


def door() -> Sizes:
    """The same, made small."""
    return sizes_of(jpeg())
