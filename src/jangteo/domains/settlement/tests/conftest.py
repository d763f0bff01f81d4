from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.domains.settlement.tests.payout_desk import PayoutDesk, payout_desk
from tests.breaking import broken
from tests.money.settling import SATURDAY
from tests.world import World


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[PayoutDesk]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with payout_desk(world) as opened, opened.on(SATURDAY):
        yield opened
    assert broken() == {}


@pytest.fixture
def fish_and_tofu(desk: PayoutDesk) -> World:
    """Two stalls that the gateway can pay."""
    desk.register(desk.world.fish, number="110111111111")
    desk.register(desk.world.tofu_stall, number="110222222222")
    return desk.world
