from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.faces.kiosk.tests.kiosk import Kiosk
from jangteo.faces.kiosk.tests.kiosk import kiosk as new_kiosk
from jangteo.kernel import clock
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def kiosk(world: World) -> Kiosk:
    device = new_kiosk()
    device.pair(world.market)
    return device
