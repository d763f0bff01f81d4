"""The goods that an order names, as the market has them now, and whether they can be ordered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import goods_by_id
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.rules import LineFacts, default_ceiling
from jangteo.domains.ordering.wanted import WantedLine
from jangteo.kernel import clock

# A ceiling that lies further over the estimate was mistyped.
MOST_CEILING = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """A good and how much of it. `seen_won` is what the customer was shown for it, None where that is not known.

    `taken` is how many of it left a count that knew of fewer; None for all of them.
    """

    good: Good
    wanted: WantedLine
    seen_won: int | None = None
    taken: int | None = None

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


def choose(wanted: dict[int, WantedLine]) -> list[Chosen]:
    """The goods of a basket. Raises what stands in the way of ordering the first that cannot be."""
    goods = goods_by_id(wanted)
    chosen = []
    for good_id, line in wanted.items():
        good = goods.get(good_id)
        if good is None:
            raise errors.GoodGone
        check_orderable(good)
        chosen.append(Chosen(good, line))
        check_ceiling(chosen[-1])
    return chosen


def choose_anyway(wanted: dict[int, WantedLine]) -> list[Chosen]:
    """The same for a customer who has gone with a ticket: what can only be put right at the stall is left to it.

    A ceiling holds as the customer gave it. Raises GoodGone where nothing of it was ever this market's.
    """
    goods = goods_by_id(wanted)
    chosen = [_with_ceiling(Chosen(goods[good_id], line)) for good_id, line in wanted.items() if good_id in goods]
    if not chosen:
        raise errors.GoodGone
    return chosen


def check_orderable(good: Good) -> None:
    """Raises GoodGone, StallClosed, GoodSoldOut or PriceAsked."""
    if good.state == Good.State.HIDDEN or good.price_ended(clock.now()):
        raise errors.GoodGone
    if good.stall.door != Stall.Door.OPEN:
        raise errors.StallClosed(stall=good.stall.name)
    if good.state == Good.State.SOLD_OUT:
        raise errors.GoodSoldOut(name=good.name, good_id=good.pk)
    if good.asks_price:
        raise errors.PriceAsked(name=good.name, good_id=good.pk)


def check_ceiling(chosen: Chosen) -> None:
    """Raises BadCeiling unless a weighed good has one that fits, and any other none."""
    ceiling, least = chosen.wanted.ceiling_won, chosen.facts.estimate_won
    if chosen.good.is_weighed:
        if ceiling is None or not least <= ceiling <= least * MOST_CEILING:
            raise errors.BadCeiling(name=chosen.good.name, least_won=least)
    elif ceiling is not None:
        raise errors.BadCeiling(name=chosen.good.name, least_won=0)


def _with_ceiling(chosen: Chosen) -> Chosen:
    ceiling = chosen.wanted.ceiling_won
    if not chosen.good.is_weighed:
        ceiling = None
    elif ceiling is None:
        ceiling = default_ceiling(chosen.facts.estimate_won)
    return replace(chosen, wanted=replace(chosen.wanted, ceiling_won=ceiling))
