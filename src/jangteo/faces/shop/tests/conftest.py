from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from jangteo.kernel import clock
from tests.world import NOON


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    """A Friday noon, so that hours and pick-up times are the same whenever the tests run."""
    with clock.at(NOON):
        yield


@pytest.fixture
def shopper() -> Client:
    """A browser that nobody has signed in with."""
    return Client()
