"""A market, a practice gateway and a clock that all deaths of a test module share; every scene has a day of its own."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from jangteo.adapters.toss.simulator import Order as WindowOrder
from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.wanted import PlacedOrder, WantedOrder
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.models import Payment
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import KeyedAnswer
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market, unscoped
from jangteo.project import wiring
from tests.faults.mortal import Deed, Nursery
from tests.world import GUEST, NOON, World, wants

A_DAY = timedelta(days=1)


@dataclass(slots=True)
class Moment:
    """The time everywhere: here, in the dying processes, at the gateway."""

    now: datetime = NOON


@dataclass(slots=True)
class Scene:
    """One customer's order on the way, and what happens to it."""

    world: World
    gateway: TossSimulator
    nursery: Nursery
    moment: Moment
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    began: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.moment.now

    @contextmanager
    def present(self) -> Iterator[None]:
        with clock.at(self.moment.now), in_market(self.world.market.pk):
            yield

    def later(self, minutes: int) -> None:
        self.moment.now += timedelta(minutes=minutes)

    def wanted(self, tender: str) -> WantedOrder:
        """Three stalls; counted and uncounted, weighed, exempt and taxable goods."""
        world = self.world
        with clock.at(self.began):
            return wants((world.mackerel, 2), (world.hairtail, 1), (world.cabbage, 1), (world.tofu, 3), tender=tender)

    def place(self, tender: str) -> PlacedOrder:
        """The customer's request; asking again with the same key is the same request."""
        wanted = self.wanted(tender)
        with self.present():
            return place_order(market=self.world.market, actor=GUEST, wanted=wanted, key=self.key)

    def agree(self, placed: PlacedOrder) -> str:
        """The customer agrees in the gateway's window; the payment key that the browser brings back."""
        with self.present():
            free = Payment.objects.get(order_ref=placed.ref).tax_free_won
        return self.gateway.authorise(WindowOrder(placed.ref, "장보기", placed.pay_won, free, "http://s/", "http://s/"))

    def come_back(self, placed: PlacedOrder, payment_key: str) -> None:
        with self.present():
            note_authorisation(
                market=self.world.market,
                actor=GUEST,
                order_ref=placed.ref,
                payment_key=payment_key,
                amount_won=placed.pay_won,
            )

    def work(self) -> None:
        """The worker: one look at what comes round, then effects until none is due."""
        handlers = wiring.handlers()
        sweep = next(job for job in wiring.jobs() if job.name == "payments.sweep")
        with clock.at(self.moment.now):
            sweep.run()
            while deliver_due(handlers):
                pass

    def recover(self, first: int = 4) -> None:
        """A new worker begins after `first` minutes and works until every lease, wait and hold has run out."""
        for minutes in (first, 8, 16):
            self.later(minutes)
            self.work()

    def pay(self) -> PlacedOrder:
        """A card order whose money has come."""
        placed = self.place("card")
        self.come_back(placed, self.agree(placed))
        self.work()
        return placed

    def lose_the_answer(self) -> PlacedOrder:
        """A card order whose money was taken, only that nobody here knows: the gateway's answer never came."""
        self.gateway.dial.next_up("confirm", "broken_after_commit")
        return self.pay()

    def make_ready(self, placed: PlacedOrder) -> StallPart:
        """The fish stall accepts, weighs less than was ordered and packs."""
        part = self.part(placed)
        with self.present():
            line = Line.objects.get(part=part, good=self.world.hairtail)
            accept_part(market=self.world.market, actor=SYSTEM, part_id=part.pk)
            weigh_line(market=self.world.market, actor=SYSTEM, line_id=line.pk, grams=370)
            return ready_part(market=self.world.market, actor=SYSTEM, part_id=part.pk)

    def part(self, placed: PlacedOrder) -> StallPart:
        """The fish stall's part."""
        with self.present():
            return StallPart.objects.get(order_id=placed.order_id, stall=self.world.fish)

    def tap_handed_over(self, part: StallPart) -> None:
        with self.present():
            hand_over_part(market=self.world.market, actor=SYSTEM, part_id=part.pk)

    def webhook(self, placed: PlacedOrder) -> str:
        """What the gateway posts about the payment."""
        with self.present():
            payment_key = Payment.objects.get(order_ref=placed.ref).payment_key
        data = {"paymentKey": payment_key, "orderId": placed.ref, "status": "DONE"}
        return json.dumps({"eventType": "PAYMENT_STATUS_CHANGED", "data": data})

    def deed(self, name: str, **facts: str | int) -> Deed:
        return Deed(name, {"market_id": self.world.market.pk, **facts}, self.moment.now)

    def placing(self, tender: str) -> Deed:
        wanted = json.dumps(self.wanted(tender).as_json())
        return self.deed("place", wanted=wanted, key=self.key)

    def order(self) -> Order | None:
        """What this scene's request has placed so far."""
        with unscoped():
            answer = KeyedAnswer.objects.filter(key=self.key).values_list("answer", flat=True).first()
            return Order.objects.get(pk=answer["order_id"]) if answer else None

    def state(self, placed: PlacedOrder) -> str:
        with self.present():
            return Order.objects.get(pk=placed.order_id).state

    def kept_won(self, placed: PlacedOrder) -> int:
        """The money that the gateway itself says it took for the order and did not give back."""
        seen = wiring.card_gateways()["toss"].read_order(order_ref=placed.ref)
        return 0 if seen is None or seen.approved_at is None else seen.balance_won

    def booked_won(self, placed: PlacedOrder) -> int:
        """The same as our own payment has it."""
        with self.present():
            payment = Payment.objects.get(order_ref=placed.ref)
        return payment.captured_won - payment.refunded_won


def fill_the_shelves(world: World) -> None:
    """Enough for every scene; tofu becomes a counted good as well."""
    for good in (world.mackerel, world.tofu):
        count_stock(market=world.market, actor=SYSTEM, good_id=good.pk, on_hand=9_000)
