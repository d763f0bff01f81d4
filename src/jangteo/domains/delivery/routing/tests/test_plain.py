from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangteo.domains.delivery.ports import Effort
from jangteo.domains.delivery.routing.checker import BrokenPlan, check
from jangteo.domains.delivery.routing.plain import PlainRouter
from jangteo.domains.delivery.routing.problem import FOREVER, Job, Problem, Solution
from jangteo.domains.delivery.routing.tests.problems import line, mixed

SHORT = Effort(seconds=None, rounds=150)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), vehicles=st.integers(0, 4))
def test_every_plan_holds_and_accounts_for_every_job(seed: int, vehicles: int) -> None:
    problem = mixed(seed, vehicles=vehicles)

    plan = PlainRouter().solve(problem, SHORT)

    check(problem, plan)
    placed = {job.drop for number, job in enumerate(problem.jobs) if number not in plan.skipped}
    assert placed == {place for route in plan.routes for place in route} & {job.drop for job in problem.jobs}


@pytest.mark.parametrize("seed", range(5))
def test_a_small_plan_is_the_shortest_there_is(seed: int) -> None:
    problem = mixed(seed, drops=2, pairs=2, vehicles=1)
    stops = [place for job in problem.jobs for place in (job.pickup, job.drop) if place is not None]
    lengths = [length for order in permutations(stops) if (length := _length(problem, order)) < FOREVER]

    plan = PlainRouter().solve(problem, SHORT)

    if lengths:
        assert (plan.skipped, check(problem, plan).distance) == ((), min(lengths))
    else:
        assert plan.skipped != ()


def _length(problem: Problem, order: tuple[int, ...]) -> int:
    try:
        return check(problem, Solution((order,))).distance
    except BrokenPlan:
        return FOREVER


def test_the_same_seed_gives_the_same_plan() -> None:
    plans = {PlainRouter().solve(mixed(3), SHORT) for _again in range(3)}

    assert len(plans) == 1


def test_fewest_vehicles_are_used_even_where_more_would_drive_less() -> None:
    assert PlainRouter(fewest_vehicles=True).solve(line(capacity=12, vehicles=3), SHORT).used == 1
    assert PlainRouter(fewest_vehicles=True).solve(line(capacity=8, vehicles=3), SHORT).used == 2


def test_what_fits_nowhere_is_named() -> None:
    assert PlainRouter().solve(line(capacity=8), SHORT).skipped in {(0,), (1,), (2,)}
    assert PlainRouter().solve(line(capacity=3), SHORT) == Solution(((),), (0, 1, 2))


def test_a_job_goes_with_the_only_vehicle_that_may_do_it() -> None:
    problem = line(capacity=12, vehicles=2)
    bound = replace(problem, jobs=[replace(problem.jobs[0], only=frozenset({1})), *problem.jobs[1:]])

    plan = PlainRouter().solve(bound, SHORT)

    assert 1 in plan.routes[1]


def test_a_job_stays_with_the_vehicle_it_prefers_until_moving_it_saves_enough() -> None:
    problem = line(capacity=12, vehicles=2)
    wishing = [replace(job, prefers=number % 2) for number, job in enumerate(problem.jobs)]

    kept = PlainRouter().solve(replace(problem, jobs=wishing, move_cost=100), SHORT)
    free = PlainRouter().solve(replace(problem, jobs=wishing, move_cost=1), SHORT)

    assert [set(route) for route in kept.routes] == [{1, 3}, {2}]
    assert free.used == 1


def test_an_effort_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="end"):
        Effort(seconds=None)


def test_nothing_to_do_takes_no_time() -> None:
    empty = replace(line(), jobs=[])
    impossible = replace(line(), jobs=[Job(1, 99)])

    assert PlainRouter().solve(empty, Effort(60)) == Solution(((),))
    assert PlainRouter().solve(impossible, Effort(60)) == Solution(((),), (0,))
