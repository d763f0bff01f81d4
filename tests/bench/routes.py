"""Planning ways: published problems against the best that is known, an evening wave, and walks through a market."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from jangteo.domains.delivery.ports import Effort, Router
from jangteo.domains.delivery.routing.checker import check
from jangteo.domains.delivery.routing.formats import read
from jangteo.domains.delivery.routing.plain import PlainRouter
from jangteo.domains.delivery.routing.walking import length_of, plan_tour
from jangteo.domains.delivery.routing.wave import News, WavePlan, after, changed_hands, plan_wave
from jangteo.domains.delivery.straight import StraightLines
from jangteo.project.routing import router
from tests.bench.tables import Row, Table
from tests.bench.wave_town import FIVE, HUB, evening, market_floor
from tests.real_data import FOLDER

CVRP_S, PDPTW_S = 10.0, 20.0
WAVE_EFFORT = Effort(2.0)
MOST_WAVE_S = 3.0
EVENINGS, STALLS = 10, 40
RANDOM_TOURS = 1_000


@dataclass(frozen=True, slots=True)
class Case:
    """A problem and the best that anybody has found for it. `vehicles` is None where their number does not count."""

    path: Path
    distance: float
    vehicles: int | None = None


def run() -> list[Table]:
    """Every table. The published problems need the folder of real data."""
    return [*_published(), _wave(), _walks()]


def _published() -> list[Table]:
    problems = FOLDER / "vrp"
    tables = []
    for path in sorted(problems.glob("cvrp/*.vrp")):
        (best,) = re.findall(r"Cost\s+([0-9.]+)", path.with_suffix(".sol").read_text(encoding="utf-8"))
        tables.append(_against(Case(path, float(best)), router(), CVRP_S, 1.0))
        tables.append(_against(Case(path, float(best)), PlainRouter(), CVRP_S, None))
    for path in sorted(problems.glob("pdptw/*.txt")):
        case = _pdptw_case(path)
        if case is not None:
            tables.append(_against(case, router(fewest_vehicles=True), PDPTW_S, 2.0))
    return tables


def _pdptw_case(path: Path) -> Case | None:
    """The best known solution stands in the name of a file beside the problem: lc101.10_828.9369.txt."""
    for other in path.parent.glob(f"{path.stem}.*_*.txt"):
        vehicles, distance = other.stem.removeprefix(f"{path.stem}.").split("_")
        return Case(path, float(distance), int(vehicles))
    return None


def _against(case: Case, solver: Router, seconds: float, most_gap: float | None) -> Table:
    """One problem: the checked distance beside the best known one."""
    instance = read(case.path.read_text(encoding="utf-8"))
    began = time.perf_counter()
    plan = solver.solve(instance.problem, Effort(seconds))
    took = time.perf_counter() - began
    checked = check(instance.problem, plan)
    distance = checked.distance / instance.scale
    rows = [
        Row("distance", distance, ""),
        Row("best known", case.distance, ""),
        Row("gap", 100 * (distance / case.distance - 1), "%", most=most_gap),
        Row("left out", len(plan.skipped), "", most=0),
        Row("vehicles", checked.vehicles, "", most=case.vehicles),
        Row("time", took, "s", most=seconds + 0.5),
    ]
    return Table(f"{case.path.stem} by {solver.name}", rows)


def _wave() -> Table:
    """Ten evenings; the walk to the stalls and the rounds are planned, then a courier drops out and two orders go."""
    floor, points = market_floor()
    took, again, moved, stops, left = [], [], [], [], 0
    for seed in range(EVENINGS):
        wave = evening(seed)
        packing = Random(seed).sample(points, STALLS)
        began = time.perf_counter()
        plan_tour(floor, 0, packing, 0)
        plan = plan_wave(wave, router=router(), distances=StraightLines(), effort=WAVE_EFFORT)
        took.append(time.perf_counter() - began)
        stops.append(sum(len(one) for one in plan.rounds.values()))
        left += len(plan.left)
        news = News(now=FIVE, cancelled=frozenset({3, 17}), gone={max(plan.rounds): HUB})
        began = time.perf_counter()
        second = plan_wave(after(wave, plan, news), router=router(), distances=StraightLines(), effort=WAVE_EFFORT)
        again.append(time.perf_counter() - began)
        moved.append(_share_moved(plan, second, max(plan.rounds)))
        left += len(second.left)
    rows = [
        Row("slowest plan", max(took), "s", most=MOST_WAVE_S),
        Row("slowest new plan", max(again), "s", most=MOST_WAVE_S),
        Row("orders left out", left, "", most=0),
        Row("stops for 60 orders", sum(stops) / EVENINGS, ""),
        Row("orders of the others that change hands", sum(moved) / EVENINGS, "%", most=20),
    ]
    return Table(
        f"Evening wave: 60 orders, {STALLS} stalls, 5 couriers, then a drop-out", rows, [f"{EVENINGS} evenings."]
    )


def _share_moved(before: WavePlan, now: WavePlan, gone: int) -> float:
    """Of the orders that the remaining couriers had, how many go with somebody else."""
    kept = [order for order, who in before.courier_of().items() if who != gone]
    return 100 * changed_hands(before, now, gone) / len(kept)


def _walks() -> Table:
    """Forty stalls in a drawn market; the best of a thousand random orders is what has to be beaten."""
    floor, points = market_floor()
    rows = []
    for stops in (8, 20, 40):
        chance = Random(stops)
        chosen = chance.sample(points, stops)
        began = time.perf_counter()
        walk = plan_tour(floor, 0, chosen, 0)
        took = time.perf_counter() - began
        walks = floor.walks([0, *chosen, 0])
        orders = (chance.sample(range(1, stops + 1), stops) for _try in range(RANDOM_TOURS))
        luckiest = min(length_of(walks, order) for order in orders)
        rows += [
            Row(f"{stops} stalls: planned walk", walk.length / 10, "m", most=luckiest / 10),
            Row(f"{stops} stalls: best of {RANDOM_TOURS} random", luckiest / 10, "m"),
            Row(f"{stops} stalls: time", took, "s", most=1),
        ]
    return Table("Pick tours through the aisles", rows)
