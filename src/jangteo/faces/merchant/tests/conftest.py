from __future__ import annotations

import pytest
from django.test import Client

from jangteo.faces._parts.devices import STALL_COOKIE
from tests.world import World, device_of


@pytest.fixture
def phone(world: World) -> Client:
    """The phone of 순자네 수산."""
    return entered(device_of(world, world.fish))


@pytest.fixture
def stranger(world: World) -> Client:
    """The phone of 낯선 반찬."""
    return entered(device_of(world, world.stranger))


def entered(secret: str) -> Client:
    client = Client()
    client.cookies[STALL_COOKIE] = secret
    return client
