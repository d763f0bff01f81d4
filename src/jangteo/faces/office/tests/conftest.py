from __future__ import annotations

import pytest
from django.test import Client

from jangteo.domains.people.models import Role
from jangteo.faces._parts.devices import OFFICE_COOKIE
from tests.world import World, device_of, make_world


@pytest.fixture
def desk(world: World) -> Client:
    """The association manager's computer."""
    return entered(world)


@pytest.fixture
def other_desk(db: None) -> Client:
    """The association of another market."""
    return entered(make_world("namdaemun", "2"))


def entered(world: World, role: Role = Role.MANAGER) -> Client:
    client = Client()
    client.cookies[OFFICE_COOKIE] = device_of(world, None, role)
    return client
