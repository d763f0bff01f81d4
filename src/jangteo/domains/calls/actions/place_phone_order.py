"""Somebody at the telephone has ordered, heard it read out, and said yes."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.calls.callers import caller_digest
from jangteo.domains.calls.errors import ConsentMissing, TakerMissing
from jangteo.domains.calls.models import MOST_TAKER, Consent, PhoneOrder
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.place_here import place_here
from jangteo.domains.ordering.wanted import PlacedOrder, WantedOrder, plain_phone
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.idempotency import earlier_answer, keep_answer, request_digest


@dataclass(frozen=True, slots=True)
class ToldByPhone:
    """`said` is what was read out, word for word; `agreed` that the caller said yes to it; `taken_by` who listened."""

    wanted: WantedOrder
    said: str
    agreed: bool
    taken_by: str

    def as_json(self) -> dict[str, object]:
        """The request for the idempotency digest."""
        return {**self.wanted.as_json(), "said": self.said, "agreed": self.agreed, "taken_by": self.taken_by}


@action
def place_phone_order(*, market: Market, actor: Actor, told: ToldByPhone, key: str) -> PlacedOrder:
    """Place it like any other order and keep the consent beside it, or answer what the key was answered before.

    Raises ConsentMissing, TakerMissing, subclasses of OrderingRefused and the idempotency refusals.
    """
    digest = request_digest(told.as_json())
    if (answer := earlier_answer(market_id=market.pk, key=key, digest=digest)) is not None:
        return PlacedOrder.from_json(answer)
    taken_by = " ".join(told.taken_by.split())
    if not told.agreed or not told.said.strip():
        raise ConsentMissing
    if not 0 < len(taken_by) <= MOST_TAKER:
        raise TakerMissing(most=MOST_TAKER)
    placed = place_here(market=market, actor=actor, wanted=told.wanted)
    _keep(market, actor, told, placed, taken_by)
    audit.record(actor, "order.by_phone", f"order:{placed.order_id}", number=placed.number, taken_by=taken_by)
    keep_answer(market_id=market.pk, key=key, digest=digest, answer=placed.as_json())
    return placed


def _keep(market: Market, actor: Actor, told: ToldByPhone, placed: PlacedOrder, taken_by: str) -> None:
    moment = clock.now()
    made = PhoneOrder.objects.create(
        market=market,
        order_id=placed.order_id,
        caller=caller_digest(market.pk, plain_phone(told.wanted.phone)),
        taken_by=taken_by,
        actor_ref=actor.ref,
        at=moment,
    )
    Consent.objects.create(market=market, made=made, said=told.said, taken_by=taken_by, actor_ref=actor.ref, at=moment)
