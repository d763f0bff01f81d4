"""Somebody has ordered at a kiosk: to be paid at the stalls, under the number of a ticket."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from jangteo.domains.devices.models import Screen
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.tell_of_order import tell_of_order
from jangteo.domains.ordering.actions.write_order import write_order
from jangteo.domains.ordering.choosing import Chosen, check_orderable, choose, choose_anyway
from jangteo.domains.ordering.errors import BadPhone, OrderingRefused
from jangteo.domains.ordering.kiosk import WALK, Difference, KioskAnswer, ToldOrder, true_moment
from jangteo.domains.ordering.models import KioskOrder, Line, Order, StallPart
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.ordering.wanted import merge_lines, plain_phone
from jangteo.domains.people.actions.know_by_number import know_by_number
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.idempotency import earlier_answer, keep_answer, request_digest


@action
def place_kiosk_order(*, market: Market, actor: Actor, screen: Screen, told: ToldOrder, key: str) -> KioskAnswer:
    """Place it at today's prices, or answer what the key was answered before.

    While the customer stands there, whatever stands in the way is refused. Once the customer has gone with the ticket
    the stalls get it all the same, and the association is told at once where a count or a state says no: only the stall
    knows what it has handed over since. Raises subclasses of OrderingRefused and the idempotency refusals.
    """
    told.check()
    digest = request_digest(told.as_json())
    if (answer := earlier_answer(market_id=market.pk, key=key, digest=digest)) is not None:
        return KioskAnswer.from_json(answer)
    ref = _ref(market, key)
    # Answers are forgotten after some weeks; a kiosk that was away longer has its reference still.
    if (known := KioskOrder.objects.select_related("order").filter(order__ref=ref).first()) is not None:
        return _answer(known, list(Line.objects.filter(part__order=known.order).order_by("pk")))
    chosen = _chosen(told)
    order = _new_order(market, told, ref)
    if order.phone:
        order.user = know_by_number(phone=order.phone, actor=actor)
    parts, lines = write_order(order=order, chosen=chosen, actor=actor, as_far_as_it_goes=told.is_late)
    made = _note(order, screen, told)
    tell_of_order(order=order, parts=parts, actor=actor)
    if told.is_late:
        _tell_the_office(order, parts, _doubtful(chosen, lines), actor)
    placed = _answer(made, lines)
    keep_answer(market_id=market.pk, key=key, digest=digest, answer=placed.as_json())
    return placed


def _ref(market: Market, key: str) -> str:
    """As long as any order's: the book tells a second payment by what stands behind it."""
    return ids.token_digest(f"kiosk:{market.pk}:{key}")[:22]


def _chosen(told: ToldOrder) -> list[Chosen]:
    wanted = merge_lines(tuple(line.wanted for line in told.lines))
    seen: Counter[int] = Counter()
    for line in told.lines:
        seen[line.good_id] += line.seen_won
    chosen = choose_anyway(wanted) if told.is_late else choose(wanted)
    return [replace(one, seen_won=seen[one.good.pk]) for one in chosen]


def _new_order(market: Market, told: ToldOrder, ref: str) -> Order:
    now = clock.now()
    made_at = true_moment(told, now)
    return Order(
        market=market,
        ref=ref,
        token=ids.new_token(),
        day=clock.business_day(now),
        state=OrderState.PLACED,
        name=told.ticket,
        phone=_phone(told),
        fulfil=Order.Fulfil.PICKUP,
        wanted_at=made_at + WALK,
        tender=Order.Tender.AT_STALL,
        placed_at=made_at,
        changed_at=now,
    )


def _note(order: Order, screen: Screen, told: ToldOrder) -> KioskOrder:
    return KioskOrder.objects.create(
        market_id=order.market_id,
        order=order,
        screen=screen,
        ticket=told.ticket,
        tender=told.tender,
        language=told.language,
        made_at=order.placed_at,
        is_late=told.is_late,
    )


def _phone(told: ToldOrder) -> str:
    """Nobody is there any more to type it again, and an order is not lost because of it."""
    if not told.phone.strip():
        return ""
    try:
        return plain_phone(told.phone)
    except BadPhone:
        if told.is_late:
            return ""
        raise


def _doubtful(chosen: Sequence[Chosen], lines: Sequence[Line]) -> set[int]:
    """Stalls where something of the order is sold out, missing, shut or without a price by now."""
    missing = {line.stall_id for line in lines if line.taken is not None}
    return missing | {one.good.stall_id for one in chosen if not _is_orderable(one)}


def _is_orderable(one: Chosen) -> bool:
    try:
        check_orderable(one.good)
    except OrderingRefused:
        return False
    return True


def _tell_the_office(order: Order, parts: Sequence[StallPart], stall_ids: set[int], actor: Actor) -> None:
    doubtful = [part for part in parts if part.stall_id in stall_ids]
    for part in doubtful:
        part.told = StallPart.Told.OFFICE
        audit.record(actor, "part.passed_on", f"part:{part.pk}", number=order.number, told=part.told)
    StallPart.objects.bulk_update(doubtful, ["told"])


def _answer(made: KioskOrder, lines: Sequence[Line]) -> KioskAnswer:
    wons = {line.pk: facts_of(line).estimate_won for line in lines}
    return KioskAnswer(
        order_id=made.order_id,
        number=made.order.number,
        ticket=made.ticket,
        total_won=sum(wons.values()),
        differences=tuple(
            Difference(line.good_id, line.name, line.seen_won, wons[line.pk])
            for line in lines
            if line.seen_won is not None and line.seen_won != wons[line.pk]
        ),
    )
