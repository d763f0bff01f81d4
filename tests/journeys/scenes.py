"""Orders in every state they can stand in, made by the actions themselves."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import time
from functools import cached_property

from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.hub.models import HubPlan
from jangteo.domains.markets.actions.add_street import add_street
from jangteo.domains.markets.actions.found_market import NewMarket, found_market
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.close_shortfall import close_shortfall
from jangteo.domains.ordering.actions.end_refund import end_refund
from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, Order, Shortfall, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.models import Refund
from jangteo.domains.payments.ports import GatewayState, Snapshot
from jangteo.domains.people.actions.bind_device import bind_device
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.models import Role
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.faces.shop import basket as baskets
from jangteo.faces.shop import my_orders
from jangteo.faces.shop.basket import Basket, Wish
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow, RateWindow
from jangteo.kernel.tenancy import in_market
from tests.journeys.street import CLOSED, FEW, LAST_ONES
from tests.riding import Courier, courier
from tests.world import GUEST, World, make_world, order, wants

# The number of the customer who is signed in.
SIGNED_IN = "01033330055"
BARE = NewMarket(
    code="test-saebyeok",
    slug="saebyeok",
    name="새벽시장",
    slogan="",
    address="가람시 새벽동 큰길 2",
    cycle=Cycle(daily=True),
    opens_at=time(5),
    closes_at=time(12),
    phone="010-0000-0003",
)


@dataclass
class Scenes:
    """Each method makes an order anew and answers it, or the row that a screen is about."""

    world: World
    _bare: Market | None = None

    def good(self, name: str) -> Good:
        with in_market(self.world.market.pk):
            return Good.objects.get(name=name)

    def closed_stall(self) -> Stall:
        with in_market(self.world.market.pk):
            return Stall.objects.get(name=CLOSED)

    @cached_property
    def courier(self) -> Courier:
        """One who brings orders, the same all the time."""
        return courier(self.world)

    def door(self, door: Stall.Door) -> None:
        set_door(market=self.world.market, actor=SYSTEM, stall_id=self.world.fish.pk, door=door)

    def way_in(self) -> str:
        token = make_entry_link(market=self.world.market, actor=SYSTEM, role=Role.OWNER, stall=self.world.fish)
        return reverse("merchant:enter", args=[token])

    @cached_property
    def elsewhere(self) -> World:
        """A second market, where nothing has happened yet."""
        return make_world("namdong", "2")

    def founder(self) -> str:
        """The device secret of the association of a third market, where there is a street and no stall."""
        if self._bare is None:
            self._bare = found_market(actor=SYSTEM, new=BARE)
            add_street(market=self._bare, actor=SYSTEM, name="큰길", name_en="Main street", colour="#1B56A8")
        token = make_entry_link(market=self._bare, actor=SYSTEM, role=Role.MANAGER, stall=None)
        return bind_device(market=self._bare, actor=SYSTEM, token=token)

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

    def accept(self, order_id: int) -> None:
        with in_market(self.world.market.pk):
            part = StallPart.objects.get(order_id=order_id, stall=self.world.fish)
        accept_part(market=self.world.market, actor=SYSTEM, part_id=part.pk)

    def latest(self) -> int:
        """The id of the order that was placed last."""
        with in_market(self.world.market.pk):
            return Order.objects.latest("pk").pk

    def accepted(self) -> PlacedOrder:
        placed = self.new()
        self.accept(placed.order_id)
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

    def rejected_refund(self) -> None:
        """The gateway will not give the money back."""
        placed = self.paid(self.unpaid())
        cancel_order(market=self.world.market, actor=GUEST, order_id=placed.order_id)
        with in_market(self.world.market.pk):
            refund = Refund.objects.latest("pk")
        state = Refund.State.REJECTED
        end_refund(market=self.world.market, actor=SYSTEM, refund_id=refund.pk, state=state, note="NOT_CANCELABLE")

    def stuck_effect(self) -> None:
        """Tried in vain until it was given up."""
        OutboxRow.objects.update_or_create(
            key="stuck",
            defaults={
                "market_id": self.world.market.pk,
                "topic": "payment.confirm",
                "payload": {},
                "status": OutboxRow.Status.STUCK,
                "attempts": 12,
                "note": "GatewayUnknown",
                "created_at": clock.now(),
                "run_at": clock.now(),
            },
        )

    def short_order(self) -> PlacedOrder:
        """Paid late: meanwhile somebody else has bought the last one."""
        world, good = self.world, self.good(LAST_ONES)
        count_stock(market=world.market, actor=SYSTEM, good_id=good.pk, on_hand=2)
        late = order(world, (world.mackerel, 1), (good, 2), tender="card")
        expire_order(market=world.market, actor=SYSTEM, order_ref=late.ref)
        order(world, (good, 1))
        self.paid(late)
        count_stock(market=world.market, actor=SYSTEM, good_id=good.pk, on_hand=FEW)
        return late

    def short(self) -> Shortfall:
        """The same, as the stall's task."""
        self.short_order()
        with in_market(self.world.market.pk):
            return Shortfall.objects.latest("pk")

    def basket_cookie(self, *wishes: tuple[Good, int]) -> str:
        """What a browser keeps of a basket with so many of these goods."""
        response = HttpResponse()
        basket = Basket({good.pk: Wish(quantity) for good, quantity in wishes})
        baskets.keep(response, RequestFactory().get("/"), self.world.market, basket)
        return response.cookies[baskets.COOKIE].value

    def orders_cookie(self, *orders: PlacedOrder) -> str:
        """What a browser keeps of its orders, placed one after another."""
        request = RequestFactory().get("/")
        for placed in orders:
            response = HttpResponse()
            my_orders.remember(response, request, self.world.market, placed.token)
            request.COOKIES[my_orders.COOKIE] = response.cookies[my_orders.COOKIE].value
        return request.COOKIES[my_orders.COOKIE]

    def session(self, phone: str = SIGNED_IN) -> str:
        """The session of a signed-in customer who has ordered something."""
        user = register_customer(market=self.world.market, actor=SYSTEM, phone=phone)
        wanted = wants((self.world.tofu, 1))
        place_order(market=self.world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()), user_id=user.pk)
        client = Client()
        client.force_login(user)
        return client.cookies[settings.SESSION_COOKIE_NAME].value


