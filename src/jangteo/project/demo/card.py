"""Cards in the demo market's past: the practice gateway over its own wire, at the time that is played."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from jangteo.adapters import _wire
from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.reports import TossReports
from jangteo.adapters.toss.simulator import Order as Window
from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.adapters.toss.simulator.memory import Memory
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.effects import CardEffects
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.reports_port import GatewaySettlement, GatewayTransaction
from jangteo.kernel import clock
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market

CUSTOMER = Actor(ActorKind.CUSTOMER, "demo")
NEXT_PAGE = "http://localhost/"


def card_memory() -> Path:
    """Where the practice gateway of this installation remembers its payments."""
    return Path(settings.VAR) / "practice" / "toss.jsonl"


class Hands:
    """The time that is played, which the gateway's threads see as well."""

    def __init__(self) -> None:
        self.moment = clock.now()

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Let it be `moment` here and at the gateway."""
        self.moment = moment
        with clock.at(moment):
            yield


@dataclass(frozen=True, slots=True)
class CardDesk:
    """The market's contract with the practice gateway for as long as the past is played."""

    market: Market
    hands: Hands
    toss: TossSimulator
    gateway: TossGateway
    reports: TossReports

    def pay(self, order_ref: str) -> None:
        """The customer agrees in the window, and the worker takes the money."""
        with in_market(self.market.pk):
            payment = Payment.objects.get(order_ref=order_ref)
        window = Window(order_ref, "장보기", payment.amount_won, payment.tax_free_won, NEXT_PAGE, NEXT_PAGE)
        key = self.toss.authorise(window)
        note_authorisation(
            market=self.market,
            actor=CUSTOMER,
            order_ref=order_ref,
            payment_key=key,
            amount_won=payment.amount_won,
        )
        self.work()

    def work(self) -> None:
        """Confirm and give back what waits for it."""
        effects = CardEffects({self.gateway.name: self.gateway})
        while deliver_due({"payment.confirm": effects.confirm, "payment.refund": effects.refund}, most=100):
            pass

    def moved_on(self, day: date) -> list[GatewayTransaction]:
        """What the gateway's list says of a day."""
        since = clock.korean(day, time())
        return list(self.reports.transactions(since=since, until=since + timedelta(days=1)))

    def settled(self, first: date, last: date) -> list[GatewaySettlement]:
        """What it has paid, or will pay, for the sales of these days."""
        return list(self.reports.settlements(first=first, last=last))


@contextmanager
def _quiet_wire() -> Iterator[None]:
    """Every call to a gateway is a line in the log; hundreds of them would bury what a person is shown."""
    wire = logging.getLogger(_wire.__name__)
    before = wire.level
    wire.setLevel(logging.WARNING)
    try:
        yield
    finally:
        wire.setLevel(before)


@contextmanager
def card_desk(market: Market, seed: int, memory: Path | None = None) -> Iterator[CardDesk]:
    """The desk, open inside the block. What the gateway has seen goes into `memory` for the one that comes after it."""
    hands = Hands()
    with ExitStack() as stack:
        stack.enter_context(_quiet_wire())
        toss = stack.enter_context(
            TossSimulator(seed=seed, clock=lambda: hands.moment, memory=Memory(memory) if memory else None)
        )
        shop = toss.shop
        gateway = TossGateway(
            base_url=toss.url, sdk_url=toss.url, secret_key=shop.secret_key, client_key=shop.client_key
        )
        reports = TossReports(base_url=toss.url, secret_key=shop.secret_key)
        stack.enter_context(closing(gateway))
        stack.enter_context(closing(reports))
        stack.enter_context(gateways.only({gateway.name: gateway}))
        yield CardDesk(market, hands, toss, gateway, reports)
