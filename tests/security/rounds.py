"""A courier's stop at a door where nobody was."""

from __future__ import annotations

from jangteo.domains.people.queries import device_by_secret
from jangteo.domains.rounds.actions.press_stop import press_stop
from jangteo.domains.rounds.models import Stop
from jangteo.domains.rounds.pressed import Press
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from tests.brought import seat
from tests.riding import Courier, packed, press, send_out, stop_of
from tests.world import World


def stop_in(world: World, secret: str) -> int:
    """Of this courier; it has failed, so that the office may send it out again."""
    device = device_by_secret(secret)
    assert device is not None
    who, placed = Courier(device.pk, secret), packed(world)
    send_out(world, seat(world, placed).wave_id, [who])
    stop = stop_of(world, placed)
    press(world, who, stop, "loaded")
    told = Press(stop.pk, "failed", clock.now(), why=Stop.Why.ADDRESS)
    return press_stop(market=world.market, actor=SYSTEM, courier_id=who.pk, press=told).pk
