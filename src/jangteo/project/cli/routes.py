"""`jangteo routes solve FILE`: plan a published routing problem, and check the plan. Needs no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jangteo.domains.delivery.ports import Effort
from jangteo.domains.delivery.routing.checker import Checked, check
from jangteo.domains.delivery.routing.formats import BadFile, Instance, read
from jangteo.domains.delivery.routing.problem import Solution
from jangteo.project.cli.route_words import words_of
from jangteo.project.routing import router

TROUBLE = 2
LARGEST_BYTES = 1_000_000


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    routes = typer.Typer(help="배달 길을 짜요 (plan routes)", no_args_is_help=True)
    routes.callback()(lambda: None)
    routes.command("solve")(solve)
    parent.add_typer(routes, name="routes")


def solve(
    file: Annotated[Path, typer.Argument(help="문제 파일 (Li & Lim 또는 CVRPLIB)", metavar="FILE")],
    seconds: Annotated[float, typer.Option(help="찾는 시간, 초 (how long to search)", min=0.1, max=3600)] = 10.0,
    seed: Annotated[int, typer.Option(help="우연의 씨앗 (seed)", min=0)] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="JSON만 내보내요 (JSON only)")] = False,
) -> None:
    """배달 길 문제를 풀고, 답을 다시 확인해서 보여 줘요. (Solve a routing problem and check the answer.)"""
    try:
        instance = read(_text(file))
    except BadFile as bad:
        _refuse(bad, as_json)
        raise typer.Exit(TROUBLE) from None
    plan = router(fewest_vehicles=instance.fewest_vehicles).solve(instance.problem, Effort(seconds, seed=seed))
    checked = check(instance.problem, plan)
    if plan.skipped:
        _refuse(BadFile("impossible", what=str(len(plan.skipped))), as_json)
        raise typer.Exit(TROUBLE)
    if as_json:
        typer.echo(json.dumps(_document(instance, plan, checked)))
    else:
        _print(instance, plan, checked)


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise BadFile("too_large")
        return file.read_text(encoding="utf-8-sig")
    except OSError:
        raise BadFile("unreadable", what=str(file)) from None
    except UnicodeDecodeError:
        raise BadFile("unknown_format") from None


def _document(instance: Instance, plan: Solution, checked: Checked) -> dict[str, object]:
    return {
        "cost": _cost(instance, checked.distance),
        "vehicles": checked.vehicles,
        "routes": [list(route) for route in plan.routes if route],
    }


def _cost(instance: Instance, distance: int) -> float:
    return distance if instance.scale == 1 else round(distance / instance.scale, 4)


def _print(instance: Instance, plan: Solution, checked: Checked) -> None:
    table = Table("차", "들르는 곳", box=None)
    for number, route in enumerate((route for route in plan.routes if route), 1):
        table.add_row(str(number), " ".join(map(str, route)))
    console = Console(highlight=False)
    console.print(table)
    cost = f"{_cost(instance, checked.distance):,}"
    console.print(Text(f"거리 {cost}, 차 {checked.vehicles}대. 시간·무게·순서를 모두 확인했어요."))


def _refuse(bad: BadFile, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"refused": {"code": bad.code, "line": bad.line, "what": bad.what}}, ensure_ascii=False))
    else:
        Console(stderr=True, highlight=False).print(Text(words_of(bad)), soft_wrap=True)
