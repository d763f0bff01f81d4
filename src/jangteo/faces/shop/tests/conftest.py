from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from jangteo.kernel import clock
from tests.world import NOON


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    """A Friday noon, so that hours and pick-up times are the same whenever the tests run.

    A request leaves its language behind in the thread; here it ends with the test.
    """
    with clock.at(NOON), translation.override("ko", deactivate=True):
        yield


@pytest.fixture
def shopper() -> Client:
    """A browser that nobody has signed in with."""
    return Client()
