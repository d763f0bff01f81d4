"""What planning ways needs from outside: somebody who orders the stops, and somebody who knows how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from jangteo.domains.delivery.routing.problem import Matrix, Problem, Solution

MICRO = 1_000_000
SOUTH, NORTH = 33 * MICRO, 39 * MICRO
WEST, EAST = 124 * MICRO, 132 * MICRO


class BadSpot(ValueError):
    """Coordinates that are no place in Korea. `code` is `spot_swapped` or `spot_outside`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class DistancesUnknown(Exception):
    """Nobody could say how far it is: no answer, a refusal, or no way between two places."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the ground in millionths of a degree. Raises BadSpot outside Korea."""

    lat: int
    lng: int

    def __post_init__(self) -> None:
        if SOUTH <= self.lat <= NORTH and WEST <= self.lng <= EAST:
            return
        swapped = SOUTH <= self.lng <= NORTH and WEST <= self.lat <= EAST
        raise BadSpot("spot_swapped" if swapped else "spot_outside")


@dataclass(frozen=True, slots=True)
class Ways:
    """From every spot (row) to every spot (column): whole metres, and whole seconds of driving."""

    metres: Matrix
    seconds: Matrix


@dataclass(frozen=True, slots=True)
class Effort:
    """When to stop: after so many seconds, or so many rounds; without seconds the same seed gives the same plan."""

    seconds: float | None = 2.0
    rounds: int | None = None
    seed: int = 1

    def __post_init__(self) -> None:
        if self.seconds is None and self.rounds is None:
            raise ValueError("an effort has an end")


class Router(Protocol):
    """Orders the stops of several vehicles."""

    @property
    def name(self) -> str:
        """What a plan says it was made by."""
        ...

    def solve(self, problem: Problem, effort: Effort) -> Solution:
        """The best plan found within the effort. Jobs that fit nowhere are in `skipped`; never raises for them."""
        ...


class Distances(Protocol):
    """Knows how far it is. The straight line does; so does a map server."""

    def between(self, spots: Sequence[Spot]) -> Ways:
        """All ways between the spots. Raises DistancesUnknown."""
        ...
