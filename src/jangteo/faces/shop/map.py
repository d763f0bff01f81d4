"""The drawn map: streets of awnings, with what is open and where there is news today."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.catalog.queries import stalls_with_news
from jangteo.domains.markets.models import Stall, Street
from jangteo.domains.markets.queries import stall_hours, streets_of_stalls
from jangteo.kernel import clock


@dataclass(frozen=True, slots=True)
class DrawnStall:
    stall: Stall
    is_open: bool
    has_news: bool

    @property
    def is_left(self) -> bool:
        return is_left(self.stall)


@dataclass(frozen=True, slots=True)
class DrawnStreet:
    street: Street
    stalls: tuple[DrawnStall, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stall stands: so many stalls in from the gate, on the left or the right, between these two."""

    steps: int
    is_left: bool
    before: Stall | None
    after: Stall | None


def is_left(stall: Stall) -> bool:
    """Slots count from the gate, odd ones on the left of the aisle and even ones on the right."""
    return stall.slot % 2 == 1


def drawn_streets() -> list[DrawnStreet]:
    """Two queries: the stalls with their streets, and today's news."""
    now = clock.now()
    since, _until = clock.day_bounds(clock.today())
    news = stalls_with_news(since)
    return [
        DrawnStreet(
            row.street,
            tuple(DrawnStall(stall, stall_hours(stall, now).is_open, stall.pk in news) for stall in row.stalls),
        )
        for row in streets_of_stalls()
    ]


def place_of(stall: Stall) -> Place:
    """Its place on its own side of the street."""
    row = next(row for row in streets_of_stalls() if row.street.pk == stall.street_id)
    side = [other for other in row.stalls if is_left(other) == is_left(stall)]
    place = [other.pk for other in side].index(stall.pk)
    return Place(
        steps=place + 1,
        is_left=is_left(stall),
        before=side[place - 1] if place else None,
        after=side[place + 1] if place + 1 < len(side) else None,
    )
