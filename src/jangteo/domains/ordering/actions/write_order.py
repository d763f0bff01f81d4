"""A new order is written with its parts, its lines and its history, and gets the day's next number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import connection

from jangteo.domains.ordering import errors
from jangteo.domains.ordering.choosing import Chosen
from jangteo.domains.ordering.models import Line, Move, Order, StallPart
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.stock.actions.hold_stock import hold_stock
from jangteo.domains.stock.actions.lock_stock import lock_stock
from jangteo.domains.stock.actions.take_stock import take_stock
from jangteo.domains.stock.errors import StockShort
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def write_order(
    *, order: Order, chosen: Sequence[Chosen], actor: Actor, as_far_as_it_goes: bool = False
) -> tuple[list[StallPart], list[Line]]:
    """Take or hold the goods, give the order its number, and write it. Parts by stall, lines as they were chosen.

    `as_far_as_it_goes`: what a count does not know of is no reason to refuse; the line then says how many were taken.
    Raises NotEnough.
    """
    if as_far_as_it_goes:
        chosen = _take_what_is_there(order, chosen)
    else:
        _reserve(order, chosen)
    order.number = _next_number(order)
    order.save(force_insert=True)
    parts = _write_parts(order, chosen, actor)
    by_stall = {part.stall_id: part for part in parts}
    lines = Line.objects.bulk_create(_line(by_stall[c.good.stall_id], c) for c in chosen)
    return parts, lines


def _reserve(order: Order, chosen: Sequence[Chosen]) -> None:
    reserve = hold_stock if order.tender == Order.Tender.CARD else take_stock
    quantities = {c.good.pk: c.wanted.quantity for c in chosen}
    try:
        reserve(quantities=quantities, cause=f"order:{order.ref}")
    except StockShort as short:
        good = next(c.good for c in chosen if c.good.pk == short.facts["good_id"])
        raise errors.NotEnough(name=good.name, good_id=good.pk, left=short.facts["left"]) from short


def _take_what_is_there(order: Order, chosen: Sequence[Chosen]) -> list[Chosen]:
    items = lock_stock(good_ids={c.good.pk for c in chosen})
    left = {good_id: max(0, item.on_hand - item.held) for good_id, item in items.items()}
    taken = {c.good.pk: min(c.wanted.quantity, left[c.good.pk]) for c in chosen if c.good.pk in left}
    take_stock(quantities={good_id: count for good_id, count in taken.items() if count}, cause=f"order:{order.ref}")
    return [
        replace(c, taken=taken[c.good.pk]) if taken.get(c.good.pk, c.wanted.quantity) < c.wanted.quantity else c
        for c in chosen
    ]


def _next_number(order: Order) -> int:
    """The day's next number. Locks the day's counter until commit, so it comes late in the action."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ordering_daycounter (market_id, day, last_number) VALUES (%s, %s, 1)"
            " ON CONFLICT (market_id, day) DO UPDATE SET last_number = ordering_daycounter.last_number + 1"
            " RETURNING last_number",
            [order.market_id, order.day],
        )
        return int(cursor.fetchone()[0])


def _write_parts(order: Order, chosen: Sequence[Chosen], actor: Actor) -> list[StallPart]:
    shared = {"market_id": order.market_id, "order": order}
    is_house = {c.good.stall_id: c.good.stall.is_house for c in chosen}
    parts = StallPart.with_fees.bulk_create(
        StallPart(
            **shared,
            stall_id=stall_id,
            state=_first_state(order, is_fee=is_fee),
            is_fee=is_fee,
            changed_at=order.changed_at,
        )
        for stall_id, is_fee in is_house.items()
    )
    moment = {"was": "", "actor_ref": actor.ref, "at": order.changed_at}
    Move.objects.bulk_create(
        [
            Move(**shared, **moment, became=order.state),
            *(Move(**shared, **moment, part=part, became=part.state) for part in parts),
        ]
    )
    return parts


def _first_state(order: Order, *, is_fee: bool) -> PartState:
    if order.state == OrderState.AWAITING_PAYMENT:
        return PartState.AWAITING_PAYMENT
    return PartState.READY if is_fee else PartState.NEW


def _line(part: StallPart, chosen: Chosen) -> Line:
    good = chosen.good
    return Line(
        market_id=part.market_id,
        stall_id=part.stall_id,
        part=part,
        good=good,
        name=good.name,
        unit=good.unit,
        origin=good.origin,
        tax=good.tax,
        price_won=good.price_won,
        price_grams=good.price_grams,
        unit_grams=good.unit_grams,
        quantity=chosen.wanted.quantity,
        ceiling_won=chosen.wanted.ceiling_won,
        seen_won=chosen.seen_won,
        taken=chosen.taken,
    )
