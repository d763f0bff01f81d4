"""Customers order, pay, change their minds, come to fetch, and find afterwards that it weighed less."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from jangteo.domains.catalog.models import Good
from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.loads import Offer
from jangteo.domains.delivery.queries import offers
from jangteo.domains.hub.actions.hand_out import hand_out
from jangteo.domains.hub.queries import gathers, plan_now
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.refunding import WantedRefund, left_of_lines
from jangteo.domains.ordering.rules import default_ceiling, line_amount
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.ordering.wanted import PlacedOrder, WantedLine, WantedOrder
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.models import Payment
from jangteo.kernel.audit import SYSTEM
from jangteo.project.simulate.gateways import CUSTOMER
from tests.week import stalls
from tests.week.stage import Stage
from tests.week.town import home

MOST_WAITS = 12


def order(stage: Stage) -> None:
    """Somebody orders; who cannot be brought anything comes to fetch it."""
    goods = _basket(stage)
    lines = tuple(_line(stage, good) for good in goods)
    tender = "card" if stage.chance.random() < 0.8 else "at_stall"
    wanted = WantedOrder(
        lines=lines,
        name="모의",
        phone="010-0000-2000",
        fulfil="pickup",
        wanted_at=stage.now + timedelta(minutes=stage.chance.randint(60, 180)),
        tender=tender,
        substitute=stage.chance.choice(("call", "nearest", "refund")),
    )
    if stage.chance.random() < 0.7:
        wanted = _brought(stage, wanted, goods)
    key = f"week-{next(stage.numbers)}"
    for _ in range(2 if stage.happens(30) else 1):
        placed = place_order(market=stage.town.market, actor=CUSTOMER, wanted=wanted, key=key)
    stage.seen[f"ordered: {wanted.fulfil} {tender}"] += 1
    _pay(stage, placed)
    stage.later(stage.chance.randint(4, 9), partial(stalls.answer, stage, placed.order_id))
    if stage.happens(25):
        stage.later(stage.chance.randint(1, 6), partial(_cancel, stage, placed.order_id))
    if wanted.fulfil == "pickup" and not stage.happens(33):
        coming = (wanted.wanted_at - stage.now).total_seconds() / 60 + stage.chance.randint(0, 60)
        stage.later(coming, partial(fetch, stage, placed.order_id, MOST_WAITS))


def _basket(stage: Stage) -> list[Good]:
    """Of one to four stalls."""
    many = stage.chance.choices((1, 2, 3, 4), (40, 30, 20, 10))[0]
    of_stalls = stage.chance.sample(range(len(stage.town.goods) // 3), many)
    return [stage.town.goods[3 * stall + stage.chance.randrange(3)] for stall in of_stalls]


def _line(stage: Stage, good: Good) -> WantedLine:
    quantity = stage.chance.randint(1, 3)
    return WantedLine(good.pk, quantity, None if good.price_grams is None else default_ceiling(_won(good, quantity)))


def _won(good: Good, quantity: int) -> int:
    grams = (good.unit_grams or 0) * quantity
    return line_amount(price_won=good.price_won, price_grams=good.price_grams, quantity=quantity, grams=grams)


def _brought(stage: Stage, wanted: WantedOrder, goods: list[Good]) -> WantedOrder:
    where = home(stage.chance, stage.town)
    won = sum(_won(good, line.quantity) for good, line in zip(goods, wanted.lines, strict=True))
    found = offers(stage.town.market, where, won, stage.now, [good.stall_id for good in goods])
    if not found.offers:
        stage.seen[f"not brought: {found.why_not}"] += 1
        return wanted
    return _for_wave(wanted, where, stage.chance.choice(found.offers[:2] if stage.happens(5) else found.offers[:1]))


def _for_wave(wanted: WantedOrder, where: Address, offer: Offer) -> WantedOrder:
    fee_won = offer.fee.customer_won
    return replace(wanted, fulfil="deliver", wave_id=offer.wave_id, place=where, fee_won=fee_won, address=where.text)


def _pay(stage: Stage, placed: PlacedOrder) -> None:
    payment = Payment.objects.filter(order_ref=placed.ref).first()
    if payment is None or stage.happens(40):
        return
    key = stage.practices.by_name[payment.gateway].agree(stage.town.market, payment)
    note_authorisation(
        market=stage.town.market,
        actor=CUSTOMER,
        order_ref=payment.order_ref,
        payment_key=key,
        amount_won=payment.amount_won,
    )
    stage.later(0, stage.work)


def _cancel(stage: Stage, order_id: int) -> None:
    cancel_order(market=stage.town.market, actor=CUSTOMER, order_id=order_id)
    stage.seen["cancelled by the customer"] += 1


def fetch(stage: Stage, order_id: int, waits: int) -> None:
    """From the hub's shelf where it is gathered, else from each stall; who finds it unready comes again."""
    row = Order.objects.get(pk=order_id)
    if row.state != OrderState.PLACED:
        return
    plan = plan_now()
    if plan is not None and gathers(plan, row):
        if waits > 1:
            stage.later(0, partial(_hand_out, stage, order_id, waits))
        return
    for part in StallPart.objects.filter(order=row, state=PartState.READY).order_by("pk"):
        hand_over_part(market=stage.town.market, actor=SYSTEM, part_id=part.pk)
    row.refresh_from_db()
    if row.state == OrderState.PLACED and waits > 1:
        stage.later(20, partial(fetch, stage, order_id, waits - 1))
    else:
        done(stage, order_id)


def _hand_out(stage: Stage, order_id: int, waits: int) -> None:
    stage.later(20, partial(fetch, stage, order_id, waits - 1))
    hand_out(market=stage.town.market, actor=SYSTEM, order_id=order_id)
    stage.seen["handed out at the hub"] += 1
    done(stage, order_id)


def done(stage: Stage, order_id: int) -> None:
    """Some weigh it at home."""
    if stage.happens(40):
        stage.later(60, partial(_weighs_less, stage, order_id))


def _weighs_less(stage: Stage, order_id: int) -> None:
    left = left_of_lines(Order.objects.get(pk=order_id))
    line = next((pk for pk, won in sorted(left.items()) if won > 500), None)
    if line is None:
        return
    key, wanted = f"week-{next(stage.numbers)}", WantedRefund({line: 500})
    for _ in range(2):
        refund_lines(market=stage.town.market, actor=SYSTEM, order_id=order_id, wanted=wanted, key=key)
    stage.seen["weight corrected afterwards"] += 1
