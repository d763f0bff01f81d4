from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.payments import gateways


@pytest.fixture
def card() -> Iterator[None]:
    """Card payment set up with the real gateway's client; nothing here lets it call out."""
    nowhere = "http://127.0.0.1:9"
    gateways.use({"toss": TossGateway(base_url=nowhere, sdk_url=nowhere, secret_key="test_sk", client_key="test_ck")})
    yield
    gateways.use({})
