"""`jangteo money simulate`: invented trade in a database of its own, until something is wrong or the steps are over."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console
from rich.text import Text

from jangteo.project.simulate.many import Play, simulate_many
from jangteo.project.simulate.run import Outcome

app = typer.Typer(name="money", help="돈이 새지 않는지 모의로 돌려 봐요 (try the money out)", no_args_is_help=True)


def register(parent: typer.Typer) -> None:
    """Add the group of commands."""
    parent.add_typer(app)


@app.callback()
def _root() -> None:
    """Keeps `money` a group while it has one command only."""


@app.command("simulate")
def run(
    seed: Annotated[int, typer.Option(help="같은 씨앗은 같은 장부예요 (same seed, same book)", min=0)] = 1,
    steps: Annotated[int, typer.Option(help="몇 걸음 (steps of each run)", min=1, max=100_000)] = 100,
    runs: Annotated[int, typer.Option(help="씨앗을 하나씩 올리며 몇 번 (runs, each with the next seed)", min=1)] = 1,
    jobs: Annotated[int, typer.Option(help="한꺼번에 몇 개씩 (runs at once)", min=1, max=64)] = 1,
    control: Annotated[
        bool, typer.Option("--control", help="일부러 지키지 않아요 (a guard is off: must fail)")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON만 내보내요 (JSON only)")] = False,
) -> None:
    """가짜 시장에서 주문하고 결제하고 고장 내고 되돌려요. 틀리면 1로 끝나요. (Simulate trade on a scratch database.)"""
    console = Console(highlight=False)
    outcomes = []
    play = Play(steps, forgetful=control)
    for outcome in simulate_many(range(seed, seed + runs), play, folder=Path(settings.VAR) / "simulate", jobs=jobs):
        outcomes.append(outcome)
        if not as_json:
            _show(console, outcome)
    if as_json:
        typer.echo(json.dumps(_all_as_json(outcomes), ensure_ascii=False, indent=2))
    else:
        _show_histogram(console, outcomes)
    if any(outcome.violations for outcome in outcomes):
        raise typer.Exit(1)


def _all_as_json(outcomes: Iterable[Outcome]) -> dict[str, object]:
    told, seen = happened(outcomes)
    return {
        "runs": [_as_json(outcome) for outcome in outcomes],
        "told": dict(sorted(told.items())),
        "seen": dict(sorted(seen.items())),
    }


def _as_json(outcome: Outcome) -> dict[str, object]:
    return {
        "seed": outcome.seed,
        "steps": outcome.steps,
        "book_hash": outcome.book_hash,
        "entries": outcome.entries,
        "crashes": outcome.crashes,
        "told": dict(sorted(outcome.told.items())),
        "seen": dict(sorted(outcome.seen.items())),
        "violations": [asdict(one) for one in outcome.violations],
    }


def happened(outcomes: Iterable[Outcome]) -> tuple[Counter[str], Counter[str]]:
    """Over all runs: steps by how they went, and what they brought about."""
    told, seen = Counter[str](), Counter[str]()
    for outcome in outcomes:
        told += outcome.told
        seen += outcome.seen
    return told, seen


def _show(console: Console, outcome: Outcome) -> None:
    told = f"seed {outcome.seed}  {outcome.steps} steps  {outcome.entries} entries  {outcome.crashes} crashes"
    verdict = f"틀린 곳 {len(outcome.violations)} (violations)" if outcome.violations else "맞아요 (no violation)"
    console.print(Text(f"{told}  {verdict}  book {outcome.book_hash}"), soft_wrap=True)
    for one in outcome.violations:
        where = f"step {one.step} {one.deed}" if one.step else one.deed
        line = f"  {one.rule} {where}: {one.subject}: {one.expected} 이어야 하는데 {one.found} (expected, found)"
        console.print(Text(line), soft_wrap=True)


def _show_histogram(console: Console, outcomes: Iterable[Outcome]) -> None:
    """How often what happened, so that nobody takes a run for more than it was."""
    for title, counted in zip(("걸음 (steps)", "벌어진 일 (what came of them)"), happened(outcomes), strict=True):
        console.print(Text(title))
        for kind, number in sorted(counted.items()):
            console.print(Text(f"{number:>8,}  {kind}"), soft_wrap=True)
