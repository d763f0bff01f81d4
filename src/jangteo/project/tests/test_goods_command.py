from __future__ import annotations

import json
from contextlib import AbstractContextManager, nullcontext

import pytest
import typer
from typer.testing import CliRunner

from jangteo.project import cluster
from jangteo.project.cli import goods, steps
from tests.world import World


def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    goods.register(made)
    return made


def say(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app(), ["goods", "say", *words])
    return done.exit_code, done.output


def server_is_up(_var: object) -> AbstractContextManager[None]:
    """The database of the tests stands already."""
    return nullcontext()


def test_it_answers_in_json_without_a_database() -> None:
    code, told = say("삼겹살 한 근 만이천", "--json")

    assert (code, json.loads(told)) == (
        0,
        {
            "intent": "put_up",
            "name": "삼겹살",
            "count": 1,
            "unit": "근",
            "grams": 600,
            "price_won": 12_000,
            "confidence": 0.93,
        },
    )


def test_it_reads_back_in_words() -> None:
    assert say("고등어 한 마리 오천 원") == (0, "고등어 한 마리, 오천 원에 올릴까요? (put_up, 97%)\n")
    assert say("갈치 만 오천 원으로 올려") == (0, "갈치, 만 오천 원으로 바꿀까요? (price, 87%)\n")
    assert say("꽈배기 구 천원") == (0, "꽈배기, 얼마가 맞나요? (9,000원, 1,000원)\n")


def test_it_knows_the_goods_of_a_stall(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "running", server_is_up)
    monkeypatch.setattr(steps, "migrate", lambda: None)

    assert json.loads(say("고둥어 품절", "--stall", world.fish.code, "--json")[1])["name"] == "고등어"
    assert json.loads(say("두부 품절", "--stall", world.fish.code, "--json")[1])["intent"] == "ask"


def test_a_stall_that_is_not_there_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "running", server_is_up)
    monkeypatch.setattr(steps, "migrate", lambda: None)

    code, told = say("두부 품절", "--stall", "999999", "--json")

    assert (code, json.loads(told)) == (2, {"refused": {"code": "stall_unknown", "stall": "999999"}})
