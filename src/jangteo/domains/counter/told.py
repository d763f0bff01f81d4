"""What a till tells about a sale that has happened: its lines, its money, and when by the device's own clock."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from jangteo.domains.counter.errors import LinesWrong
from jangteo.domains.ordering.rules import line_amount

MOST_LINES = 50
MOST_QUANTITY = 999
MOST_GRAMS = 200_000
MOST_LINE_NAME = 40
# A device that was away longer tells of its sales all the same; they count as made this long ago.
MOST_AWAY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One thing sold: by the piece, or `grams` at `price_won` per `price_grams`. The price is what was asked for it.

    `good_id` is None for an amount that was only typed in; `name` then says what it was, or nothing.
    """

    amount_won: int
    price_won: int
    good_id: int | None = None
    name: str = ""
    quantity: int = 1
    price_grams: int | None = None
    grams: int | None = None

    def check(self) -> None:
        """Raises LinesWrong unless the price times the measure is the amount."""
        counts = 1 <= self.quantity <= MOST_QUANTITY and self.price_won > 0 and len(self.name) <= MOST_LINE_NAME
        weighs = (self.price_grams is None) == (self.grams is None)
        if not (counts and weighs) or (self.grams is not None and not 0 < self.grams <= MOST_GRAMS):
            raise LinesWrong
        if self.price_grams is not None and (self.price_grams < 1 or self.quantity != 1):
            raise LinesWrong
        asked = line_amount(
            price_won=self.price_won, price_grams=self.price_grams, quantity=self.quantity, grams=self.grams
        )
        if asked != self.amount_won or asked < 1:
            raise LinesWrong


@dataclass(frozen=True, slots=True)
class ToldSale:
    """Money that is in the stall's hands. `number` counts on the device; both times are those of its clock.

    `phone` (digits) is that of a customer who agreed to be known by it, "" for all others.
    """

    stall_id: int
    way: str
    lines: tuple[ToldLine, ...]
    made_at: datetime
    sent_at: datetime
    number: int = 0
    phone: str = ""

    @property
    def amount_won(self) -> int:
        return sum(line.amount_won for line in self.lines)

    def as_json(self) -> dict[str, object]:
        """What makes it this sale and no other. When it was sent is another each time."""
        told = {"stall": self.stall_id, "way": self.way, "number": self.number, "made_at": self.made_at.isoformat()}
        return {**told, "phone": self.phone, "lines": lines_json(self.lines)}


def lines_json(lines: tuple[ToldLine, ...]) -> list[dict[str, object]]:
    return [asdict(line) for line in lines]


def check_lines(lines: tuple[ToldLine, ...]) -> None:
    """Raises LinesWrong."""
    if len(lines) > MOST_LINES:
        raise LinesWrong
    for line in lines:
        line.check()


def true_moment(*, made_at: datetime, sent_at: datetime, now: datetime) -> datetime:
    """When it really happened: what the device's clock is wrong by shows when it sends. Never later than now."""
    moment = made_at + (now - sent_at)
    return min(now, max(moment, now - MOST_AWAY))
