"""What tests of the adapter share: a clock to move, a shop that takes webhooks, and an order."""

from __future__ import annotations

import queue
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer
from jangteo.adapters.toss.payouts import TossPayouts
from jangteo.adapters.toss.simulator import Order, TossSimulator
from jangteo.domains.payments.payouts_port import NewPayee, NewPayout, Payee, PayeeKind
from jangteo.domains.payments.ports import BankAccount

PATIENCE_S = 20.0
TODAY, TOMORROW = date(2026, 11, 3), date(2026, 11, 4)
STALL = NewPayee(
    ref="stall-0001",
    kind=PayeeKind.COMPANY,
    name="순자네 채소",
    representative="김순자",
    business_number="1234567890",
    email="stall@market.example",
    phone="01000000000",
    account=BankAccount("004", "12345678901234", "김순자"),
)


@dataclass
class Watch:
    """A clock that stands still until it is moved."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 3, 1, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, time: timedelta) -> None:
        self.moment += time


class Shop(Simulator):
    """Receives webhooks and answers with the statuses it was given, then 200."""

    def __init__(self, statuses: Sequence[int] = ()) -> None:
        super().__init__(SimulatorServer())
        self.received: queue.Queue[Request] = queue.Queue()
        self._statuses = list(statuses)

    def handle(self, request: Request) -> Reply:
        reply = Reply(self._statuses.pop(0) if self._statuses else 200)
        self.received.put(request)
        return reply

    def next(self) -> Request:
        return self.received.get(timeout=PATIENCE_S)


def order(ref: str = "order-0001", won: int = 30_000, tax_free_won: int = 0, *, account: bool = False) -> Order:
    """An order for the window; with `account` it is paid into one that is open for a day."""
    method = "VIRTUAL_ACCOUNT" if account else "CARD"
    return Order(ref, "애호박 외 2건", won, tax_free_won, "http://shop/ok", "http://shop/no", method, 24)


def toss_payouts(simulator: TossSimulator, *, timeout_s: float = PATIENCE_S, page_size: int = 1_000) -> TossPayouts:
    """The adapter for pay-outs, set up for the shop of a practice gateway."""
    return TossPayouts(
        base_url=simulator.url,
        secret_key=simulator.shop.secret_key,
        security_key=simulator.shop.security_key,
        timeout_s=timeout_s,
        page_size=page_size,
    )


def registered(payouts: TossPayouts, payee: NewPayee = STALL) -> Payee:
    """A payee under a key of its own."""
    return payouts.register(payee=payee, key=f"payee:{payee.ref}")


def wanted(payee: Payee, ref: str = "run-1", won: int = 5_000, pay_on: date | None = TOMORROW) -> NewPayout:
    """A pay-out to ask for."""
    return NewPayout(ref, payee.key, won, "시장정산", pay_on)
