"""The telephone desk's page: a call, what it comes to, and what each key does to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from jangteo.domains.calls.actions.place_phone_order import ToldByPhone
from jangteo.domains.calls.queries import Caller, caller_of
from jangteo.domains.calls.rules import said_count
from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.loads import Offer as DeliveryOffer
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.errors import BadPhone
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.queries import OrderView, pickup_times
from jangteo.domains.ordering.wanted import WantedOrder, plain_phone
from jangteo.domains.payments import gateways
from jangteo.faces._parts.words.times import when_words
from jangteo.faces.office.call_bringing import Bringing, bringing_of, is_brought
from jangteo.faces.office.call_lines import (
    CallLine,
    Offer,
    found_for,
    lines_of_call,
    offers_of,
    put_in,
    wishes_of,
)
from jangteo.faces.office.call_state import FAMILY, PICKUP, Call, Wish
from jangteo.faces.office.call_words import read_back
from jangteo.kernel import clock

NOBODY = Caller((), ())


@dataclass(frozen=True, slots=True)
class CallPage:
    """All that the screen shows of a call."""

    call: Call
    caller: Caller
    lines: Sequence[CallLine]
    found: Sequence[Offer]
    often: Sequence[Offer]
    times: Sequence[tuple[str, str]]
    takes_family: bool
    delivers: bool = False
    brought: Bringing | None = None

    @property
    def wanted_at(self) -> datetime | None:
        """The chosen time, the soonest where none was chosen or it has passed."""
        known = [value for value, _words in self.times]
        chosen = self.call.when if self.call.when in known else next(iter(known), "")
        return datetime.fromisoformat(chosen) if chosen else None

    @property
    def when(self) -> str:
        return self.wanted_at.isoformat() if self.wanted_at is not None else ""

    @property
    def total_won(self) -> int:
        fee_won = 0 if self.brought is None else self.brought.fee_won
        return sum(line.won for line in self.lines if not line.stop) + fee_won

    @property
    def is_about(self) -> bool:
        return any(line.is_weighed and not line.stop for line in self.lines)

    @property
    def stopped(self) -> list[CallLine]:
        return [line for line in self.lines if line.stop]

    @property
    def said(self) -> str:
        return read_back(self.lines, self.wanted_at, self.call.way, self.brought)

    @property
    def is_agreed(self) -> bool:
        """The yes was to what the page says now."""
        return self.call.agreed and self.call.heard == self.said


def page_of(market: Market, call: Call) -> CallPage:
    """The page of a call; a way of paying that is not offered gives way to the stall's hand."""
    takes_family = any(way.key == gateways.CARD for way in gateways.offered())
    if not takes_family and call.way == FAMILY:
        call = replace(call, way="at_stall")
    caller = caller_of(market.pk, call.looked) if call.looked else NOBODY
    now, lines, delivers = clock.now(), lines_of_call(call), is_brought(market)
    if not delivers:
        call = replace(call, how=PICKUP)
    return CallPage(
        call=call,
        caller=caller,
        lines=lines,
        found=found_for(said_count(call.q)[0]),
        often=offers_of(caller.often),
        times=[(time.isoformat(), when_words(time, now)) for time in pickup_times(market, now)],
        takes_family=takes_family,
        delivers=delivers,
        brought=bringing_of(market, call, lines),
    )


def pressed(market: Market, call: Call, do: str) -> Call:
    """The call after a press. Raises BadPhone. What no button sends changes nothing."""
    what, _colon, number = do.partition(":")
    of = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    if what == "enter":
        return _entered(market, call)
    if what == "again":
        return _again(market, call, of)
    if what == "add":
        return replace(put_in(call, [of], said_count(call.q)[1]), q="")
    if what == "undo":
        return call.undone()
    steps = {"more": 1, "fewer": -1, "drop": -call.quantity(of)}
    if what in steps and call.quantity(of):
        seen = next(wish.seen_won for wish in call.basket if wish.good_id == of)
        return call.with_wish(Wish(of, call.quantity(of) + steps[what], seen))
    return call


def looks_up(call: Call, do: str) -> bool:
    """Whether this press asks who calls."""
    return do == "enter" and bool(call.number) and _digits(call.number) != call.looked


def wanted_from(page: CallPage) -> ToldByPhone:
    """The order as the domain takes it. Raises BadPhone for a call without a number."""
    call, family = page.call, page.call.way == FAMILY
    wanted = WantedOrder(
        lines=tuple(line.wanted for line in page.lines),
        name=call.name or _("전화 손님"),
        phone=plain_phone(call.number),
        fulfil=Order.Fulfil.PICKUP,
        wanted_at=page.wanted_at or clock.now(),
        tender=Order.Tender.CARD if family else Order.Tender.AT_STALL,
    )
    if page.brought is not None and page.brought.offer is not None:
        wanted = _brought(wanted, call.where, page.brought.offer)
    return ToldByPhone(wanted=wanted, said=page.said, agreed=page.is_agreed, taken_by=call.taken_by)


def _brought(wanted: WantedOrder, where: str, offer: DeliveryOffer) -> WantedOrder:
    """For the window and the fee that were read out."""
    return replace(
        wanted,
        fulfil=Order.Fulfil.DELIVER,
        wanted_at=offer.starts,
        address=where,
        wave_id=offer.wave_id,
        place=Address(where),
        fee_won=offer.fee.customer_won,
    )


def _entered(market: Market, call: Call) -> Call:
    if looks_up(call, "enter"):
        call = replace(call, looked=plain_phone(call.number))
        name = caller_of(market.pk, call.looked).name
        return replace(call, name=name or call.name)
    return call


def _again(market: Market, call: Call, order_id: int) -> Call:
    view = _order_of_caller(market, call, order_id)
    if view is None:
        return call
    put = {wish.good_id: wish for wish in call.basket}
    for wish in wishes_of(view):
        put.setdefault(wish.good_id, wish)
    return call.with_basket(tuple(put.values()))


def _order_of_caller(market: Market, call: Call, order_id: int) -> OrderView | None:
    """Only an order of the number that was looked up."""
    if not call.looked:
        return None
    return next((one for one in caller_of(market.pk, call.looked).orders if one.order.pk == order_id), None)


def _digits(number: str) -> str:
    try:
        return plain_phone(number)
    except BadPhone:
        return number
