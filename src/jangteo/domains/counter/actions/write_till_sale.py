"""A sale that a stall's own till makes, whoever told of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from jangteo.domains.counter.actions.write_lines import is_exempt
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.references import SALE_REF
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import clock, ids
from jangteo.kernel.action import step
from jangteo.kernel.idempotency import KeyMissing


@dataclass(frozen=True, slots=True)
class RungUp:
    """What the till took and how; `number` is the till's own for it, or 0."""

    ref: str
    amount_won: int
    way: str
    at: datetime
    number: int = 0


def till_ref(key: str) -> str:
    """The reference of the sale with this key. Raises KeyMissing for a key that is no UUID."""
    try:
        return f"{SALE_REF}{uuid.UUID(key).hex}"
    except ValueError as wrong:
        raise KeyMissing from wrong


@step
def write_till_sale(*, market: Market, stall: Stall, rung_up: RungUp) -> CounterSale:
    """Not booked yet."""
    now = clock.now()
    return CounterSale.objects.create(
        market=market,
        stall=stall,
        token=ids.new_token(),
        ref=rung_up.ref,
        amount_won=rung_up.amount_won,
        exempt=is_exempt(stall),
        number=rung_up.number,
        source=CounterSale.Source.TILL,
        way=rung_up.way,
        # Whoever rings it up is the one who would be asked.
        state=SaleState.CLAIMED,
        created_at=rung_up.at,
        expires_at=now,
        paid_at=rung_up.at,
        changed_at=now,
    )
