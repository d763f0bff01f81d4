"""Orders in every state they can stand in, made by the actions themselves."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse
from django.test import RequestFactory

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, Shortfall, StallPart
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.ports import GatewayState, Snapshot
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.faces.shop import basket as baskets
from jangteo.faces.shop.basket import Basket, Wish
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World, order


@dataclass(slots=True)
class Scenes:
    """Each method makes an order anew and answers it, or the row that a screen is about."""

    world: World

    def part(self, placed: PlacedOrder, stall: Stall) -> StallPart:
        with in_market(self.world.market.pk):
            return StallPart.objects.get(order_id=placed.order_id, stall=stall)

    def line(self, placed: PlacedOrder, good: Good) -> Line:
        with in_market(self.world.market.pk):
            return Line.objects.get(part__order_id=placed.order_id, good=good)

    def new(self) -> PlacedOrder:
        """Over three stalls, one line to be weighed."""
        world = self.world
        return order(world, (world.mackerel, 2), (world.hairtail, 1), (world.cabbage, 1), (world.tofu, 3))

    def accepted(self) -> PlacedOrder:
        placed = self.new()
        accept_part(market=self.world.market, actor=SYSTEM, part_id=self.part(placed, self.world.fish).pk)
        return placed

    def weighed(self) -> PlacedOrder:
        placed = self.accepted()
        line = self.line(placed, self.world.hairtail)
        weigh_line(market=self.world.market, actor=SYSTEM, line_id=line.pk, grams=430, cap=False)
        return placed

    def ready(self) -> PlacedOrder:
        placed = self.weighed()
        ready_part(market=self.world.market, actor=SYSTEM, part_id=self.part(placed, self.world.fish).pk)
        return placed

    def handed_over(self) -> PlacedOrder:
        placed = self.ready()
        hand_over_part(market=self.world.market, actor=SYSTEM, part_id=self.part(placed, self.world.fish).pk)
        return placed

    def closed(self) -> PlacedOrder:
        placed = self.handed_over()
        for stall in (self.world.greens, self.world.tofu_stall):
            part_id = self.part(placed, stall).pk
            for step in (accept_part, ready_part, hand_over_part):
                step(market=self.world.market, actor=SYSTEM, part_id=part_id)
        return placed

    def refused(self) -> PlacedOrder:
        placed = self.new()
        reason = StallPart.RefuseReason.CLOSING
        part_id = self.part(placed, self.world.fish).pk
        refuse_part(market=self.world.market, actor=SYSTEM, part_id=part_id, reason=reason)
        return placed

    def cancelled(self) -> PlacedOrder:
        placed = self.new()
        cancel_order(market=self.world.market, actor=GUEST, order_id=placed.order_id)
        return placed

    def unpaid(self) -> PlacedOrder:
        world = self.world
        return order(world, (world.mackerel, 1), (world.hairtail, 1), tender="card")

    def in_question(self) -> PlacedOrder:
        """Authorised, and nobody has asked the gateway yet."""
        placed = self.unpaid()
        note_authorisation(
            market=self.world.market,
            actor=GUEST,
            order_ref=placed.ref,
            payment_key=f"key-{uuid.uuid4()}",
            amount_won=placed.pay_won,
        )
        return placed

    def expired(self) -> PlacedOrder:
        placed = self.unpaid()
        expire_order(market=self.world.market, actor=SYSTEM, order_ref=placed.ref)
        return placed

    def paid(self, placed: PlacedOrder, won: int | None = None) -> PlacedOrder:
        """The gateway says that so much was paid; as much as was asked for where nothing is said."""
        amount = placed.pay_won if won is None else won
        snapshot = Snapshot(
            payment_key=f"key-{uuid.uuid4()}",
            order_ref=placed.ref,
            state=GatewayState.DONE,
            total_won=amount,
            balance_won=amount,
            method="카드",
            approved_at=clock.now(),
            receipt_url="",
            cancels=(),
        )
        settle_payment(market=self.world.market, actor=SYSTEM, snapshot=snapshot)
        return placed

    def mismatched(self) -> PlacedOrder:
        return self.paid(self.unpaid(), won=100)

    def short(self) -> Shortfall:
        """Paid late: meanwhile somebody else has bought the last one."""
        world, good = self.world, self.world.cabbage
        count_stock(market=world.market, actor=SYSTEM, good_id=good.pk, on_hand=2)
        late = order(world, (good, 2), tender="card")
        expire_order(market=world.market, actor=SYSTEM, order_ref=late.ref)
        order(world, (good, 1))
        self.paid(late)
        count_stock(market=world.market, actor=SYSTEM, good_id=good.pk, on_hand=9_000)
        with in_market(world.market.pk):
            return Shortfall.objects.latest("pk")

    def basket_cookie(self, *wishes: tuple[Good, int]) -> str:
        """What a browser keeps of a basket with so many of these goods."""
        response = HttpResponse()
        basket = Basket({good.pk: Wish(quantity) for good, quantity in wishes})
        baskets.keep(response, RequestFactory().get("/"), self.world.market, basket)
        return response.cookies[baskets.COOKIE].value
