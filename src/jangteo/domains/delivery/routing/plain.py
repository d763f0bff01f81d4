"""A router without further packages: take some jobs out of a plan, put them back better, keep what pays.

What is taken out are strings of neighbouring stops, after Christiaens and Vanden Berghe (2020), "Slack Induction by
String Removals". Where fewer vehicles are wanted, a whole tour is given up first and its jobs found room elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from math import log
from random import Random

from jangteo.domains.delivery.ports import Effort
from jangteo.domains.delivery.routing.insertion import best_spot
from jangteo.domains.delivery.routing.plan import Plan
from jangteo.domains.delivery.routing.polish import polished
from jangteo.domains.delivery.routing.problem import Problem, Solution
from jangteo.domains.delivery.routing.ruin import Ruin
from jangteo.domains.delivery.routing.tour import Gap, Tables, Tour

BLINK = 0.01
FLEET_SHARE = 0.4  # of the time, at most, for saving vehicles
HOT, COLD = 0.3, 0.003  # temperature at both ends, in mean distances between neighbours in the first plan


class PlainRouter:
    """Plans anything the problem can say. `fewest_vehicles` saves vehicles before distance."""

    name = "plain"

    def __init__(self, *, fewest_vehicles: bool = False) -> None:
        self._fewest_vehicles = fewest_vehicles

    def solve(self, problem: Problem, effort: Effort) -> Solution:
        """The best plan found. Jobs that fit nowhere are in `skipped`."""
        search = _Search(problem, effort)
        plan = search.first()
        if self._fewest_vehicles:
            plan = search.save_vehicles(plan)
        plan = search.shorten(plan)
        tours = [polished(tour) for tour in plan.tours]
        return Solution(tuple(tuple(tour.stops) for tour in tours), tuple(sorted(plan.absent)))


class _Search:
    def __init__(self, problem: Problem, effort: Effort) -> None:
        self.tables = Tables(problem)
        self.problem = problem
        self.chance = Random(effort.seed)  # noqa: S311  # a plan is no secret
        self.ruin = Ruin(self.tables, self.chance)
        self.clock = _Clock(effort)
        self.closed: set[int] = set()
        self.weight = [1] * len(problem.jobs)

    def first(self) -> Plan:
        """Every job put where it costs least."""
        empty = [Tour(self.tables, number, []) for number in range(len(self.problem.vehicles))]
        return self._recreated(Plan(empty, list(range(len(self.problem.jobs)))), 0.0)

    def save_vehicles(self, best: Plan) -> Plan:
        """Give up one tour after the other as long as its jobs find room. A job that long finds none weighs more."""
        self.clock.begin(FLEET_SHARE)
        plan = best
        while not self.clock.is_over():
            if not plan.absent:
                best, plan = plan, self._closed_one(plan)
            if plan is best:
                break
            tried = self._recreated(self.ruin.apply(plan), BLINK)
            if self._weighs(tried) < self._weighs(plan) or (
                len(tried.absent) <= len(plan.absent) and tried.cost * 50 < plan.cost * 51
            ):
                plan = tried
            for job in tried.absent:
                self.weight[job] += 1
        if not plan.absent:
            best = plan
        self.closed = {tour.vehicle for tour in best.tours if len(tour.visits) == 2}
        return best

    def _weighs(self, plan: Plan) -> int:
        return sum(self.weight[job] for job in plan.absent)

    def _closed_one(self, plan: Plan) -> Plan:
        """The plan without the tour whose jobs are easiest to place; the same plan when only one is left."""
        used = [tour for tour in plan.tours if len(tour.visits) > 2]
        if len(used) <= 1 or not self._could_do_with(len(used) - 1):
            return plan
        gone = min(used, key=lambda tour: sum(self.weight[job] for job in tour.jobs()))
        self.closed = {tour.vehicle for tour in plan.tours if len(tour.visits) == 2} | {gone.vehicle}
        tours = [Tour(self.tables, one.vehicle, []) if one is gone else one for one in plan.tours]
        return Plan(tours, [*plan.absent, *gone.jobs()])

    def _could_do_with(self, vehicles: int) -> bool:
        """False when the load alone needs more; only known where nothing is picked up on the way."""
        largest = sorted((one.capacity for one in self.problem.vehicles), reverse=True)[:vehicles]
        return sum(job.load for job in self.problem.jobs if job.pickup is None) <= sum(largest)

    def shorten(self, plan: Plan) -> Plan:
        """Simulated annealing over ruined and recreated plans."""
        jobs = len(self.problem.jobs)
        if len(plan.absent) == jobs:
            return plan
        self.clock.begin(1.0)
        step = max(1.0, plan.cost / max(1, jobs - len(plan.absent)))
        best = plan
        while not self.clock.is_over():
            heat = step * HOT * (COLD / HOT) ** self.clock.passed()
            tried = self._recreated(self.ruin.apply(plan), BLINK)
            allowed = plan.cost - heat * log(self.chance.random() or 1e-12)
            if len(tried.absent) < len(plan.absent) or (len(tried.absent) == len(plan.absent) and tried.cost < allowed):
                plan = tried
                if plan.rank < best.rank:
                    best = plan
        return best

    def _recreated(self, plan: Plan, blinking: float) -> Plan:
        """The plan with each absent job at its cheapest spot; changes the given plan."""
        absent, plan.absent = self.ruin.ordered(plan.absent), []
        for number in absent:
            if not self._placed(plan, number, blinking):
                plan.absent.append(number)
        return plan

    def _placed(self, plan: Plan, number: int, blinking: float) -> bool:
        job, draw = self.problem.jobs[number], self.chance.random
        blink: Callable[[], bool] = (lambda: draw() < blinking) if blinking else _never
        best: tuple[Gap, int] | None = None
        empty: set[tuple[object, ...]] = set()
        for index, tour in enumerate(plan.tours):
            if len(tour.visits) == 2 and self._is_known_empty(tour, empty):
                continue
            spot = best_spot(tour, job, blink)
            if spot is not None and (best is None or spot.cost < best[0].cost):
                best = spot, index
        if best is None:
            return False
        plan.tours[best[1]] = plan.tours[best[1]].taking(number, best[0])
        return True

    def _is_known_empty(self, tour: Tour, seen: set[tuple[object, ...]]) -> bool:
        """True for a vehicle out of use, and for one just like another that was looked at."""
        if tour.vehicle in self.closed:
            return True
        own = self.problem.vehicles[tour.vehicle]
        if self._vehicles_differ:
            return False
        like = (own.start, own.end, own.capacity, own.leaves, own.back_by)
        known = like in seen
        seen.add(like)
        return known

    @property
    def _vehicles_differ(self) -> bool:
        """True where a job cares which of two like vehicles brings it."""
        return self.ruin.has_wishes


class _Clock:
    """Tells how much of the effort is used, 0 to 1."""

    def __init__(self, effort: Effort) -> None:
        self._effort = effort
        self._began = time.monotonic()
        self._round, self._first, self._until = 0, 0.0, 1.0

    def begin(self, until: float) -> None:
        """A phase that ends when `until` of the whole effort is used."""
        self._first, self._until = self._used(), until

    def _used(self) -> float:
        by_rounds = self._round / self._effort.rounds if self._effort.rounds else 0.0
        seconds = self._effort.seconds
        by_time = (time.monotonic() - self._began) / seconds if seconds else 0.0
        return max(by_rounds, by_time)

    def is_over(self) -> bool:
        self._round += 1
        return self._used() >= self._until

    def passed(self) -> float:
        """How much of this phase is over."""
        return min(1.0, (self._used() - self._first) / max(1e-9, self._until - self._first))


def _never() -> bool:
    return False
