"""`jangteo markets`: the national list of markets, and opening one of them."""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from django.conf import settings
from django.urls import URLResolver, get_resolver, reverse
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jangteo.domains.markets.actions.import_markets import import_markets
from jangteo.domains.markets.actions.open_market import Opening, open_market
from jangteo.domains.markets.errors import MarketUnknown
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.national.find import Found, market_by_code, near_markets
from jangteo.domains.markets.national.plan import Decision
from jangteo.domains.markets.national.preview import preview_markets
from jangteo.domains.markets.national.report import Finding, Report
from jangteo.domains.markets.national.rows import read_file
from jangteo.domains.markets.rules import STARTER_KINDS, STARTER_STREET
from jangteo.domains.people.actions.make_entry_link import GOOD_FOR, make_entry_link
from jangteo.domains.people.models import Role
from jangteo.kernel import clock
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.errors import Refused
from jangteo.project import addresses, cluster, environment
from jangteo.project.cli import steps
from jangteo.project.cli.market_words import field_name, reason, refusal

OPERATOR = Actor(ActorKind.SYSTEM, "cli")
# Faces that are on their way, and what people expect at such an address.
KEPT_WORDS = frozenset(
    {"admin", "api", "board", "courier", "helper", "kiosk", "live", "media", "merchant", "office", "www"}
)
MOST_NEAR = 20
MOST_SHOWN = 5

NEXT_STEPS = (
    "jangteo up 으로 화면을 켜고 시장매니저 링크로 들어가요.",
    "‘점포’에서 점포를 올려요.",
    "점포마다 ‘사장님 링크 만들기’를 눌러 사장님께 보내요.",
    "사장님 전화기에서 ‘물건 올리기’를 눌러요.",
)

app = typer.Typer(
    name="markets", help="전국 전통시장 자료를 받고 시장을 열어요 (import and open markets)", no_args_is_help=True
)
Url = Annotated[
    str, typer.Option(help="링크 앞에 붙일 주소, 비우면 이 컴퓨터의 주소 (http://… of the pages)", metavar="URL")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON만 내보내요 (JSON only)")]


def register(parent: typer.Typer) -> None:
    """Add the group of commands."""
    parent.add_typer(app)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="전국전통시장표준데이터 CSV (national standard file)", metavar="FILE")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="바꾸지 않고 보고만 해요 (change nothing)")] = False,
    same: Annotated[list[str] | None, typer.Option(help="행=시장번호, 그 시장이 맞아요 (ROW=CODE)")] = None,
    new: Annotated[list[int] | None, typer.Option(help="행, 새 시장이에요 (ROW)")] = None,
    as_json: AsJson = False,
) -> None:
    """전국전통시장표준데이터를 받아요. (Take in a release of the national list of markets.)"""
    decisions = [*map(_same, same or ()), *(Decision(row, None) for row in new or ())]
    with _refusals_told(as_json):
        try:
            data = file.read_bytes()
        except OSError as wrong:
            _stop(as_json, "file_unreadable", f"파일을 열 수 없어요: {file} ({wrong.strerror})")
        read = read_file(data, clock.today())
        with _database():
            if dry_run:
                report = preview_markets(read, decisions)
            else:
                report = import_markets(actor=OPERATOR, file=read, decisions=decisions)
    if as_json:
        _print_json(report_json(report))
    else:
        _show(Console(highlight=False), report, dry_run=dry_run)


