from __future__ import annotations

from dataclasses import replace

import pytest

from jangteo.domains.delivery.routing.checker import Arrival, BrokenPlan, check
from jangteo.domains.delivery.routing.problem import BadProblem, Job, Place, Problem, Solution, Vehicle
from jangteo.domains.delivery.routing.tests.problems import grid, line

SPOTS = [(0, 0), (10, 0), (20, 0)]
PAIR = Problem([Place()] * 3, [Job(2, 5, pickup=1)], [Vehicle(0, 0, 5)], grid(SPOTS), grid(SPOTS))


def test_a_plan_that_holds_says_when_and_how_full() -> None:
    found = check(PAIR, Solution(((1, 2),)))

    assert (found.distance, found.vehicles, found.back_at) == (40, 1, (40,))
    assert found.arrivals == ((Arrival(1, 10, 5), Arrival(2, 20, 0)),)


@pytest.mark.parametrize(
    ("problem", "routes", "code"),
    [
        (line(capacity=12), ((1, 2),), "visits"),
        (line(capacity=12), ((1, 2, 3, 3),), "visits"),
        (line(capacity=12), ((1, 2, 3), ()), "vehicles"),
        (line(capacity=11), ((1, 2, 3),), "capacity"),
        (line(capacity=12, back_by=59), ((1, 2, 3),), "time"),
        (PAIR, ((2, 1),), "order"),
        (replace(PAIR, places=[Place(), Place(), Place(0, 19)]), ((1, 2),), "time"),
        (replace(PAIR, jobs=[Job(2, 5, pickup=1, only=frozenset({7}))]), ((1, 2),), "vehicle"),
    ],
)
def test_a_plan_that_does_not_hold_is_refused(problem: Problem, routes: tuple[tuple[int, ...], ...], code: str) -> None:
    with pytest.raises(BrokenPlan) as refused:
        check(problem, Solution(routes))

    assert refused.value.code == code


@pytest.mark.parametrize(
    "jobs",
    [[Job(3, 1)], [Job(1, 1), Job(1, 1)], [Job(0, 1)], [Job(1, -1)]],
)
def test_a_problem_that_contradicts_itself_cannot_be_made(jobs: list[Job]) -> None:
    with pytest.raises(BadProblem):
        replace(PAIR, jobs=jobs)


def test_matrices_must_fit_the_places() -> None:
    with pytest.raises(BadProblem):
        replace(PAIR, distance=grid(SPOTS[:2]))
