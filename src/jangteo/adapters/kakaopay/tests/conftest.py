from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.adapters.kakaopay.client import KakaoPayGateway
from jangteo.adapters.kakaopay.tests.bench import Watched


@pytest.fixture
def watched() -> Iterator[Watched]:
    with Watched() as running:
        yield running


@pytest.fixture
def gateway(watched: Watched) -> Iterator[KakaoPayGateway]:
    opened = watched.connect()
    yield opened
    opened.close()
