"""The simulator with a clock that can be moved, and the adapters beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from jangteo.adapters.portone.api import PortOneAccount
from jangteo.adapters.portone.simulator import Order, PortOneSimulator

START = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)


@dataclass
class Watch:
    """A clock that stands still until it is moved."""

    moment: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, time: timedelta) -> None:
        self.moment += time


def account_of(simulator: PortOneSimulator) -> PortOneAccount:
    store = simulator.store
    return PortOneAccount(store.store_id, store.channel_key, store.api_secret, store.webhook_secret)


def order(payment_id: str = "order-0001", amount_won: int = 30_000, tax_free_won: int = 12_000) -> Order:
    return Order(payment_id, "애호박 <b>외 2건", amount_won, tax_free_won, "http://shop.example/back?m=1")
