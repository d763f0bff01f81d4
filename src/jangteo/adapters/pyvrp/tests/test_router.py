from __future__ import annotations

from dataclasses import replace

import pytest

from jangteo.adapters.pyvrp.router import PyVrpRouter
from jangteo.domains.delivery.ports import Effort
from jangteo.domains.delivery.routing.checker import check
from jangteo.domains.delivery.routing.plain import PlainRouter
from jangteo.domains.delivery.routing.problem import Problem, Solution, Vehicle
from jangteo.domains.delivery.routing.tests.problems import line, mixed

SHORT = Effort(seconds=None, rounds=200)


class _Refusing:
    """Stands behind the router where it must not be asked."""

    name = "refusing"

    def solve(self, problem: Problem, effort: Effort) -> Solution:
        raise AssertionError("PyVRP should have planned this")


@pytest.mark.parametrize("seed", range(5))
def test_its_plans_hold_and_are_no_longer_than_our_own(seed: int) -> None:
    problem = mixed(seed, drops=10, pairs=0, vehicles=6)
    own = PlainRouter().solve(problem, Effort(seconds=None, rounds=500))
    assert own.skipped == ()

    plan = PyVrpRouter(_Refusing()).solve(problem, SHORT)

    assert check(problem, plan).distance <= check(problem, own).distance


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = mixed(2, drops=10, pairs=0, vehicles=6)

    assert len({PyVrpRouter(_Refusing()).solve(problem, SHORT) for _again in range(3)}) == 1


def test_vehicles_that_differ_keep_their_own_capacity_and_shift() -> None:
    problem = line(capacity=12)
    fleet = [Vehicle(0, 0, 4, 0, 100), Vehicle(0, 0, 8, 50, 1_000)]

    plan = PyVrpRouter(_Refusing()).solve(replace(problem, vehicles=fleet), SHORT)

    assert sorted(map(len, plan.routes)) == [1, 2]
    check(replace(problem, vehicles=fleet), plan)


@pytest.mark.parametrize("problem", [mixed(1), line(capacity=8), replace(line(), jobs=[])])
def test_pairs_and_what_does_not_fit_are_planned_by_the_other_router(problem: Problem) -> None:
    assert PyVrpRouter(PlainRouter()).solve(problem, SHORT) == PlainRouter().solve(problem, SHORT)
