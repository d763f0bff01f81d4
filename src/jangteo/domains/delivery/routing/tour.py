"""One vehicle's way, with what is needed to judge an insertion without walking all of it again.

For each stop the tour knows when service begins, how late it could begin without anything after it being late, and
the load. An insertion then costs a handful of additions; only the one that is chosen is worked out in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from jangteo.domains.delivery.routing.problem import Job, Problem

INFINITE = 1 << 62


class Tables:
    """The problem as plain lists, which the inner loops read faster than objects."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.distance = [list(row) for row in problem.distance]
        self.duration = [list(row) for row in problem.duration]
        self.opens = [place.opens for place in problem.places]
        self.closes = [place.closes for place in problem.places]
        self.service = [place.service for place in problem.places]
        self.change = [0] * len(problem.places)
        self.aboard = [0] * len(problem.places)
        self.job_of = [-1] * len(problem.places)
        for number, job in enumerate(problem.jobs):
            self._enter(number, job)

    def _enter(self, number: int, job: Job) -> None:
        self.job_of[job.drop] = number
        self.change[job.drop] = -job.load
        if job.pickup is None:
            self.aboard[job.drop] = job.load
        else:
            self.job_of[job.pickup] = number
            self.change[job.pickup] = job.load


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a job could go: `after` and `drop_after` are positions in the tour, `cost` what it adds."""

    cost: int
    after: int
    drop_after: int


class Tour:
    """Never changed once made: plans share the tours that they have in common.

    `visits` begins and ends with the vehicle's own places. `fits` is False when time or load do not hold.
    """

    __slots__ = ("capacity", "cost", "fits", "late", "load", "peak", "starts", "tables", "vehicle", "visits")

    def __init__(self, tables: Tables, vehicle: int, stops: list[int]) -> None:
        own = tables.problem.vehicles[vehicle]
        self.tables = tables
        self.vehicle = vehicle
        self.capacity = own.capacity
        self.visits = [own.start, *stops, own.end]
        self.fits = True
        self._schedule(own.leaves, own.back_by)
        self._weigh()
        self.cost = self._price()

    def _schedule(self, leaves: int, back_by: int) -> None:
        tables, visits = self.tables, self.visits
        clock = max(leaves, tables.opens[visits[0]])
        starts, before = [clock], visits[0]
        for place in visits[1:]:
            clock = max(clock + tables.service[before] + tables.duration[before][place], tables.opens[place])
            starts.append(clock)
            before = place
        latest = min(back_by, tables.closes[before])
        late = [latest]
        for place in reversed(visits[:-1]):
            latest = min(tables.closes[place], latest - tables.duration[place][before] - tables.service[place])
            late.append(latest)
            before = place
        late.reverse()
        self.starts, self.late = starts, late
        self.fits = all(start <= latest for start, latest in zip(starts, late, strict=True))

    def _weigh(self) -> None:
        """Load after each stop, and the highest load up to it."""
        change, visits = self.tables.change, self.visits
        load = sum(self.tables.aboard[place] for place in visits[1:-1])
        loads, peaks, peak = [load], [load], load
        for place in visits[1:-1]:
            load += change[place]
            peak = max(peak, load)
            loads.append(load)
            peaks.append(peak)
        self.load, self.peak = loads, peaks
        self.fits = self.fits and peak <= self.capacity

    def _price(self) -> int:
        visits, problem = self.visits, self.tables.problem
        if len(visits) == 2:
            return 0
        distance, jobs = self.tables.distance, problem.jobs
        cost = sum(distance[here][there] for here, there in pairwise(visits))
        if problem.move_cost:
            here = self.vehicle
            moved = [job for job in self.jobs() if jobs[job].prefers not in (None, here)]
            cost += problem.move_cost * len(moved)
        return cost + problem.vehicle_cost

    @property
    def stops(self) -> list[int]:
        """The visits without start and end."""
        return self.visits[1:-1]

    def jobs(self) -> list[int]:
        """The jobs of this tour, in the order of their drops."""
        tables = self.tables
        jobs = tables.problem.jobs
        return [number for place in self.visits[1:-1] if jobs[number := tables.job_of[place]].drop == place]

    def without(self, jobs: set[int]) -> Tour:
        """The tour with some jobs taken out."""
        job_of = self.tables.job_of
        return Tour(self.tables, self.vehicle, [place for place in self.stops if job_of[place] not in jobs])

    def taking(self, number: int, spot: Gap) -> Tour:
        """The tour with a job put in at a spot that `best_spot` found."""
        job, visits = self.tables.problem.jobs[number], self.visits
        if job.pickup is None:
            stops = [*visits[1 : spot.after + 1], job.drop, *visits[spot.after + 1 : -1]]
        else:
            head, between = visits[1 : spot.after + 1], visits[spot.after + 1 : spot.drop_after + 1]
            stops = [*head, job.pickup, *between, job.drop, *visits[spot.drop_after + 1 : -1]]
        return Tour(self.tables, self.vehicle, stops)

    def price_of(self, job: Job) -> int:
        """What a job costs here beside its way; INFINITE where the vehicle may not do it."""
        if job.only and self.vehicle not in job.only:
            return INFINITE
        problem = self.tables.problem
        cost = problem.vehicle_cost if len(self.visits) == 2 else 0
        return cost + (problem.move_cost if job.prefers not in (None, self.vehicle) else 0)
