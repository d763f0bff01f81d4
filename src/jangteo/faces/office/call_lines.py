"""Goods at the telephone: what a search brings, what is in the basket, and what of it cannot be had."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jangteo.domains.calls.queries import lines_of
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import good_names, search_goods
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.queries import OrderView
from jangteo.domains.ordering.rules import default_ceiling, line_amount
from jangteo.domains.ordering.wanted import MOST_OF_ONE, WantedLine
from jangteo.domains.stock.queries import goods_with_left, left_of
from jangteo.faces._parts.words.counting import counted
from jangteo.faces.office.call_state import Call, Wish

MOST_FOUND = 7


@dataclass(frozen=True, slots=True)
class Offer:
    """A good that can be put in. `stop` is why not: "gone", "closed", "asked" or "". `left` None: not counted."""

    good: Good
    left: int | None

    @property
    def words(self) -> str:
        return counted(self.good.name, self.good.unit, 1)

    @property
    def each_won(self) -> int:
        return _amount(self.good, 1)

    @property
    def stop(self) -> str:
        return _stop(self.good, self.left)


@dataclass(frozen=True, slots=True)
class CallLine:
    """One line of the basket. `good` is None for what the market does not sell any more."""

    wish: Wish
    good: Good | None
    left: int | None
    gone_name: str = ""

    @property
    def words(self) -> str:
        return self.gone_name if self.good is None else counted(self.good.name, self.good.unit, self.wish.quantity)

    @property
    def stop(self) -> str:
        """Why it cannot be ordered: "gone", "closed", "asked", "short" for more than there is, or ""."""
        if self.good is None:
            return "gone"
        short = self.left is not None and self.left < self.wish.quantity
        return _stop(self.good, self.left) or ("short" if short else "")

    @property
    def won(self) -> int:
        return 0 if self.good is None else _amount(self.good, self.wish.quantity)

    @property
    def is_weighed(self) -> bool:
        return self.good is not None and self.good.is_weighed

    @property
    def ceiling_won(self) -> int | None:
        return default_ceiling(self.won) if self.is_weighed else None

    @property
    def changed_won(self) -> int:
        """How much dearer (above 0) or cheaper it is than when it was put in, or in the order of before."""
        return 0 if self.good is None else self.good.price_won - self.wish.seen_won

    @property
    def wanted(self) -> WantedLine:
        return WantedLine(self.wish.good_id, self.wish.quantity, self.ceiling_won)


def lines_of_call(call: Call) -> list[CallLine]:
    """The basket as it stands now. One query, two where something has gone."""
    found = goods_with_left([wish.good_id for wish in call.basket])
    missing = good_names([wish.good_id for wish in call.basket if wish.good_id not in found])
    lines = []
    for wish in call.basket:
        good, left = found.get(wish.good_id, (None, None))
        if good is not None or wish.good_id in missing:
            lines.append(CallLine(wish, good, left, missing.get(wish.good_id, "")))
    return lines


def found_for(typed: str) -> list[Offer]:
    """What a search brings, what can be ordered first. Two queries."""
    goods = search_goods(typed, MOST_FOUND).goods if typed else ()
    left = left_of([good.pk for good in goods]) if goods else {}
    return sorted((Offer(good, left.get(good.pk)) for good in goods), key=lambda offer: bool(offer.stop))


def offers_of(good_ids: Sequence[int]) -> list[Offer]:
    """These goods as far as they can be had now, in this order. One query."""
    found = goods_with_left(good_ids)
    offers = [Offer(*found[pk]) for pk in good_ids if pk in found]
    return [offer for offer in offers if not offer.stop]


def wishes_of(view: OrderView) -> tuple[Wish, ...]:
    """An order of before as a basket, with what it cost then."""
    return tuple(Wish(line.good_id, min(line.quantity, MOST_OF_ONE), line.price_won) for line in lines_of(view))


def put_in(call: Call, good_ids: Collection[int], quantity: int) -> Call:
    """The call with so many more of each good, at today's price. One query."""
    for offer in offers_of(list(good_ids)):
        before = next((wish for wish in call.basket if wish.good_id == offer.good.pk), None)
        seen = offer.good.price_won if before is None else before.seen_won
        call = call.with_wish(Wish(offer.good.pk, call.quantity(offer.good.pk) + quantity, seen))
    return call


def _amount(good: Good, quantity: int) -> int:
    grams = None if good.unit_grams is None else good.unit_grams * quantity
    return line_amount(price_won=good.price_won, price_grams=good.price_grams, quantity=quantity, grams=grams)


def _stop(good: Good, left: int | None) -> str:
    if good.state != Good.State.ON_SALE or left == 0:
        return "gone"
    if good.asks_price:
        return "asked"
    return "" if good.stall.door == Stall.Door.OPEN else "closed"
