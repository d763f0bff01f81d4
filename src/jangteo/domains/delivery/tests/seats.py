"""Seats for tests, taken as placing an order takes them."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.delivery.actions.free_seat import free_seat
from jangteo.domains.delivery.actions.take_seat import take_seat
from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.fees import Fee
from jangteo.domains.delivery.loads import Load
from jangteo.domains.delivery.models import Seat
from jangteo.domains.delivery.queries import offers
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import SYSTEM, Actor
from jangteo.kernel.tenancy import in_market
from tests.world import World

HOME = Address("장터동 101호")
FEE = Fee(3_000, 3_000, 0, 0)


@dataclass(frozen=True, slots=True)
class Bringing:
    """The world's market with delivery set up, and its next wave."""

    world: World
    place_id: int
    window_id: int
    wave_id: int


@action
def sit(
    *, market: Market, wave_id: int, order_id: int, address: Address = HOME, stall_ids: tuple[int, ...] = ()
) -> Seat:
    return take_seat(market=market, wave_id=wave_id, load=Load(order_id, address, FEE, stall_ids))


@action
def rise(*, market: Market, order_id: int, actor: Actor = SYSTEM) -> Seat | None:
    return free_seat(order_id=order_id)


def next_wave(world: World) -> int:
    """The wave offered first."""
    with in_market(world.market.pk):
        return offers(world.market, None, 10_000, clock.now()).offers[0].wave_id
