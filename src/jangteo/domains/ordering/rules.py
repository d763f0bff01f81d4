"""What a line costs. The only place that multiplies a price: estimates, finals, refunds and reports all ask here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jangteo.kernel.clock import KST, korean

WEIGHED_STEP_WON = 10
CEILING_STEP_WON = 100
DEFAULT_CEILING_BP = 1_500
PICKUP_STEP = timedelta(minutes=30)
PICKUP_LEAD = timedelta(minutes=30)


def line_amount(*, price_won: int, price_grams: int | None, quantity: int, grams: int | None) -> int:
    """Won for one line, estimated or final.

    By the piece (`price_grams` None): price times quantity, `grams` is ignored.
    By weight: `grams` of goods at `price_won` per `price_grams`, rounded down to 10 won in the customer's favour.
    """
    if price_grams is None:
        return price_won * quantity
    if grams is None:
        raise ValueError("a weighed line needs its grams")
    return price_won * grams // price_grams // WEIGHED_STEP_WON * WEIGHED_STEP_WON


def ceiling_for(estimate_won: int, slack_bp: int) -> int:
    """The most a weighed line may cost: the estimate plus slack in basis points, rounded up to 100 won."""
    raw = estimate_won * (10_000 + slack_bp)
    step = CEILING_STEP_WON * 10_000
    return -(-raw // step) * CEILING_STEP_WON


def default_ceiling(estimate_won: int) -> int:
    """The ceiling offered first: 15 % over the estimate."""
    return ceiling_for(estimate_won, DEFAULT_CEILING_BP)


def grams_within(*, price_won: int, price_grams: int, ceiling_won: int) -> int:
    """The heaviest weight in whole grams whose `line_amount` does not exceed the ceiling."""
    amount_below = (ceiling_won // WEIGHED_STEP_WON + 1) * WEIGHED_STEP_WON
    return -(-amount_below * price_grams // price_won) - 1


@dataclass(frozen=True, slots=True)
class LineFacts:
    """The numbers of a line that decide its amounts."""

    price_won: int
    price_grams: int | None
    unit_grams: int | None
    quantity: int
    ceiling_won: int | None
    final_grams: int | None
    capped: bool

    @property
    def estimate_won(self) -> int:
        grams = None if self.unit_grams is None else self.unit_grams * self.quantity
        return line_amount(price_won=self.price_won, price_grams=self.price_grams, quantity=self.quantity, grams=grams)

    @property
    def final_won(self) -> int | None:
        """What is charged, None while a weighed line is not weighed. Never above the ceiling."""
        if self.price_grams is None:
            return self.estimate_won
        if self.final_grams is None:
            return None
        amount = line_amount(
            price_won=self.price_won, price_grams=self.price_grams, quantity=self.quantity, grams=self.final_grams
        )
        if self.capped and self.ceiling_won is not None:
            return min(amount, self.ceiling_won)
        return amount

    @property
    def most_won(self) -> int:
        """What may be asked at the most before weighing: the ceiling, or the fixed amount."""
        return self.estimate_won if self.ceiling_won is None else self.ceiling_won

    @property
    def due_won(self) -> int:
        """The final amount, or the estimate as long as there is none."""
        final = self.final_won
        return self.estimate_won if final is None else final


def pickup_times(*, opens_at: time, closes_at: time, now: datetime, days: list[date]) -> list[datetime]:
    """Half-hour pick-up times (UTC) on the given market days that are still at least half an hour away."""
    times: list[datetime] = []
    for day in days:
        moment, end = korean(day, opens_at), korean(day, closes_at)
        while moment <= end:
            if moment >= now + PICKUP_LEAD:
                times.append(moment)
            moment += PICKUP_STEP
    return times


def pickup_day(moment: datetime) -> date:
    """The calendar day in Korea that a pick-up time falls on."""
    return moment.astimezone(KST).date()
