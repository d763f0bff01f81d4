"""What goes on in a market now or soon: events, flash sales and rebates in one statement, for lasting screens."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from jangteo.domains.events import queries as events
from jangteo.domains.rebates import queries as rebates
from jangteo.faces._parts.words.event_words import news_line
from jangteo.kernel import clock

MOST = 6
# Flash sales end first and are told first.
_ORDER = {"flash": 0, "rebate": 1, "event": 2}


@dataclass(frozen=True, slots=True)
class Soon:
    """`id` is that of an event or a rebate, and of the good for a flash sale."""

    kind: str
    id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    more: str

    @property
    def is_on(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def words(self) -> str:
        return news_line(self.kind, self.title, self.starts_at, self.ends_at, self.more)


def soon(most: int = MOST) -> list[Soon]:
    """In the scope of the market: the next of each kind, flash sales first, then the second of each and so on.

    So a stall that lets twenty goods go at once doesn't crowd out the festival.
    """
    now = clock.now()
    rows = events.soon_rows(now).union(events.flash_rows(now), rebates.soon_rows(now), all=True)
    found = [Soon(*row) for row in rows]
    found.sort(key=lambda one: (_ORDER[one.kind], one.starts_at, one.id))
    turns = Counter[str]()
    ranked: list[tuple[int, Soon]] = []
    for one in found:
        ranked.append((turns[one.kind], one))
        turns[one.kind] += 1
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])][:most]
