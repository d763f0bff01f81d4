"""Every screen there is, by a name that says what is on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.models import Role
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from jangteo.faces.shop.basket import COOKIE as BASKET_COOKIE
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from tests.journeys.scenes import Scenes
from tests.world import World, device_of

LONG_AGO = timedelta(minutes=25)


class Who(Enum):
    """Whose phone it is."""

    SHOPPER = "shopper"
    FULL_BASKET = "shopper with a full basket"
    STALL = "stall"
    OFFICE = "office"