@app.command("open")
def open_listed(
    code: Annotated[str, typer.Argument(help="시장 번호 (code), 모르면 이름 (or a name to look for)", metavar="CODE")],
    slug: Annotated[str, typer.Option(help="화면 주소에 쓸 말, 비우면 이름에서 지어요 (address)")] = "",
    stripe_a: Annotated[str, typer.Option(help="천막 줄무늬 색 하나 (#RRGGBB)")] = "#0B6B45",
    stripe_b: Annotated[str, typer.Option(help="천막 줄무늬 다른 색 (#RRGGBB)")] = "#FFFFFF",
    url: Url = "",
    as_json: AsJson = False,
) -> None:
    """받아 둔 시장 하나를 열어요. (Open one of the listed markets.)"""
    asked = _asked(url)
    opening = Opening(slug.strip().lower(), stripe_a.strip(), stripe_b.strip(), reserved_words())
    with _refusals_told(as_json), _database():
        market = market_by_code(code)
        if market is None:
            near = near_markets(code, MOST_NEAR)
            _stop(as_json, MarketUnknown.code, refusal(MarketUnknown(code=code)), near)
        opened = open_market(market=market, actor=OPERATOR, opening=opening)
        entry_url = _manager_link(opened, asked or _served())
    if as_json:
        facts = {"code": opened.code, "slug": opened.slug, "name": opened.name, "state": opened.state}
        _print_json({**facts, "entry_url": entry_url})
    else:
        _show_opened(Console(highlight=False), opened, entry_url)


@app.command("link")
def link_manager(
    code: Annotated[str, typer.Argument(help="열린 시장의 번호 (code of an open market)", metavar="CODE")],
    url: Url = "",
    as_json: AsJson = False,
) -> None:
    """열린 시장의 시장매니저 링크를 새로 만들어요. (Make a fresh manager's link.)"""
    asked = _asked(url)
    with _refusals_told(as_json), _database():
        market = market_by_code(code)
        if market is None or market.state != Market.State.OPEN:
            _stop(
                as_json,
                "market_not_open",
                f"열려 있는 시장이 아니에요: {code}. jangteo markets open 으로 먼저 열어 주세요.",
            )
        entry_url = _manager_link(market, asked or _served())
    if as_json:
        _print_json({"code": market.code, "entry_url": entry_url})
    else:
        _show_link(Console(highlight=False), entry_url)


def reserved_words() -> frozenset[str]:
    """First words of the program's own addresses, now and as planned: a market of that name could not be reached."""
    served = (url.strip("/") for url in (settings.STATIC_URL, settings.MEDIA_URL))
    return KEPT_WORDS | {word for word in (*_first_words(get_resolver()), *served) if word and "<" not in word}


def _first_words(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver) and "/" not in route:
            yield from _first_words(pattern, route)
        else:
            yield route.split("/")[0]


def report_json(report: Report) -> dict[str, object]:
    """The report as it is printed: counts, then flagged and rejected rows with their Korean reason."""
    return {
        "read": report.read,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "flagged": [_finding_json(finding) for finding in report.flagged],
        "rejected": [_finding_json(finding) for finding in report.rejected],
    }


def _finding_json(finding: Finding) -> dict[str, object]:
    return {"row": finding.row, "field": finding.field, "value": finding.value, "reason": reason(finding)}


def _same(option: str) -> Decision:
    row, mark, code = option.partition("=")
    if not mark or not row.isdecimal() or not code:
        raise typer.BadParameter("12=gangwon-07316 처럼 적어 주세요 (ROW=CODE)", param_hint="--same")
    return Decision(int(row), code.strip().lower())


@contextlib.contextmanager
def _database() -> Iterator[None]:
    """The installation's database with its tables, started for the moment where it is not running."""
    with cluster.running(settings.VAR):
        steps.migrate()
        yield


@contextlib.contextmanager
def _refusals_told(as_json: bool) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        _stop(as_json, refused.code, refusal(refused))


def _stop(as_json: bool, code: str, sentence: str, near: Sequence[Found] = ()) -> NoReturn:
    """Say why nothing happened and end with 1."""
    if as_json:
        listed = [{"code": found.code, "name": found.name, "address": found.address} for found in near]
        _print_json({"refused": {"code": code, "reason": sentence, "near": listed}})
    else:
        console = Console(stderr=True, highlight=False)
        console.print(Text(sentence), soft_wrap=True)
        if near:
            console.print("혹시 이 가운데 있나요? 시장 번호로 다시 해 주세요.")
            console.print(_table(("시장 번호", "이름", "주소"), [(one.code, one.name, one.address) for one in near]))
    raise typer.Exit(1)


