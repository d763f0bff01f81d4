"""What a payment is for: its reference says by its first letters which domain it belongs to, and that one acts on it.

Gateways know nothing of orders or counters. Whoever opens payments of a kind registers what happens to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.ports import Snapshot
from jangteo.kernel.audit import Actor


class Settles(Protocol):
    def __call__(self, *, market: Market, actor: Actor, snapshot: Snapshot) -> object: ...


class Fails(Protocol):
    def __call__(self, *, market: Market, actor: Actor, order_ref: str, code: str) -> object: ...


class Expires(Protocol):
    def __call__(self, *, market: Market, actor: Actor, order_ref: str) -> object: ...


@dataclass(frozen=True, slots=True)
class Owner:
    """Actions: the gateway has spoken, it refused the money, nobody paid in time."""

    settle: Settles
    fail: Fails
    expire: Expires


_owners: dict[str, Owner] = {}


def use(owners: Mapping[str, Owner]) -> None:
    """Replace the registered owners, by the beginning of their references."""
    _owners.clear()
    _owners.update(owners)


def owner_of(order_ref: str, *, otherwise: Owner) -> Owner:
    """Who acts on the payment of this reference."""
    return next((owner for beginning, owner in _owners.items() if order_ref.startswith(beginning)), otherwise)
