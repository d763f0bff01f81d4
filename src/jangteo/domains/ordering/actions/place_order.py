"""One basket over many stalls becomes one order with a part for each stall."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import goods_by_id
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.actions.plan_paying import Paying, plan_paying
from jangteo.domains.ordering.actions.ring_phones import ring_phones
from jangteo.domains.ordering.models import Line, Move, Order, StallPart
from jangteo.domains.ordering.rules import LineFacts
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.ordering.wanted import PlacedOrder, WantedLine, WantedOrder, check_person, merge_lines, plain_phone
from jangteo.domains.stock.actions.hold_stock import hold_stock
from jangteo.domains.stock.actions.take_stock import take_stock
from jangteo.domains.stock.errors import StockShort
from jangteo.kernel import audit, clock, ids, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.idempotency import earlier_answer, keep_answer, request_digest


@dataclass(frozen=True, slots=True)
class _Chosen:
    good: Good
    wanted: WantedLine

    @property
    def facts(self) -> LineFacts:
        return LineFacts(
            price_won=self.good.price_won,
            price_grams=self.good.price_grams,
            unit_grams=self.good.unit_grams,
            quantity=self.wanted.quantity,
            ceiling_won=self.wanted.ceiling_won,
            final_grams=None,
            capped=False,
        )


@action
def place_order(
    *, market: Market, actor: Actor, wanted: WantedOrder, key: str, user_id: int | None = None
) -> PlacedOrder:
    """Place the order, or answer what the key was answered before.

    Paid at the stall: stock is taken and the stalls ring. By card: stock is held ten minutes and nobody rings yet.
    Raises subclasses of OrderingRefused and the idempotency refusals; then nothing has changed.
    """
    digest = request_digest(wanted.as_json())
    if (answer := earlier_answer(market_id=market.pk, key=key, digest=digest)) is not None:
        return PlacedOrder.from_json(answer)
    check_person(wanted)
    chosen = _choose(merge_lines(wanted.lines))
    order = _new_order(market, wanted, user_id)
    _reserve(order, chosen)
    order.number = _next_number(market.pk, order)
    order.save(force_insert=True)
    parts, lines = _write_parts(order, chosen, actor)
    paying = plan_paying(market=market, order=order, lines=lines, wanted=wanted, actor=actor)
    placed = _answer(order, chosen, paying)
    _tell(order, parts, actor)
    keep_answer(market_id=market.pk, key=key, digest=digest, answer=placed.as_json())
    return placed


def _choose(wanted: dict[int, WantedLine]) -> list[_Chosen]:
    goods = goods_by_id(wanted)
    return [_check(goods.get(good_id), line) for good_id, line in wanted.items()]


def _check(good: Good | None, line: WantedLine) -> _Chosen:
    if good is None or good.state == Good.State.HIDDEN or good.price_ended(clock.now()):
        raise errors.GoodGone
    if good.stall.door != Stall.Door.OPEN:
        raise errors.StallClosed(stall=good.stall.name)
    if good.state == Good.State.SOLD_OUT:
        raise errors.GoodSoldOut(name=good.name, good_id=good.pk)
    if good.asks_price:
        raise errors.PriceAsked(name=good.name, good_id=good.pk)
    chosen = _Chosen(good, line)
    if good.is_weighed:
        least = chosen.facts.estimate_won
        if line.ceiling_won is None or not least <= line.ceiling_won <= least * 3:
            raise errors.BadCeiling(name=good.name, least_won=least)
    elif line.ceiling_won is not None:
        raise errors.BadCeiling(name=good.name, least_won=0)
    return chosen


def _new_order(market: Market, wanted: WantedOrder, user_id: int | None) -> Order:
    moment = clock.now()
    by_card = wanted.tender == Order.Tender.CARD
    return Order(
        market=market,
        user_id=user_id,
        ref=ids.new_token(),
        token=ids.new_token(),
        day=clock.business_day(moment),
        state=OrderState.AWAITING_PAYMENT if by_card else OrderState.PLACED,
        name=wanted.name.strip(),
        phone=plain_phone(wanted.phone),
        fulfil=Order.Fulfil(wanted.fulfil),
        wanted_at=wanted.wanted_at,
        address=wanted.address.strip(),
        note=wanted.note.strip(),
        tender=Order.Tender(wanted.tender),
        placed_at=moment,
        changed_at=moment,
    )


def _reserve(order: Order, chosen: list[_Chosen]) -> None:
    reserve = hold_stock if order.tender == Order.Tender.CARD else take_stock
    quantities = {c.good.pk: c.wanted.quantity for c in chosen}
    try:
        reserve(quantities=quantities, cause=f"order:{order.ref}")
    except StockShort as short:
        good = next(c.good for c in chosen if c.good.pk == short.facts["good_id"])
        raise errors.NotEnough(name=good.name, good_id=good.pk, left=short.facts["left"]) from short


def _next_number(market_id: int, order: Order) -> int:
    """The day's next number. Locks the day's counter until commit, so it comes late in the action."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ordering_daycounter (market_id, day, last_number) VALUES (%s, %s, 1)"
            " ON CONFLICT (market_id, day) DO UPDATE SET last_number = ordering_daycounter.last_number + 1"
            " RETURNING last_number",
            [market_id, order.day],
        )
        return int(cursor.fetchone()[0])


def _write_parts(order: Order, chosen: list[_Chosen], actor: Actor) -> tuple[list[StallPart], list[Line]]:
    state = PartState.AWAITING_PAYMENT if order.state == OrderState.AWAITING_PAYMENT else PartState.NEW
    shared = {"market_id": order.market_id, "order": order}
    stall_ids = dict.fromkeys(c.good.stall_id for c in chosen)
    parts = StallPart.objects.bulk_create(
        StallPart(**shared, stall_id=stall_id, state=state, changed_at=order.placed_at) for stall_id in stall_ids
    )
    by_stall = {part.stall_id: part for part in parts}
    lines = Line.objects.bulk_create(_line(by_stall[c.good.stall_id], c) for c in chosen)
    moment = {"was": "", "actor_ref": actor.ref, "at": order.placed_at}
    Move.objects.bulk_create(
        [
            Move(**shared, **moment, became=order.state),
            *(Move(**shared, **moment, part=part, became=state) for part in parts),
        ]
    )
    return parts, lines


def _line(part: StallPart, chosen: _Chosen) -> Line:
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
    )


def _answer(order: Order, chosen: list[_Chosen], paying: Paying) -> PlacedOrder:
    return PlacedOrder(
        order_id=order.pk,
        token=order.token,
        ref=order.ref,
        number=order.number,
        state=order.state,
        estimate_won=sum(c.facts.estimate_won for c in chosen),
        pay_won=paying.ahead_won,
        moneys=paying.moneys,
    )


def _tell(order: Order, parts: list[StallPart], actor: Actor) -> None:
    audit.record(actor, "order.placed", f"order:{order.pk}", number=order.number, stalls=len(parts))
    if order.state == OrderState.PLACED:
        live.publish(live.News(f"stall:{part.stall_id}", "part_new", {"part": part.pk}) for part in parts)
        ring_phones(parts=parts)
