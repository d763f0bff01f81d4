"""`jangteo policies`: what voucher schemes give and forbid, taken out of a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from django.conf import settings
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import open_markets
from jangteo.domains.payments.actions.import_policies import import_policies
from jangteo.domains.payments.policy_files import ReadPolicies, read_policies
from jangteo.domains.payments.queries_policies import place_of, preview_policies
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.payments.rules.policy_plan import Plan
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.tenders import rate_words, scheme_name
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.errors import Refused
from jangteo.kernel.files.tables import Source
from jangteo.kernel.tenancy import in_market
from jangteo.project import cluster
from jangteo.project.cli import steps

OPERATOR = Actor(ActorKind.SYSTEM, "cli")

app = typer.Typer(
    name="policies", help="상품권·지역화폐 정책을 파일에서 읽어요 (policies of voucher schemes)", no_args_is_help=True
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file changes in one market."""

    market: Market
    read: ReadPolicies
    plan: Plan


def register(parent: typer.Typer) -> None:
    """Add the group of commands."""
    parent.add_typer(app)


@app.callback()
def _group() -> None:
    """Keeps `policies` a group while it has one command only."""


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(help="CSV나 XLSX (columns: 지역, 시작일, 종료일, 할인율, 월한도)", metavar="FILE")
    ],
    market: Annotated[
        str, typer.Option(help="한 시장만, 주소의 말 (slug); 비우면 열린 시장 모두 (all open markets)")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="바꾸지 않고 보고만 해요 (change nothing)")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON만 내보내요 (JSON only)")] = False,
) -> None:
    """정책 파일을 받아요. 한 줄이라도 맞지 않으면 아무것도 받지 않아요. (Take in a file of policies.)"""
    try:
        source = Source(file.name, file.read_bytes())
    except OSError as wrong:
        _stop(as_json, "file_unreadable", f"파일을 열 수 없어요: {file} ({wrong.strerror})")
    with cluster.running(settings.VAR):
        steps.migrate()
        markets = [one for one in open_markets() if market in ("", one.slug)]
        if not markets:
            _stop(
                as_json, "market_not_open", f"열려 있는 시장이 아니에요: {market or '-'}. 시장 주소를 다시 봐 주세요."
            )
        try:
            taken = [_previewed(one, source) for one in markets]
            if not dry_run:
                # Every market has been tried before the first one is changed.
                taken = [_taken(one) for one in taken]
        except Refused as refused:
            _stop(as_json, refused.code, sentence(refused), refused.facts)
    if as_json:
        typer.echo(json.dumps(_as_json(file.name, taken, dry_run=dry_run), ensure_ascii=False, indent=2))
    else:
        _show(Console(highlight=False), taken, dry_run=dry_run)


def _previewed(market: Market, source: Source) -> Taken:
    with in_market(market.pk):
        read = read_policies(source, place_of(market))
        return Taken(market, read, preview_policies(read))


def _taken(one: Taken) -> Taken:
    return Taken(one.market, one.read, import_policies(market=one.market, actor=OPERATOR, read=one.read))


def _stop(as_json: bool, code: str, words: str, facts: Mapping[str, str | int] | None = None) -> NoReturn:
    """Say why nothing happened and end with 1."""
    if as_json:
        refused = {"code": code, "reason": words, "facts": dict(facts or {})}
        typer.echo(json.dumps({"refused": refused}, ensure_ascii=False, indent=2))
    else:
        Console(stderr=True, highlight=False).print(Text(words), soft_wrap=True)
    raise typer.Exit(1)


def _as_json(file: str, taken: list[Taken], *, dry_run: bool) -> dict[str, object]:
    markets = [
        {
            "market": one.market.slug,
            "new": [_policy_json(policy) for policy in one.plan.new],
            "closed": [
                {"policy": int(closing.policy.id), "last_day": closing.last_day.isoformat()}
                for closing in one.plan.closings
            ],
            "same": len(one.plan.same),
            "elsewhere": len(one.read.elsewhere),
        }
        for one in taken
    ]
    return {"file": file, "dry_run": dry_run, "markets": markets}


def _policy_json(policy: Policy) -> dict[str, object]:
    return {
        "line": int(policy.id.removeprefix("line:")),
        "scheme": policy.scheme,
        "area": policy.area,
        "starts": policy.starts.isoformat(),
        "ends": policy.ends.isoformat() if policy.ends else None,
        "discount_bp": policy.discount_bp,
        "cashback": policy.cashback,
        "monthly_cap_won": policy.monthly_cap_won,
    }


def _show(console: Console, taken: list[Taken], *, dry_run: bool) -> None:
    table = Table("시장", "새로", "끝냄", "그대로", "다른 지역")
    for one in taken:
        counts = (len(one.plan.new), len(one.plan.closings), len(one.plan.same), len(one.read.elsewhere))
        table.add_row(one.market.name, *(f"{count:,}" for count in counts))
    console.print(table)
    for one in taken:
        for policy in one.plan.new:
            console.print(Text(f"{one.market.name}: {_line(policy)}"), soft_wrap=True)
    if dry_run:
        console.print("미리 보기예요. 아무것도 바꾸지 않았어요.")
    elif not any(one.plan.new for one in taken):
        console.print("바뀐 것은 없어요.")


def _line(policy: Policy) -> str:
    until = policy.ends.isoformat() if policy.ends else "따로 정할 때"
    way = "캐시백" if policy.cashback else "할인"
    what, where = scheme_name(policy.scheme), policy.area or "전국"
    return f"{what}, {where}, {policy.starts}부터 {until}까지 {rate_words(policy.discount_bp)}% {way}"