def _print_json(answer: Mapping[str, object]) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def _show(console: Console, report: Report, *, dry_run: bool) -> None:
    counts = (report.read, report.created, report.updated, report.unchanged, len(report.rejected))
    console.print(_table(("읽음", "새로", "바꿈", "그대로", "안 받음"), [[f"{count:,}" for count in counts]]))
    for title, findings in (("받지 않은 행", report.rejected), ("받았지만 확인할 것", _only_flagged(report))):
        if findings:
            console.print(f"\n[bold]{title}[/] {len(findings):,}")
            console.print(_table(("무엇", "몇 건", "왜", "행: 값"), _summary(findings)))
    if dry_run:
        console.print("\n미리 보기예요. 아무것도 바꾸지 않았어요.")
    elif report.created or report.updated:
        console.print("\n시장을 열려면: jangteo markets open 시장번호 (번호를 모르면 시장 이름)")


def _only_flagged(report: Report) -> list[Finding]:
    """Flagged findings without those of rejected rows, which are shown there."""
    rejected = {finding.row for finding in report.rejected}
    return [finding for finding in report.flagged if finding.row not in rejected]


def _summary(findings: Sequence[Finding]) -> list[tuple[str, str, str, str]]:
    """One line for each reason, with the first few rows. What a person must decide on is listed one by one."""
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[(finding.field, reason(finding))].append(finding)
    lines = []
    for (field, why), group in groups.items():
        shown = ", ".join(f"{one.row}: {one.value}" if one.value else str(one.row) for one in group[:MOST_SHOWN])
        lines.append((field_name(field), f"{len(group):,}", why, shown + (" …" if len(group) > MOST_SHOWN else "")))
    return lines


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(*headers)
    for row in rows:
        table.add_row(*(Text(cell, overflow="fold") for cell in row))
    return table


def _asked(url: str) -> str:
    """The address as asked for. Raises BadParameter for what is none."""
    asked = url.strip().rstrip("/")
    if asked and not asked.startswith(("http://", "https://")):
        raise typer.BadParameter("http://192.168.0.5:8000 처럼 적어 주세요", param_hint="--url")
    return asked


def _served() -> str:
    """Where `jangteo up` serves the pages on this machine."""
    host = addresses.in_the_local_network() or "localhost"
    return f"http://{host}:{environment.number('JANGTEO_PORT')}"


def _manager_link(market: Market, base: str) -> str:
    """The address of a new one-tap link into the market's office."""
    token = make_entry_link(market=market, actor=OPERATOR, role=Role.MANAGER)
    return base + reverse("merchant:enter", args=[token])


def _show_link(console: Console, entry_url: str) -> None:
    console.print(Text(f"시장매니저 링크: {entry_url}", style=f"link {entry_url}"), soft_wrap=True)
    console.print(f"{GOOD_FOR.days}일 안에 한 번, 상인회에서 쓸 전화기나 컴퓨터로 열어 주세요.", soft_wrap=True)


def _show_opened(console: Console, market: Market, entry_url: str) -> None:
    console.print(
        Text(f"시장을 열었어요: {market.name} (시장 번호 {market.code}), 주소 /{market.slug}/"), soft_wrap=True
    )
    console.print(f"여는 시간은 {market.opens_at:%H:%M}부터 {market.closes_at:%H:%M}까지로 해 두었어요.")
    if not market.cycle:
        console.print("장날을 알 수 없는 자료라서, 지금은 날마다 여는 것으로 보여요.", soft_wrap=True)
    console.print(f"물건 종류 {len(STARTER_KINDS)}가지와 ‘{STARTER_STREET[0]}’을 만들어 두었어요.")
    _show_link(console, entry_url)
    console.print("다음에 할 일:")
    for number, step in enumerate(NEXT_STEPS, start=1):
        console.print(f"  {number}. {step}", soft_wrap=True)
