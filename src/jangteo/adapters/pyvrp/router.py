"""PyVRP as a router: hybrid search in C++, for loads and time windows. See https://pyvrp.org.

It gets what it is best at: jobs that are aboard at the start and may go with anybody. Pickups on the way and jobs tied
to one vehicle go to the router that was given for them; so does a problem for which it finds no plan without a fault.
"""

from __future__ import annotations

from pyvrp import Model, Route
from pyvrp.stop import MaxIterations, MaxRuntime, MultipleCriteria, StoppingCriterion

from jangteo.domains.delivery.ports import Effort, Router
from jangteo.domains.delivery.routing.problem import Problem, Solution, Vehicle

LATEST = 1 << 40


class PyVrpRouter:
    """`otherwise` takes the problems that PyVRP is not asked."""

    name = "pyvrp"

    def __init__(self, otherwise: Router) -> None:
        self._otherwise = otherwise

    def solve(self, problem: Problem, effort: Effort) -> Solution:
        """The best plan found within the effort."""
        if not problem.jobs or not problem.vehicles or _is_special(problem):
            return self._otherwise.solve(problem, effort)
        kinds = _kinds(problem)
        model = _model(problem, kinds)
        result = model.solve(_stop(effort), seed=effort.seed, collect_stats=False, display=False)
        if not result.is_feasible():
            return self._otherwise.solve(problem, effort)
        routes: list[tuple[int, ...]] = [()] * len(problem.vehicles)
        free = [list(numbers) for numbers in kinds.values()]
        for route in result.best.routes():
            routes[free[route.vehicle_type()].pop(0)] = _visits(problem, route)
        return Solution(tuple(routes))


def _is_special(problem: Problem) -> bool:
    return any(job.pickup is not None or job.only or job.prefers is not None for job in problem.jobs)


def _kinds(problem: Problem) -> dict[Vehicle, list[int]]:
    """Like vehicles under one roof: the fewer kinds, the quicker."""
    kinds: dict[Vehicle, list[int]] = {}
    for number, vehicle in enumerate(problem.vehicles):
        kinds.setdefault(vehicle, []).append(number)
    return kinds


def _model(problem: Problem, kinds: dict[Vehicle, list[int]]) -> Model:
    model = Model()
    spots = [model.add_location(number, 0) for number in range(len(problem.places))]
    depots = {
        number: model.add_depot(spots[number])
        for number in sorted({end for one in kinds for end in (one.start, one.end)})
    }
    for job in problem.jobs:
        place = problem.places[job.drop]
        model.add_client(
            spots[job.drop],
            delivery=job.load,
            service_duration=place.service,
            tw_early=place.opens,
            tw_late=min(place.closes, LATEST),
        )
    for vehicle, numbers in kinds.items():
        leaves, back_by = _shift(problem, vehicle)
        model.add_vehicle_type(
            len(numbers),
            capacity=vehicle.capacity,
            start_depot=depots[vehicle.start],
            end_depot=depots[vehicle.end],
            fixed_cost=problem.vehicle_cost,
            tw_early=leaves,
            tw_late=back_by,
        )
    for here, row in enumerate(problem.distance):
        for there, distance in enumerate(row):
            if here != there:
                model.add_edge(spots[here], spots[there], distance, problem.duration[here][there])
    return model


def _shift(problem: Problem, vehicle: Vehicle) -> tuple[int, int]:
    """From when to when; what a vehicle does before it leaves is waited for."""
    start, end = problem.places[vehicle.start], problem.places[vehicle.end]
    leaves = max(vehicle.leaves, start.opens) + start.service
    return leaves, max(leaves, min(vehicle.back_by, end.closes, LATEST))


def _stop(effort: Effort) -> StoppingCriterion:
    limits: list[StoppingCriterion] = []
    if effort.seconds is not None:
        limits.append(MaxRuntime(effort.seconds))
    if effort.rounds is not None:
        limits.append(MaxIterations(effort.rounds))
    return limits[0] if len(limits) == 1 else MultipleCriteria(limits)


def _visits(problem: Problem, route: Route) -> tuple[int, ...]:
    return tuple(problem.jobs[step.idx].drop for step in route if step.is_client())
