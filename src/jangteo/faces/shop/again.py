"""지난번처럼: an order of before, put into the basket as far as its goods are there today, at the prices of today."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.queries import LineView, OrderView
from jangteo.domains.ordering.wanted import MOST_OF_ONE
from jangteo.domains.stock.queries import goods_with_left
from jangteo.faces.shop.basket import Basket, Wish
from jangteo.faces.shop.cards import Card, cards_of, estimate
from jangteo.faces.shop.customer import orders_of


@dataclass(frozen=True, slots=True)
class AgainLine:
    """One thing of before. `card` is None when the good is no longer there; `quantity` is how many can be had."""

    line: LineView
    stall: Stall
    card: Card | None
    quantity: int

    @property
    def state(self) -> str:
        """`fine`, `fewer` than before, `gone`, `closed`, or `asked` for at the stall."""
        if self.card is None or self.card.is_gone:
            return "gone"
        if self.card.good.asks_price:
            return "asked"
        if self.card.good.stall.door != Stall.Door.OPEN:
            return "closed"
        return "fine" if self.quantity == self.line.quantity else "fewer"

    @property
    def can_be_had(self) -> bool:
        return self.state in ("fine", "fewer")

    @property
    def now_won(self) -> int:
        return 0 if self.card is None else estimate(self.card.good, self.quantity)

    @property
    def changed_won(self) -> int:
        """How much dearer (above 0) or cheaper one unit is than it was."""
        good = None if self.card is None else self.card.good
        same = good is not None and good.price_grams == self.line.price_grams
        return good.price_won - self.line.price_won if good is not None and same else 0


@dataclass(frozen=True, slots=True)
class Again:
    """An order as it would be today."""

    view: OrderView
    lines: tuple[AgainLine, ...]

    @property
    def had(self) -> list[AgainLine]:
        return [line for line in self.lines if line.can_be_had]

    @property
    def missing(self) -> list[AgainLine]:
        return [line for line in self.lines if not line.can_be_had]

    @property
    def now_won(self) -> int:
        return sum(line.now_won for line in self.had)

    @property
    def is_about(self) -> bool:
        return any(line.card is not None and line.card.good.is_weighed for line in self.had)


def last_order(request: HttpRequest, market: Market) -> OrderView | None:
    """The newest order of whoever looks."""
    return next(iter(orders_of(request, market)), None)


def as_today(view: OrderView) -> Again:
    """One query for all the goods of it."""
    lines = [(part.stall, line) for part in view.parts for line in part.lines]
    by_id = cards_of(goods_with_left({line.good_id for _stall, line in lines}), Basket())
    return Again(view, tuple(_line(stall, line, by_id.get(line.good_id)) for stall, line in lines))


def with_again(basket: Basket, again: Again) -> Basket:
    """The basket with what can be had; what is in it already is not put in twice."""
    for line in again.had:
        wish = basket.wishes.get(line.line.good_id, Wish(0))
        basket = basket.with_wish(line.line.good_id, Wish(max(wish.quantity, line.quantity), wish.slack_bp))
    return basket


def _line(stall: Stall, line: LineView, card: Card | None) -> AgainLine:
    left = MOST_OF_ONE if card is None or card.left is None else card.left
    return AgainLine(line, stall, card, max(1, min(line.quantity, left)))
