"""What the till's page is made of, and what its device sends, read and answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from jangteo.domains.counter.errors import LinesWrong
from jangteo.domains.counter.models import CounterSale, SaleLine
from jangteo.domains.counter.queries import lines_of, times_here, ways_of
from jangteo.domains.counter.rules import LEAST_TILL_WON, MOST_WON, TILL_WAYS
from jangteo.domains.counter.told import MOST_LINE_NAME, ToldLine, ToldSale
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.errors import BadPhone
from jangteo.domains.ordering.wanted import plain_phone
from jangteo.domains.stamps.queries import running_at
from jangteo.faces._parts.amounts import AmountField
from jangteo.faces.merchant.done import Done, is_number
from jangteo.faces.merchant.shelf import Thing, shelf
from jangteo.kernel import clock, masking

_AMOUNT = AmountField(LEAST_TILL_WON, MOST_WON)


@dataclass(frozen=True, slots=True)
class TillGood:
    """A good as a big button."""

    thing: Thing

    @property
    def told(self) -> str:
        """What the till has to know of it, as JSON: a line of it, and whether its price has to be asked first."""
        good = self.thing.good
        asks = good.asks_price or good.price_ended(clock.now())
        facts = {"good_id": good.pk, "name": good.name, "unit": good.unit, "price_won": good.price_won}
        if good.price_grams is not None:
            geun = good.price_grams if "근" in good.unit else None
            facts |= {"price_grams": good.price_grams, "geun_grams": geun}
        return json.dumps({**facts, "title": f"{good.name} {good.unit}", "asks": asks}, ensure_ascii=False)


def till_goods(stall_id: int) -> list[TillGood]:
    """Everything on the shelf: what the shop calls sold out may still lie there. On sale first."""
    things = sorted(shelf(stall_id), key=lambda thing: thing.is_sold_out)
    return [TillGood(thing) for thing in things]


def till_ways(stall: Stall) -> list[str]:
    """Money that a stall takes by hand; cash first."""
    return [way for way in ways_of(stall) if way in TILL_WAYS]


def told_sale(stall_id: int, text: bytes) -> ToldSale:
    """The sale that a device tells of. Raises LinesWrong for anything that is none."""
    try:
        told = json.loads(text)
        body = told["body"]
        return ToldSale(
            stall_id=stall_id,
            way=str(body["way"]),
            lines=tuple(_line(line) for line in body["lines"]),
            made_at=_moment(told["made_at"]),
            sent_at=_moment(told["sent_at"]),
            number=_whole(told["number"]),
            phone=readable_phone(body.get("phone")),
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as wrong:
        raise LinesWrong from wrong


def typed_sale(stall_id: int, posted: QueryDict) -> ToldSale:
    """A sale from the plain form: one amount, now. Raises ValidationError for no amount."""
    won, now = _AMOUNT.clean(posted.get("amount_won", "")), clock.now()
    return ToldSale(stall_id, posted.get("way", ""), (ToldLine(won, won),), now, now)


def told_lines(text: str) -> tuple[ToldLine, ...]:
    """The lines that go with a code to scan. Raises LinesWrong."""
    try:
        lines = tuple(_line(line) for line in json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise LinesWrong from wrong
    if not lines:
        raise LinesWrong
    return lines


def readable_phone(text: object) -> str:
    """Digits of the number, or "": a sale is not lost because of it."""
    try:
        return plain_phone(text) if isinstance(text, str) else ""
    except BadPhone:
        return ""


def answer_of(request: HttpRequest, sale: CounterSale) -> dict[str, object]:
    """What the device is told about a sale that is booked."""
    customer = sale.customer
    known = None if customer is None else masking.phone(customer.phone or "")
    return {
        "sale": sale.pk,
        "won": sale.amount_won,
        "receipt": reverse("sale_receipt", args=[sale.market.slug, sale.token]),
        "back": reverse("merchant:give_back", args=[sale.pk]),
        "stamp": stamp_address(sale),
        "customer": known,
        "times": 0 if customer is None else times_here(sale.stall_id, customer.pk),
        "short": [line.name for line in lines_of(sale) if _is_short(line)],
    }


def stamp_address(sale: CounterSale) -> str:
    """Where this sale gets its stamp; "" where nobody collects, or a customer who is known gets it by itself."""
    if sale.customer_id is not None or not running_at(sale.stall_id):
        return ""
    return f"{reverse('merchant:stamps')}?sale={sale.pk}"


def stamp_of_rung(sale_id: str, stall_id: int) -> str:
    """The same by the number in an address; "" for any other."""
    sale = CounterSale.objects.filter(pk=int(sale_id), stall_id=stall_id).first() if is_number(sale_id) else None
    return "" if sale is None else stamp_address(sale)


def done_ringing(sale_id: str, stall_id: int) -> Done | None:
    """A sale by the plain form, said once, with the way back."""
    if not is_number(sale_id):
        return None
    sale = CounterSale.objects.filter(pk=int(sale_id), stall_id=stall_id, source=CounterSale.Source.TILL).first()
    if sale is None or not sale.left_won:
        return None
    return Done(_("%(won)s원을 받았다고 적었어요.") % {"won": f"{sale.amount_won:,}"})


def _is_short(line: SaleLine) -> bool:
    """More were sold than the count knew of."""
    return line.taken is not None and line.taken < line.quantity


def _line(told: Mapping[str, object]) -> ToldLine:
    return ToldLine(
        amount_won=_whole(told["amount_won"]),
        price_won=_whole(told["price_won"]),
        good_id=_maybe(told.get("good_id")),
        name=str(told.get("name") or "")[:MOST_LINE_NAME],
        quantity=_whole(told.get("quantity", 1)),
        price_grams=_maybe(told.get("price_grams")),
        grams=_maybe(told.get("grams")),
    )


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_WON:
        raise ValueError(value)
    return value


def _maybe(value: object) -> int | None:
    return None if value is None else _whole(value)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC)
