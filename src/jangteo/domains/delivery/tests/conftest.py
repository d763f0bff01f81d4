from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.kernel import clock
from tests.world import NOON


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """The market is open, so it is noon in every test."""
    with clock.at(NOON):
        yield
