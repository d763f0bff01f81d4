"""What is to be brought where, by whom, and the answer: the two shapes every router works with.

All numbers are whole. Distances and durations have the unit of the matrices, in the market metres and seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FOREVER = 10**15
Matrix = tuple[tuple[int, ...], ...]


class BadProblem(ValueError):
    """The problem contradicts itself. The text says where."""


@dataclass(frozen=True, slots=True)
class Place:
    """One visit, or where a vehicle begins or ends. Who comes before `opens` waits; after `closes` is too late."""

    opens: int = 0
    closes: int = FOREVER
    service: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """Something brought to the place `drop`; from the place `pickup`, or None when it is aboard at the start.

    `only` names the vehicles that may do it (empty: any), `prefers` the one it stays with unless moving it pays.
    """

    drop: int
    load: int
    pickup: int | None = None
    only: frozenset[int] = frozenset()
    prefers: int | None = None


@dataclass(frozen=True, slots=True)
class Vehicle:
    """Begins at the place `start` at `leaves` or later and is at the place `end` by `back_by`."""

    start: int
    end: int
    capacity: int
    leaves: int = 0
    back_by: int = FOREVER


@dataclass(frozen=True, slots=True)
class Problem:
    """Places by number (rows of both matrices), jobs and vehicles.

    `vehicle_cost` is added for each vehicle used, `move_cost` for each job away from the vehicle it prefers.
    """

    places: Sequence[Place]
    jobs: Sequence[Job]
    vehicles: Sequence[Vehicle]
    distance: Matrix
    duration: Matrix
    vehicle_cost: int = 0
    move_cost: int = 0

    def __post_init__(self) -> None:
        size = len(self.places)
        for matrix in (self.distance, self.duration):
            if len(matrix) != size or any(len(row) != size for row in matrix):
                raise BadProblem("the matrices need a row and a column for each place")
            if any(min(row) < 0 for row in matrix):
                raise BadProblem("a distance or duration is below 0")
        self._check_places(size)

    def _check_places(self, size: int) -> None:
        ends = {place for one in self.vehicles for place in (one.start, one.end)}
        visits = [place for job in self.jobs for place in (job.pickup, job.drop) if place is not None]
        if any(not 0 <= place < size for place in (*ends, *visits)):
            raise BadProblem("a job or vehicle names a place that is not there")
        if len(set(visits)) != len(visits) or ends & set(visits):
            raise BadProblem("a place belongs to one job only, and not to a vehicle")
        if any(job.load < 0 for job in self.jobs) or any(one.capacity < 0 for one in self.vehicles):
            raise BadProblem("a load or capacity is below 0")


@dataclass(frozen=True, slots=True)
class Solution:
    """For each vehicle the places it visits in order, start and end left out. `skipped` are jobs nobody can do."""

    routes: tuple[tuple[int, ...], ...]
    skipped: tuple[int, ...] = ()

    @property
    def used(self) -> int:
        """How many vehicles have anything to do."""
        return sum(1 for route in self.routes if route)
