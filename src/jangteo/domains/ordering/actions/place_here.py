"""The order itself, for whoever takes it: a customer's own checkout, or somebody who writes it down for them."""

from __future__ import annotations

from jangteo.domains.catalog.actions.put_up_fee import put_up_fee
from jangteo.domains.delivery.actions.take_seat import take_seat
from jangteo.domains.delivery.fees import Fee
from jangteo.domains.delivery.loads import Load
from jangteo.domains.delivery.models import Wave
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.plan_paying import Paying, plan_paying
from jangteo.domains.ordering.actions.tell_of_order import tell_of_order
from jangteo.domains.ordering.actions.write_order import write_order
from jangteo.domains.ordering.choosing import Chosen, choose
from jangteo.domains.ordering.delivering import address_of, agreed_fee, fee_chosen
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.ordering.wanted import PlacedOrder, WantedOrder, check_person, merge_lines, plain_phone
from jangteo.kernel import clock, ids
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def place_here(*, market: Market, actor: Actor, wanted: WantedOrder, user_id: int | None = None) -> PlacedOrder:
    """Check it, write it, plan its money and let the stalls ring. The caller keeps the answer under a key.

    Raises subclasses of OrderingRefused and DeliveryRefused.
    """
    check_person(wanted)
    chosen = choose(merge_lines(wanted.lines))
    fee = agreed_fee(wanted, chosen)
    goods = list(chosen)
    if fee is not None and fee.customer_won:
        chosen.append(fee_chosen(put_up_fee(market=market, actor=actor), fee))
    order = _new_order(market, wanted, user_id)
    parts, lines = write_order(order=order, chosen=chosen, actor=actor)
    paying = plan_paying(market=market, order=order, lines=lines, wanted=wanted, actor=actor)
    if fee is not None:
        # The wave is everybody's, so it is locked after everything that only this order's people wait for.
        _take_seat(order, wanted, fee, goods)
    placed = _answer(order, chosen, paying)
    tell_of_order(order=order, parts=[part for part in parts if not part.is_fee], actor=actor)
    return placed


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
        substitute=Order.Substitute(wanted.substitute),
        tender=Order.Tender(wanted.tender),
        placed_at=moment,
        changed_at=moment,
    )


def _take_seat(order: Order, wanted: WantedOrder, fee: Fee, goods: list[Chosen]) -> None:
    """The order goes where the seat says and is wanted when its wave begins."""
    if wanted.wave_id is None:
        return
    stall_ids = tuple(dict.fromkeys(one.good.stall_id for one in goods))
    load = Load(order.pk, address_of(wanted), fee, stall_ids)
    seat = take_seat(market=order.market, wave_id=wanted.wave_id, load=load)
    begins = Wave.objects.filter(pk=seat.wave_id).values("starts_at")[:1]
    Order.objects.filter(pk=order.pk).update(address=seat.address, wanted_at=begins)


def _answer(order: Order, chosen: list[Chosen], paying: Paying) -> PlacedOrder:
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
