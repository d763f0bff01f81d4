"""`jangteo reconcile FILE…`: files of gateways, banks, operators and shops against each other, or against the book."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from django.conf import settings
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.import_report import Imported, import_report
from jangteo.domains.settlement.business_days import korean_date
from jangteo.domains.settlement.reconcile.comparing import Break, BreakKind
from jangteo.domains.settlement.reconcile.reading import Taken, read_files
from jangteo.domains.settlement.reconcile.run import Report, Terms, reconcile
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.money_names import file_words
from jangteo.kernel import clock
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.errors import Refused
from jangteo.kernel.files.amounts import exact
from jangteo.kernel.files.tables import Source
from jangteo.project import cluster
from jangteo.project.cli import reconcile_words as words
from jangteo.project.cli import steps

OPERATOR = Actor(ActorKind.SYSTEM, "cli")
# As with `diff`: 1 for differences, 2 where nothing could be compared.
DIFFERENT, TROUBLE = 1, 2
MOST_SHOWN = 10


def register(parent: typer.Typer) -> None:
    """Add the command."""
    parent.command("reconcile")(run)


def run(
    files: Annotated[list[Path], typer.Argument(help="맞춰 볼 파일 (CSV or XLSX)", metavar="FILE...")],
    market: Annotated[str, typer.Option(help="이 시장의 장부와 맞춰요 (slug; against its book)", metavar="SLUG")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON만 내보내요 (JSON only)")] = False,
) -> None:
    """파일끼리, 또는 장부와 맞춰 봐요. 안 맞으면 1, 읽지 못하면 2로 끝나요. (Compare files, or files with the book.)"""
    console = Console(highlight=False)
    try:
        sources = [Source(file.name, file.read_bytes()) for file in files]
        different = _into_book(console, market, sources, as_json) if market else _files(console, sources, as_json)
    except OSError as no:
        _stop(as_json, "file_unreadable", f"파일을 열 수 없어요: {no.filename} ({no.strerror})")
    except Refused as no:
        _stop(as_json, no.code, sentence(no))
    if different:
        raise typer.Exit(DIFFERENT)


def _files(console: Console, sources: Sequence[Source], as_json: bool) -> bool:
    read = read_files(sources)
    report = reconcile(read, Terms(korean_date(clock.now())))
    if as_json:
        _print_json({"files": [_taken_json(one) for one in read.taken], **report.as_dict()})
    else:
        _show_taken(console, read.taken)
        _show(console, report)
    return bool(report.breaks)


def _into_book(console: Console, slug: str, sources: Sequence[Source], as_json: bool) -> bool:
    """The same as the office's upload: what does not agree is opened there and waits for an owner."""
    with cluster.running(settings.VAR):
        steps.migrate()
        found = Market.objects.filter(slug=slug).first()
        if found is None:
            _stop(as_json, "market_unknown", f"그런 시장이 없어요: {slug}")
        done = [import_report(market=found, actor=OPERATOR, source=source) for source in sources]
    if as_json:
        _print_json({"files": [_imported_json(one) for one in done]})
    else:
        for one in done:
            console.print(words.imported(one.file.name, one.file.kinds, one.file.breaks, is_new=one.is_new))
    return any(one.file.breaks for one in done)


def _taken_json(one: Taken) -> dict[str, object]:
    return {
        "file": one.file,
        "sheet": one.sheet,
        "kind": one.kind,
        "encoding": one.encoding,
        "line": one.line,
        "rows": one.rows,
        "totals": one.totals,
        "columns": dict(one.columns),
    }


def _imported_json(one: Imported) -> dict[str, object]:
    row = one.file
    return {"file": row.name, "kinds": row.kinds, "rows": row.rows, "breaks": row.breaks, "new": one.is_new}


def _show_taken(console: Console, taken: Iterable[Taken]) -> None:
    for one in taken:
        name = f"{one.file} ({one.sheet})" if one.sheet else one.file
        console.print(Text(f"{name}: {file_words(one.kind)}, {one.rows:,}줄 ({one.encoding})"), soft_wrap=True)


def _show(console: Console, report: Report) -> None:
    console.print(f"\n주문 {report.orders:,}건을 맞춰 봤어요.")
    if not report.breaks:
        console.print("모두 맞아요.")
        return
    for kind in BreakKind:
        found = report.of(kind)
        if found:
            console.print(f"\n[bold]{words.BREAKS[kind]}[/] {len(found):,}건")
            console.print(_table(found[:MOST_SHOWN]))
            if len(found) > MOST_SHOWN:
                console.print(f"… {len(found) - MOST_SHOWN:,}건이 더 있어요. --json 으로 모두 볼 수 있어요.")


def _table(found: Iterable[Break]) -> Table:
    table = Table("무엇", "우리", "저쪽", "차이", "날짜")
    for one in found:
        amounts = [
            "없음" if units is None else exact(units, one.digits) for units in (one.here, one.there, one.difference)
        ]
        cells = [one.order or one.key, *amounts, one.day.isoformat() if one.day else ""]
        table.add_row(*(Text(cell, overflow="fold") for cell in cells))
    return table


def _stop(as_json: bool, code: str, said: str) -> NoReturn:
    if as_json:
        _print_json({"refused": {"code": code, "reason": said}})
    else:
        Console(stderr=True, highlight=False).print(Text(said), soft_wrap=True)
    raise typer.Exit(TROUBLE)


def _print_json(answer: Mapping[str, object]) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
