"""Orders that are brought, for tests: placed for the next wave, and taken through their stalls."""

from __future__ import annotations

import uuid
from dataclasses import replace

from jangteo.domains.catalog.models import Good
from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.models import Seat
from jangteo.domains.delivery.queries import offers
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.wanted import PlacedOrder, WantedMoney, WantedOrder
from jangteo.domains.payments.ports import GatewayState, Snapshot
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World, wants

HOME = Address("장터동 101호")


def wants_home(
    world: World, *lines: tuple[Good, int], tender: str = "at_stall", moneys: tuple[WantedMoney, ...] = ()
) -> WantedOrder:
    """An order for the next wave, with the fee that is shown for its goods."""
    wanted = wants(*lines, tender=tender, fulfil="deliver", moneys=moneys)
    goods_won = sum(good.price_won * quantity for good, quantity in lines)
    with in_market(world.market.pk):
        first = offers(world.market, HOME, goods_won, clock.now()).offers[0]
    return replace(wanted, wave_id=first.wave_id, place=HOME, fee_won=first.fee.customer_won)


def bring(world: World, wanted: WantedOrder, user_id: int | None = None) -> PlacedOrder:
    """Place it with a key of its own."""
    return place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()), user_id=user_id)


def pay(world: World, placed: PlacedOrder) -> Order:
    """Its card payment is taken."""
    seen = Snapshot(
        f"pk-{placed.ref}", placed.ref, GatewayState.DONE, placed.pay_won, placed.pay_won, "카드", None, "", ()
    )
    return settle_payment(market=world.market, actor=SYSTEM, snapshot=seen)


def parts(world: World, placed: PlacedOrder) -> list[StallPart]:
    """With the fee's, oldest first."""
    with in_market(world.market.pk):
        return list(StallPart.with_fees.filter(order_id=placed.order_id).select_related("order").order_by("pk"))


def hand_over(world: World, part: StallPart) -> None:
    """All the way from new."""
    accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    hand_over_part(market=world.market, actor=SYSTEM, part_id=part.pk)


def refuse(world: World, part: StallPart) -> None:
    """Sold out."""
    reason = StallPart.RefuseReason.SOLD_OUT
    refuse_part(market=world.market, actor=SYSTEM, part_id=part.pk, reason=reason)


def seat(world: World, placed: PlacedOrder) -> Seat:
    """The order's."""
    with in_market(world.market.pk):
        return Seat.objects.select_related("wave").get(order_id=placed.order_id)


def order_row(world: World, placed: PlacedOrder) -> Order:
    """As it stands now."""
    with in_market(world.market.pk):
        return Order.objects.get(pk=placed.order_id)
