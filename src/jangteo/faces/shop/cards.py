"""Goods put together with what only the face knows: the basket, the stock, the estimate of one unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.rules import ceiling_for, line_amount
from jangteo.domains.reviews.queries import Rated
from jangteo.domains.stock.queries import left_of
from jangteo.faces.shop.basket import SLACKS_BP, Basket, Wish

FEW_LEFT = 5


@dataclass(frozen=True, slots=True)
class Card:
    """A good as a shopper sees it. `left` is None where the stall does not count, `rated` where nobody asked for it."""

    good: Good
    left: int | None
    quantity: int
    rated: Rated | None = None

    @property
    def each_won(self) -> int:
        """One unit: the price, or what its usual weight comes to."""
        return estimate(self.good, 1)

    @property
    def is_gone(self) -> bool:
        return self.good.state != Good.State.ON_SALE or self.left == 0

    @property
    def can_be_added(self) -> bool:
        return not self.is_gone and not self.good.asks_price and self.good.stall.door == Stall.Door.OPEN

    @property
    def few_left(self) -> int | None:
        return self.left if self.left is not None and 0 < self.left <= FEW_LEFT else None


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One line of the basket. `problem` is "", "gone", "closed" or "short"."""

    card: Card
    wish: Wish

    @property
    def good(self) -> Good:
        return self.card.good

    @property
    def estimate_won(self) -> int:
        return estimate(self.good, self.wish.quantity)

    @property
    def ceiling_won(self) -> int | None:
        """The most it may come to; None for goods by the piece."""
        return ceiling_for(self.estimate_won, self.wish.slack_bp) if self.good.is_weighed else None

    @property
    def most_won(self) -> int:
        return self.estimate_won if self.ceiling_won is None else self.ceiling_won

    @property
    def problem(self) -> str:
        if self.card.is_gone or self.good.asks_price:
            return "gone"
        if self.good.stall.door != Stall.Door.OPEN:
            return "closed"
        return "short" if self.card.left is not None and self.card.left < self.wish.quantity else ""


@dataclass(frozen=True, slots=True)
class StallLines:
    stall: Stall
    lines: tuple[BasketLine, ...]

    @property
    def estimate_won(self) -> int:
        return sum(line.estimate_won for line in self.lines)


@dataclass(frozen=True, slots=True)
class BasketSum:
    """The basket in numbers. Lines with a problem do not count in the money."""

    stalls: tuple[StallLines, ...]

    @property
    def lines(self) -> list[BasketLine]:
        return [line for stall in self.stalls for line in stall.lines]

    @property
    def buyable(self) -> list[BasketLine]:
        return [line for line in self.lines if not line.problem]

    @property
    def problems(self) -> int:
        return len(self.lines) - len(self.buyable)

    @property
    def estimate_won(self) -> int:
        return sum(line.estimate_won for line in self.buyable)

    @property
    def most_won(self) -> int:
        return sum(line.most_won for line in self.buyable)

    @property
    def is_estimate(self) -> bool:
        return any(line.good.is_weighed for line in self.buyable)


@dataclass(frozen=True, slots=True)
class CeilingChoice:
    """One way to answer: how much may it come to at the most?"""

    slack_bp: int
    ceiling_won: int
    is_chosen: bool


def estimate(good: Good, quantity: int) -> int:
    """Won for so many units; a weighed unit is taken at its usual weight."""
    grams = None if good.unit_grams is None else good.unit_grams * quantity
    return line_amount(price_won=good.price_won, price_grams=good.price_grams, quantity=quantity, grams=grams)


def cards(goods: Iterable[Good], basket: Basket) -> list[Card]:
    """Cards of these goods. One query for the stock of them all."""
    found = list(goods)
    left = left_of([good.pk for good in found]) if found else {}
    return [Card(good, left.get(good.pk), basket.quantity(good.pk)) for good in found]


def with_ratings(shown: Iterable[Card], rated: Mapping[int, Rated]) -> list[Card]:
    """The same, with what people said of each; `rated` by good id."""
    return [replace(card, rated=rated.get(card.good.pk)) for card in shown]


def cards_of(found: Mapping[int, tuple[Good, int | None]], basket: Basket) -> dict[int, Card]:
    """Cards by good id, of goods with what is left of them."""
    return {pk: Card(good, left, basket.quantity(pk)) for pk, (good, left) in found.items()}


def basket_sum(by_id: Mapping[int, Card], basket: Basket) -> BasketSum:
    """The basket's lines by stall, stalls in the order they were first put in; `by_id` holds cards of its goods."""
    by_stall: dict[int, tuple[Stall, list[BasketLine]]] = {}
    for good_id, wish in basket.wishes.items():
        if (card := by_id.get(good_id)) is not None:
            by_stall.setdefault(card.good.stall_id, (card.good.stall, []))[1].append(BasketLine(card, wish))
    return BasketSum(tuple(StallLines(stall, tuple(lines)) for stall, lines in by_stall.values()))


def ceiling_choices(good: Good, wish: Wish) -> list[CeilingChoice]:
    """The three answers for a weighed good, the one in force marked; none for goods by the piece."""
    if not good.is_weighed:
        return []
    expected = estimate(good, wish.quantity)
    return [CeilingChoice(slack, ceiling_for(expected, slack), slack == wish.slack_bp) for slack in SLACKS_BP]
