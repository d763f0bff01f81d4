"""The market's own deliveries once more, under other terms. Plain integers: won, permille, orders.

What customers pay is goods and their share of the fee. Where that grows by one percent, orders shrink by the
elasticity: by one percent in the middle, by half and by one and a half at the ends, because nobody knows better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from jangteo.domains.delivery.fees import Terms, fee_for

WHOLE = 1_000
# An order more than doubled is beyond what the past can tell.
MOST_KEPT = 2 * WHOLE
LOW, MIDDLE, HIGH = 500, 1_000, 1_500
MOST_ELASTICITY = 5_000
REPLAYS = 200
MONTH_DAYS = 30
LEAST_ORDERS = 10
# What many a market pays a courier for a door; see docs/how/fee-simulator.md.
USUAL_STOP_WON, USUAL_WAVE_WON = 3_500, 0


@dataclass(frozen=True, slots=True)
class Past:
    """A delivery that was brought. `paid_won` is what the customer bore of the fee; `place` its turn in the wave."""

    goods_won: int
    paid_won: int
    wave_id: int
    window_id: int
    zone_id: int
    place: int


@dataclass(frozen=True, slots=True)
class Wish:
    """`capacity` None and 0 for a zone or window: as it is. `elasticity` is the middle one, in permille."""

    terms: Terms
    capacity: int | None = None
    without_zone: int = 0
    without_window: int = 0
    elasticity: int = MIDDLE
    wave_won: int = USUAL_WAVE_WON
    stop_won: int = USUAL_STOP_WON


@dataclass(frozen=True, slots=True)
class Result:
    """A month. `least` and `most` orders lie at the ends of the elasticity and of chance; costs are won."""

    orders: int
    least: int
    most: int
    customers_won: int
    stalls_won: int
    town_won: int
    cost_won: int
    waves: int

    @property
    def fees_won(self) -> int:
        return self.customers_won + self.stalls_won + self.town_won

    @property
    def left_won(self) -> int:
        """What the association is left with."""
        return self.fees_won - self.cost_won

    @property
    def left_each_won(self) -> int:
        """The same for one order, rounded down."""
        return self.left_won // self.orders if self.orders else 0


def kept_of(past: Past, wish: Wish, elasticity: int) -> int:
    """How much of an order is kept, in permille: never more under a higher fee, exactly all under the same one."""
    if past.zone_id == wish.without_zone or past.window_id == wish.without_window:
        return 0
    if wish.capacity is not None and past.place > wish.capacity:
        return 0
    before = past.goods_won + past.paid_won
    after = past.goods_won + fee_for(wish.terms, past.goods_won).customer_won
    if before <= 0:
        return WHOLE
    return min(MOST_KEPT, max(0, WHOLE - elasticity * (after - before) // before))


def replay(pasts: Sequence[Past], wish: Wish, days: int, seed: int = 1) -> Result:
    """The deliveries of so many days under other terms, scaled to a month of thirty."""
    kept = [kept_of(past, wish, wish.elasticity) for past in pasts]
    fees = [fee_for(wish.terms, past.goods_won) for past in pasts]
    waves = len({past.wave_id for past, share in zip(pasts, kept, strict=True) if share})
    orders = sum(kept)
    least, most = _spread(pasts, wish, seed)

    def month(permille: int) -> int:
        return permille * MONTH_DAYS // (days * WHOLE)

    return Result(
        orders=month(orders),
        least=min(month(least), month(orders)),
        most=max(month(most), month(orders)),
        customers_won=month(sum(share * fee.customer_won for share, fee in zip(kept, fees, strict=True))),
        stalls_won=month(sum(share * fee.stalls_won for share, fee in zip(kept, fees, strict=True))),
        town_won=month(sum(share * fee.municipality_won for share, fee in zip(kept, fees, strict=True))),
        cost_won=month(orders * wish.stop_won + waves * WHOLE * wish.wave_won),
        waves=month(waves * WHOLE),
    )


def _spread(pasts: Sequence[Past], wish: Wish, seed: int) -> tuple[int, int]:
    """Permille of orders: a twentieth from below at one end of the elasticity, a twentieth from above at the other.

    The same orders are drawn again and again, some not at all and some twice, and each is kept or lost as a whole: so
    few are what chance made of them.
    """
    chance, ends = Random(seed), (wish.elasticity * HIGH // MIDDLE, wish.elasticity * LOW // MIDDLE)  # noqa: S311
    shares = [[kept_of(past, wish, end) for past in pasts] for end in ends]
    if not pasts:
        return 0, 0
    drawn = [chance.choices(range(len(pasts)), k=len(pasts)) for _ in range(REPLAYS)]
    sums = [sorted(sum(_kept_whole(of[at], chance) for at in draw) for draw in drawn) for of in shares]
    cut = REPLAYS // 20
    return min(sums[0][cut], sums[1][cut]), max(sums[0][-1 - cut], sums[1][-1 - cut])


def _kept_whole(permille: int, chance: Random) -> int:
    """1,850 is one order, and another with 85 in a hundred."""
    orders, rest = divmod(permille, WHOLE)
    return WHOLE * (orders + (rest > 0 and chance.randrange(WHOLE) < rest))
