from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from jangteo.faces._parts.devices import OFFICE_COOKIE
from jangteo.kernel import clock
from tests.riding import Courier, courier
from tests.world import NOON, World, delivers


@pytest.fixture(autouse=True)
def noon(tmp_path: Path) -> Iterator[None]:
    """Photos lie in a folder of the test."""
    with override_settings(MEDIA_ROOT=tmp_path), clock.at(NOON):
        yield


@pytest.fixture
def who(world: World) -> Courier:
    delivers(world)
    return courier(world)


@pytest.fixture
def phone(who: Courier) -> Client:
    """The courier's."""
    client = Client()
    client.cookies[OFFICE_COOKIE] = who.secret
    return client
