"""What a sentence comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Intent(StrEnum):
    PUT_UP = "put_up"
    PRICE = "price"
    SOLD_OUT = "sold_out"
    BACK = "back"
    OPEN = "open"
    CLOSE = "close"
    ASK = "ask"


class Doubt(StrEnum):
    """Why it is asked back."""

    NONE = ""
    NOTHING_SAID = "nothing_said"
    UNCLEAR = "unclear"
    NO_NAME = "no_name"
    NO_PRICE = "no_price"
    WHICH_PRICE = "which_price"
    WHICH_GOOD = "which_good"
    HOW_MANY = "how_many"
    BY_OR_TO = "by_or_to"
    CANNOT_BE = "cannot_be"


@dataclass(frozen=True, slots=True)
class Known:
    """A good that the stall sells; `grams` is the weight of one where it is sold by weight."""

    name: str
    unit: str
    grams: int | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """`count` of `unit` weigh `grams` together and cost `price_won`; None and "" where it was not said.

    `percent` is how sure this is. For `ASK`, `doubt` says why, `meant` what it would be once answered, `prices` the
    prices and `names` the goods it can mean. `step_won` is a price said as so much more or less.
    """

    intent: Intent
    name: str = ""
    count: int | None = None
    unit: str = ""
    grams: int | None = None
    price_won: int | None = None
    percent: int = 0
    origin: str = ""
    doubt: Doubt = Doubt.NONE
    meant: Intent = Intent.ASK
    prices: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    step_won: int | None = None

    def as_dict(self) -> dict[str, object]:
        """As `jangteo goods say --json` prints it; confidence from 0 to 1."""
        return {
            "intent": str(self.intent),
            "name": self.name or None,
            "count": self.count,
            "unit": self.unit or None,
            "grams": self.grams,
            "price_won": self.price_won,
            "confidence": self.percent / 100,
        }
