from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.domains.payments import gateways
from jangteo.domains.people import senders
from jangteo.domains.practice.play_gateway import PlayGateway, ScreenTexts


@pytest.fixture(autouse=True)
def _play_money(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As wiring does it at start. Yesterday is quiet, because most tests do not need it."""
    monkeypatch.setattr("jangteo.domains.practice.entering.SOLD_YESTERDAY", 0)
    play = PlayGateway()
    gateways.use_in_practice({play.name: play})
    senders.use_in_practice(ScreenTexts())
    yield
    gateways.use_in_practice({})
    senders.use_in_practice(None)
