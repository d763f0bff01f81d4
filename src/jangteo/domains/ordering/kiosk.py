"""What a kiosk tells of an order: what was chosen, at which prices, and when by the screen's own clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import cast

from jangteo.domains.ordering.errors import KioskOrderBroken
from jangteo.domains.ordering.models import KioskOrder
from jangteo.domains.ordering.wanted import MOST_LINES, WantedLine

TICKET = re.compile(r"K[0-9]{1,3}-[0-9]{1,7}")
MOST_WON = 100_000_000
# Whoever stands at the kiosk still waits for its first try; no later one finds them there.
STANDS_THERE = timedelta(seconds=3)
# Nobody runs a kiosk for longer without a network; what seems older was made before its clock was put right.
MOST_AWAY = timedelta(days=7)
# From the kiosk to the stalls on foot.
WALK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A good as the kiosk showed it; `seen_won` is what it said for all of the line."""

    good_id: int
    quantity: int
    seen_won: int
    ceiling_won: int | None = None

    @property
    def wanted(self) -> WantedLine:
        return WantedLine(self.good_id, self.quantity, self.ceiling_won)


@dataclass(frozen=True, slots=True)
class ToldOrder:
    """`has_gone`: the kiosk has let the customer go with the ticket. Both times are those of its clock.

    `phone` is "" or what was typed.
    """

    ticket: str
    lines: tuple[SeenLine, ...]
    tender: str
    made_at: datetime
    sent_at: datetime
    phone: str = ""
    language: str = "ko"
    has_gone: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the customer has gone: said so, or this is no first try, or the clock was put right in between."""
        return self.has_gone or not timedelta(0) <= self.sent_at - self.made_at <= STANDS_THERE

    def as_json(self) -> dict[str, object]:
        """What makes it this order and no other. When it was sent is another each time."""
        told = asdict(self)
        del told["sent_at"]
        return {**told, "made_at": self.made_at.isoformat()}

    def check(self) -> None:
        """Raises KioskOrderBroken for what no kiosk sends."""
        known = self.tender in KioskOrder.Tender.values and self.language in KioskOrder.Language.values
        if not known or not TICKET.fullmatch(self.ticket) or len(self.lines) > MOST_LINES:
            raise KioskOrderBroken
        if any(not 0 <= line.seen_won <= MOST_WON for line in self.lines):
            raise KioskOrderBroken
        if any(line.ceiling_won is not None and not 0 < line.ceiling_won <= MOST_WON for line in self.lines):
            raise KioskOrderBroken


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that costs something else than the kiosk had shown."""

    good: int
    name: str
    seen_won: int
    now_won: int


@dataclass(frozen=True, slots=True)
class KioskAnswer:
    """The answer to a kiosk's order, the same for every repeat of its key.

    `total_won` is an estimate where something has to be weighed.
    """

    order_id: int
    number: int
    ticket: str
    total_won: int
    differences: tuple[Difference, ...]

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> KioskAnswer:
        """What `as_json` gave."""
        told = cast(list[dict[str, object]], kept["differences"])
        differences = tuple(Difference(**one) for one in told)  # type: ignore[arg-type]  # as_json() above
        return cls(**{**kept, "differences": differences})  # type: ignore[arg-type]  # as_json() above


def true_moment(told: ToldOrder, now: datetime) -> datetime:
    """When it really happened: what the screen's clock is wrong by shows when it sends.

    Where that cannot be, the clock was put right in between and nobody knows; then it is now.
    """
    away = told.sent_at - told.made_at
    return now - away if timedelta(0) <= away <= MOST_AWAY else now
