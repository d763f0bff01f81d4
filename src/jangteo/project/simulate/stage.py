"""What the steps of one run act on."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.domains.catalog.models import Good
from jangteo.domains.ledger.jobs import expire_due_holds
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.effects import CardEffects
from jangteo.domains.payments import gateways
from jangteo.domains.payments.ports import CardGateway
from jangteo.kernel import clock, ids
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.outbox.deliver import Handler, deliver_due
from jangteo.kernel.tenancy import in_market
from jangteo.project.simulate.accidents import Accident, FragileGateway
from jangteo.project.simulate.town import OPENING

CUSTOMER = Actor(ActorKind.CUSTOMER, "guest")
DEPOSIT_HOURS = 12
# How long after everything a new worker works until every lease, wait, hold and account has run out.
RECOVERY = (
    *(timedelta(minutes=minutes) for minutes in (4, 31)),
    timedelta(hours=DEPOSIT_HOURS + 1),
    timedelta(hours=1),
)


@dataclass(slots=True)
class Present:
    """The time everywhere: here and at the gateway."""

    moment: datetime = OPENING + timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Letter:
    """A webhook on its way; the same letter may come any number of times."""

    body: bytes
    number: str


@dataclass(slots=True)
class Stage:
    """One market on one day, its gateway, and the chance that decides what happens."""

    chance: random.Random
    present: Present
    toss: TossSimulator
    gateway: CardGateway
    accident: Accident
    market: Market
    goods: list[Good]
    tokens: random.Random
    letters: list[Letter] = field(default_factory=list)
    numbers: int = 0

    @contextmanager
    def now(self) -> Iterator[None]:
        """Everything at the present moment, in the market, with tokens that repeat."""
        with clock.at(self.present.moment), ids.drawn_from(self.tokens), in_market(self.market.pk):
            yield

    def number(self) -> int:
        """One that was not given before."""
        self.numbers += 1
        return self.numbers

    @property
    def card(self) -> CardEffects:
        return CardEffects({self.gateway.name: self.gateway})

    def handlers(self) -> dict[str, Handler]:
        card = self.card
        return {"payment.confirm": card.confirm, "payment.refund": card.refund, "payment.hint": card.read_hint}

    def work(self) -> int:
        """One round of the worker over what is due."""
        return deliver_due(self.handlers())

    def sweep(self) -> None:
        """What comes round."""
        self.card.sweep()
        expire_due_holds()

    def write(self, order_ref: str, payment_key: str, status: str) -> Letter:
        """A letter that claims something about a payment."""
        data = {"paymentKey": payment_key, "orderId": order_ref, "status": status}
        body = json.dumps({"eventType": "PAYMENT_STATUS_CHANGED", "data": data}).encode()
        return Letter(body, f"letter-{self.number()}")


@contextmanager
def staged(seed: int, *, forgetful: bool) -> Iterator[Stage]:
    """A stage over the market of the database that is connected."""
    present, accident = Present(), Accident()
    market = Market.objects.get()
    with in_market(market.pk):
        goods = list(Good.objects.order_by("pk"))
    keys = _chance(seed, "keys") if forgetful else None
    with ExitStack() as stack:
        toss = stack.enter_context(TossSimulator(seed=seed, clock=lambda: present.moment))
        gateway = stack.enter_context(closing(FragileGateway(toss.url, toss.shop, accident, keys)))
        gateways.use({gateway.name: gateway}, deposit_hours=DEPOSIT_HOURS)
        stack.callback(gateways.use, {})
        steps, tokens = _chance(seed, "steps"), _chance(seed, "tokens")
        yield Stage(steps, present, toss, gateway, accident, market, goods, tokens)


def _chance(seed: int, what: str) -> random.Random:
    return random.Random(f"{seed} {what}")  # noqa: S311  # must repeat with a seed