def tidy(world: World) -> None:
    """Bring to an end whatever a test has left for the stalls to do, open the doors and put the goods back on sale.

    Everybody of every test comes from the same address; how often they came is forgotten.
    """
    RateWindow.objects.all().delete()
    market = world.market
    with in_market(market.pk):
        parts = list(StallPart.objects.filter(state__in=[PartState.NEW, PartState.ACCEPTED, PartState.READY]))
        gaps = list(Shortfall.objects.filter(state=Shortfall.State.OPEN))
        last_ones = Good.objects.get(name=LAST_ONES)
        HubPlan.objects.update(is_on=False)
    for part in parts:
        if part.state == PartState.READY:
            hand_over_part(market=market, actor=SYSTEM, part_id=part.pk)
        else:
            refuse_part(market=market, actor=SYSTEM, part_id=part.pk, reason=StallPart.RefuseReason.TOO_BUSY)
    for gap in gaps:
        close_shortfall(market=market, actor=SYSTEM, shortfall_id=gap.pk, found=True)
    set_sale_state(market=market, actor=SYSTEM, good_id=last_ones.pk, state=Good.State.ON_SALE)
    for good in (world.mackerel, world.hairtail):
        set_price(market=market, actor=SYSTEM, good_id=good.pk, price_won=good.price_won)
    for stall in (world.fish, world.greens):
        set_door(market=market, actor=SYSTEM, stall_id=stall.pk, door=Stall.Door.OPEN)
