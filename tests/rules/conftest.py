from __future__ import annotations

import pytest
from django.test import Client

from jangteo.domains.people.models import Role
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from tests.world import World, device_of


@pytest.fixture
def stall(world: World) -> Client:
    """The phone of 순자네 수산."""
    client = Client()
    client.cookies[STALL_COOKIE] = device_of(world, world.fish)
    return client


@pytest.fixture
def helper(world: World) -> Client:
    """A digital helper's phone."""
    client = Client()
    client.cookies[OFFICE_COOKIE] = device_of(world, None, Role.HELPER)
    return client
