from __future__ import annotations

import pytest
from django.test import Client

from jangteo.domains.helping.tests.helpers_of import secret_of
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from tests.world import World, device_of


@pytest.fixture
def hana(world: World) -> Client:
    """The phone of 김하나, a helper."""
    client = Client()
    client.cookies[OFFICE_COOKIE] = secret_of(world, "김하나")
    return client


@pytest.fixture
def phone(world: World) -> Client:
    """The phone of 순자네 수산."""
    client = Client()
    client.cookies[STALL_COOKIE] = device_of(world, world.fish)
    return client
