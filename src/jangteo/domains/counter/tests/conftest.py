from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.payments import gateways
from jangteo.kernel import clock
from tests.world import NOON


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def _card() -> Iterator[None]:
    """A card gateway that nothing here calls."""
    gateways.use({"toss": TossGateway(base_url="http://x", sdk_url="http://x", secret_key="s", client_key="c")})
    yield
    gateways.use({})
