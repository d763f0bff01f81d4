"""The association, or whoever packs for it, hands goods of an order to a parcel carrier."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.carriers import outside
from jangteo.domains.carriers.checks import checked_number, for_delivery
from jangteo.domains.carriers.errors import NumberTaken, TextTooLong
from jangteo.domains.carriers.models import Parcel
from jangteo.domains.carriers.rules import FIRST_LOOK, MOST_CARE
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class WantedParcel:
    """`number` as it was typed. `stall_id` None means the whole order. `sure` says that the number was looked at."""

    carrier: str
    number: str
    stall_id: int | None = None
    careful: str = ""
    sure: bool = False


@action
def note_parcel(*, market: Market, actor: Actor, order_id: int, wanted: WantedParcel) -> Parcel:
    """The same number again for the same order changes nothing.

    Raises Order.DoesNotExist, StallPart.DoesNotExist, NotForDelivery, CarrierUnknown, NumberNotDigits, NumberLength,
    NumberDoubtful, NumberTaken, TextTooLong.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    for_delivery(order)
    carrier, number = checked_number(wanted.carrier, wanted.number, sure=wanted.sure)
    if len(wanted.careful) > MOST_CARE:
        raise TextTooLong(most=MOST_CARE)
    if wanted.stall_id is not None:
        StallPart.objects.get(order=order, stall_id=wanted.stall_id)
    there = _there(carrier.key, number)
    if there is not None and there.order_id != order.pk:
        raise NumberTaken(order=there.order.number)
    if there is not None:
        return there
    parcel = _written(order, wanted, carrier.key, number)
    audit.record(actor, "parcel.noted", f"order:{order.pk}", carrier=carrier.name)
    live.publish([live.News(f"order:{order.pk}", "carried", {})])
    return parcel


def _there(carrier: str, number: str) -> Parcel | None:
    rows = Parcel.objects.filter(carrier=carrier, number=number, taken_back_at=None)
    return rows.select_related("order").first()


def _written(order: Order, wanted: WantedParcel, carrier: str, number: str) -> Parcel:
    now = clock.now()
    return Parcel.objects.create(
        market_id=order.market_id,
        order=order,
        stall_id=wanted.stall_id,
        carrier=carrier,
        number=number,
        careful=wanted.careful,
        since=now,
        noted_at=now,
        news_at=now,
        look_at=None if outside.tracker() is None else now + FIRST_LOOK,
    )
