"""`jangteo goods say "고등어 한 마리 오천 원"`: how a sentence about goods is understood. Changes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console
from rich.text import Text

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import all_goods_of_stall
from jangteo.domains.catalog.speech import Intent, Known, Meaning, understand
from jangteo.domains.markets.queries import stall_by_code
from jangteo.faces._parts.words.saying import read_back
from jangteo.kernel.tenancy import in_stall, unscoped
from jangteo.project import cluster
from jangteo.project.cli import steps

TROUBLE = 2


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    goods = typer.Typer(help="물건을 말로 올려요 (goods by voice or text)", no_args_is_help=True)
    goods.command("say")(say)
    parent.add_typer(goods, name="goods")


def say(
    sentence: Annotated[str, typer.Argument(help="하려는 말 (what is said)", metavar="SENTENCE")],
    stall: Annotated[str, typer.Option(help="이 가게의 물건 이름과 맞춰 봐요 (stall code)", metavar="CODE")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON만 내보내요 (JSON only)")] = False,
) -> None:
    """말을 어떻게 알아듣는지 보여 줘요. 아무것도 바꾸지 않아요. (Show how a sentence is understood.)"""
    meaning = understand(sentence, _goods_of(stall, as_json) if stall else ())
    if as_json:
        typer.echo(json.dumps(meaning.as_dict(), ensure_ascii=False))
        return
    Console(highlight=False).print(Text(_words(meaning)), soft_wrap=True)


def _words(meaning: Meaning) -> str:
    if meaning.intent != Intent.ASK:
        return f"{read_back(meaning)} ({meaning.intent}, {meaning.percent}%)"
    prices = ", ".join(f"{won:,}원" for won in meaning.prices)
    return read_back(meaning) + (f" ({prices})" if prices else "")


def _goods_of(code: str, as_json: bool) -> Sequence[Known]:
    """What the stall has up."""
    with cluster.running(settings.VAR):
        steps.migrate()
        with unscoped():
            stall = stall_by_code(code)
        if stall is None:
            _unknown(code, as_json)
            raise typer.Exit(TROUBLE)
        with in_stall(stall.market_id, stall.pk):
            goods = [good for good in all_goods_of_stall(stall.pk) if good.state != Good.State.HIDDEN]
            return [Known(good.name, good.unit, good.unit_grams) for good in goods]


def _unknown(code: str, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"refused": {"code": "stall_unknown", "stall": code}}, ensure_ascii=False))
    else:
        Console(stderr=True, highlight=False).print(Text(f"그런 가게 번호가 없어요: {code}"))
