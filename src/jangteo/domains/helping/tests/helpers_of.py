"""Helpers of a market and the stall's own phone, for tests."""

from __future__ import annotations

from jangteo.domains.markets.models import Stall
from jangteo.domains.people.actions.bind_device import bind_device
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Device, Role
from jangteo.domains.people.queries import device_by_secret
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from tests.world import World


def secret_of(world: World, name: str) -> str:
    """The cookie secret of a helper's phone."""
    token = make_entry_link(market=world.market, actor=SYSTEM, role=Role.HELPER, name=name)
    return bind_device(market=world.market, actor=SYSTEM, token=token)


def helper(world: World, name: str) -> Device:
    return _device(secret_of(world, name))


def phone_of(world: World, stall: Stall) -> Device:
    token = make_entry_link(market=world.market, actor=SYSTEM, role=Role.OWNER, stall=stall)
    return _device(bind_device(market=world.market, actor=SYSTEM, token=token))


def actor_of(device: Device, stall: Stall | None = None) -> Actor:
    """The helper as themselves, or for a stall."""
    return Actor(ActorKind.HELPER, f"device:{device.pk}", "" if stall is None else f"stall:{stall.pk}")


def _device(secret: str) -> Device:
    device = device_by_secret(secret)
    assert device is not None
    return device
