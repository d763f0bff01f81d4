"""One basket over many stalls becomes one order with a part for each stall."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.place_here import place_here
from jangteo.domains.ordering.wanted import PlacedOrder, WantedOrder
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.idempotency import earlier_answer, keep_answer, request_digest


@action
def place_order(
    *, market: Market, actor: Actor, wanted: WantedOrder, key: str, user_id: int | None = None
) -> PlacedOrder:
    """Place the order, or answer what the key was answered before.

    Paid at the stall: stock is taken and the stalls ring. By card: stock is held ten minutes and nobody rings yet.
    To be brought: it takes its seat in the wave, and the fee is a part of its own.
    Raises subclasses of OrderingRefused and DeliveryRefused and the idempotency refusals; then nothing has changed.
    """
    digest = request_digest(wanted.as_json())
    if (answer := earlier_answer(market_id=market.pk, key=key, digest=digest)) is not None:
        return PlacedOrder.from_json(answer)
    placed = place_here(market=market, actor=actor, wanted=wanted, user_id=user_id)
    keep_answer(market_id=market.pk, key=key, digest=digest, answer=placed.as_json())
    return placed
