"""Calls for tests, made by the action itself."""

from __future__ import annotations

from dataclasses import replace

from jangteo.domains.calls.actions.place_phone_order import ToldByPhone, place_phone_order
from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.wanted import PlacedOrder, WantedOrder
from jangteo.kernel import ids
from jangteo.kernel.audit import Actor, ActorKind
from tests.world import World, wants

CLERK = Actor(ActorKind.STAFF, "device:77")
CALLER = "01000002000"
READ = "고등어 1손 8,000원. 모두 8,000원이에요. 맞으세요?"


def told(wanted: WantedOrder, *, agreed: bool = True, said: str = READ, taken_by: str = "김도우") -> ToldByPhone:
    return ToldByPhone(wanted=wanted, said=said, agreed=agreed, taken_by=taken_by)


def phoned(
    world: World, *lines: tuple[Good, int], tender: str = "at_stall", phone: str = CALLER, name: str = "김하나"
) -> PlacedOrder:
    """Somebody has called from `phone` and ordered this, with a key of its own."""
    wanted = replace(wants(*lines, tender=tender), phone=phone, name=name)
    return place_phone_order(market=world.market, actor=CLERK, told=told(wanted), key=ids.new_token())
