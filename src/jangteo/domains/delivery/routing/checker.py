"""Goes through a plan stop by stop and believes nothing that the router says about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from jangteo.domains.delivery.routing.problem import Problem, Solution


class BrokenPlan(Exception):
    """A plan that cannot be driven. `code` is stable, the text says which vehicle and place."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Arrival:
    """One visit as it will happen: service begins at `at`, `load` is what is aboard afterwards."""

    place: int
    at: int
    load: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan that can be driven: its whole distance and each vehicle's visits with their times."""

    distance: int
    vehicles: int
    arrivals: tuple[tuple[Arrival, ...], ...]
    back_at: tuple[int, ...]


def check(problem: Problem, plan: Solution) -> Checked:
    """Walk through the plan. Raises BrokenPlan at the first thing that does not hold."""
    if len(plan.routes) != len(problem.vehicles):
        raise BrokenPlan("vehicles", "a route for each vehicle is needed")
    _check_everything_once(problem, plan)
    walked = [_walk(problem, number, route) for number, route in enumerate(plan.routes)]
    return Checked(
        distance=sum(distance for distance, _arrivals, _back in walked),
        vehicles=plan.used,
        arrivals=tuple(arrivals for _distance, arrivals, _back in walked),
        back_at=tuple(back for _distance, _arrivals, back in walked),
    )


def _check_everything_once(problem: Problem, plan: Solution) -> None:
    seen = Counter(place for route in plan.routes for place in route)
    skipped = set(plan.skipped)
    wanted = Counter(
        place
        for number, job in enumerate(problem.jobs)
        if number not in skipped
        for place in (job.pickup, job.drop)
        if place is not None
    )
    if seen != wanted:
        wrong = sorted((seen - wanted) | (wanted - seen))
        raise BrokenPlan("visits", f"places {wrong[:5]} are visited too often or not at all")


def _walk(problem: Problem, number: int, route: tuple[int, ...]) -> tuple[int, tuple[Arrival, ...], int]:
    """Distance, visits and time of return of one vehicle."""
    vehicle = problem.vehicles[number]
    here, clock, distance = vehicle.start, max(vehicle.leaves, problem.places[vehicle.start].opens), 0
    if not route:
        return 0, (), clock
    load = _aboard_at_start(problem, route)
    _check_load(load, vehicle.capacity, number, here)
    _check_pairs(problem, number, route)
    clock += problem.places[here].service
    change = _changes(problem)
    arrivals = []
    for place in route:
        clock, distance = _drive(problem, here, place, (clock, distance))
        load += change[place]
        _check_load(load, vehicle.capacity, number, place)
        arrivals.append(Arrival(place, clock, load))
        clock += problem.places[place].service
        here = place
    clock, distance = _drive(problem, here, vehicle.end, (clock, distance))
    if clock > vehicle.back_by:
        raise BrokenPlan("time", f"vehicle {number} is back too late")
    return distance, tuple(arrivals), clock


def _drive(problem: Problem, here: int, there: int, so_far: tuple[int, int]) -> tuple[int, int]:
    clock, distance = so_far
    place = problem.places[there]
    arrives = max(clock + problem.duration[here][there], place.opens)
    if arrives > place.closes:
        raise BrokenPlan("time", f"place {there} is reached too late")
    return arrives, distance + problem.distance[here][there]


def _aboard_at_start(problem: Problem, route: tuple[int, ...]) -> int:
    visited = set(route)
    return sum(job.load for job in problem.jobs if job.pickup is None and job.drop in visited)


def _changes(problem: Problem) -> dict[int, int]:
    found = {job.drop: -job.load for job in problem.jobs}
    return found | {job.pickup: job.load for job in problem.jobs if job.pickup is not None}


def _check_load(load: int, capacity: int, number: int, place: int) -> None:
    if not 0 <= load <= capacity:
        raise BrokenPlan("capacity", f"vehicle {number} carries {load} at place {place}")


def _check_pairs(problem: Problem, number: int, route: tuple[int, ...]) -> None:
    position = {place: order for order, place in enumerate(route)}
    for job in problem.jobs:
        if job.drop not in position:
            continue
        if job.only and number not in job.only:
            raise BrokenPlan("vehicle", f"vehicle {number} may not visit place {job.drop}")
        if job.pickup is not None and position.get(job.pickup, len(route)) > position[job.drop]:
            raise BrokenPlan("order", f"place {job.drop} comes before its pickup")
