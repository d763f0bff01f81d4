"""`jangteo ledger`: the book proves itself, and says what happened with an order's money."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection, transaction
from rich.console import Console
from rich.text import Text

from jangteo.domains.ledger.ages import Owed, clearing_ages
from jangteo.domains.ledger.invariants import Breach, Invariant
from jangteo.kernel import clock
from jangteo.kernel.clock import KST
from jangteo.project import cluster
from jangteo.project.cli import ledger_words as words
from jangteo.project.cli import steps
from jangteo.project.cli.ledger_story import Story, find_orders, story_of
from jangteo.project.invariants import CLOSED_DAYS, INVARIANTS

MOST_SHOWN = 20

app = typer.Typer(name="ledger", help="장부가 맞는지 보고 주문의 돈을 따라가요 (prove the book)", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="JSON만 내보내요 (JSON only)")]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one invariant found among so many things; `words` is where they stand in the list of words."""

    name: str
    words: str
    checked: int
    breaches: list[Breach]


def register(parent: typer.Typer) -> None:
    """Add the group of commands."""
    parent.add_typer(app)


@app.command("verify")
def verify(as_json: AsJson = False) -> None:
    """장부가 스스로 맞는지 따져 봐요. 틀린 곳이 있으면 1로 끝나요. (Check every invariant of the book.)"""
    with _database(), _one_moment():
        began = time.monotonic()
        verdicts = [_verdict(one) for one in INVARIANTS]
        owed = clearing_ages()
        seconds = time.monotonic() - began
    if as_json:
        _print_json(_as_json(verdicts, owed, seconds))
    else:
        _show_verdicts(Console(highlight=False), verdicts, owed, seconds)
    if any(verdict.breaches for verdict in verdicts):
        raise typer.Exit(1)


# References of older orders may begin with a dash; without this they would be taken for options.
@app.command("show", context_settings={"ignore_unknown_options": True})
def show(
    order: Annotated[str, typer.Argument(help="오늘의 주문 번호, 주문 이름(ref) 또는 주소의 열쇠", metavar="ORDER")],
    as_json: AsJson = False,
) -> None:
    """주문 하나의 돈이 어디서 와서 어디로 갔는지 말해 줘요. (Explain where an order's money went.)"""
    console = Console(highlight=False)
    with _database():
        stories = [story_of(found) for found in find_orders(order)]
    if not stories:
        typer.echo("그런 주문이 없어요. 오늘의 번호나 주문 이름(ref)을 적어 주세요. (no such order)", err=True)
        raise typer.Exit(1)
    if as_json:
        _print_json({"orders": [_story_json(story) for story in stories]})
        return
    for story in stories:
        _show_story(console, story)


@contextmanager
def _database() -> Iterator[None]:
    """The installation's database with its tables, started for the moment where it is not running."""
    with cluster.running(settings.VAR):
        steps.migrate()
        yield


def _verdict(one: Invariant) -> Verdict:
    words_of = "I12 closed" if one is CLOSED_DAYS else one.name
    return Verdict(one.name, words_of, one.checked(), one.breaches())


@contextmanager
def _one_moment() -> Iterator[None]:
    """All invariants look at the same book, also while the market trades."""
    is_inside = connection.in_atomic_block
    with transaction.atomic():
        if not is_inside:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _as_json(verdicts: list[Verdict], owed: list[Owed], seconds: float) -> dict[str, object]:
    clearing = [
        {"account": one.account, "won": one.won, "since": one.since and one.since.astimezone(KST).isoformat()}
        for one in owed
    ]
    return {
        "ok": not any(verdict.breaches for verdict in verdicts),
        "invariants": [
            {"name": one.name, "checked": one.checked, "breaches": [asdict(breach) for breach in one.breaches]}
            for one in verdicts
        ],
        "clearing": clearing,
        "seconds": round(seconds, 3),
    }


def _show_verdicts(console: Console, verdicts: list[Verdict], owed: list[Owed], seconds: float) -> None:
    for verdict in verdicts:
        if verdict.name == "I9":
            _show_ages(console, owed)
        _show_verdict(console, verdict)
    wrong = sum(len(verdict.breaches) for verdict in verdicts)
    end = f"틀린 곳 {wrong:,}군데 ({wrong:,} breaches)" if wrong else "모두 맞아요 (all is well)"
    console.print(f"{end}, {seconds:.1f} s")


def _show_verdict(console: Console, verdict: Verdict) -> None:
    korean, english = (text.format(n=f"{verdict.checked:,}") for text in words.INVARIANTS[verdict.words])
    if not verdict.breaches:
        console.print(Text(f"{verdict.name:<4}맞음  {korean} ({english})"), soft_wrap=True)
        return
    count = f"{len(verdict.breaches):,}"
    console.print(Text(f"{verdict.name:<4}틀림  {count}군데. 바른 것은: {korean} ({english})"), soft_wrap=True)
    for breach in verdict.breaches[:MOST_SHOWN]:
        line = f"      {breach.subject}: {breach.expected} 이어야 하는데 {breach.found} (expected, found)"
        console.print(Text(line), soft_wrap=True)
    if len(verdict.breaches) > MOST_SHOWN:
        console.print(f"      … {len(verdict.breaches) - MOST_SHOWN:,}")


def _show_ages(console: Console, owed: list[Owed]) -> None:
    """No verdict: how long a gateway may take is for the settlement to say."""
    if not owed:
        console.print("I8  비었음  결제사에서 받을 돈이 없어요 (clearing accounts are at 0)", soft_wrap=True)
    for one in owed:
        days = "" if one.since is None else f", 가장 오래된 것은 {(clock.now() - one.since).days}일 됐어요"
        console.print(f"I8  나이  {one.account} {words.won(one.won)}{days} (age of what is owed)", soft_wrap=True)


def _show_story(console: Console, story: Story) -> None:
    order = story.order
    console.print(Text(f"{story.market} {order.day} {order.number}번, {order.state} ({order.ref})"), soft_wrap=True)
    for event in story.events:
        console.print(Text(f"  {event.at.astimezone(KST):%m-%d %H:%M:%S}  {event.what}"), soft_wrap=True)
    console.print("  모두 더하면 (sums; what came in is +, what is owed is -)")
    for name, amount in story.sums.items():
        console.print(Text(f"    {amount:>+14,}원  {name}"), soft_wrap=True)


def _story_json(story: Story) -> dict[str, object]:
    return {
        "ref": story.order.ref,
        "number": story.order.number,
        "day": story.order.day.isoformat(),
        "state": story.order.state,
        "events": [
            {"at": event.at.astimezone(KST).isoformat(), "what": event.what, "won": event.won} for event in story.events
        ],
        "sums": story.sums,
    }


def _print_json(answer: Mapping[str, object]) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
