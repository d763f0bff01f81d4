from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from jangteo.adapters.osrm.client import OsrmDistances
from jangteo.domains.delivery.routing.tests.test_formats import CVRP, LI_LIM
from jangteo.domains.delivery.straight import StraightLines
from jangteo.project import routing
from jangteo.project.cli import routes
from jangteo.project.cli.route_words import WORDS
from tests.real_data import real_data


def ask(file: Path, *options: str) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    routes.register(app)
    return CliRunner().invoke(app, ["routes", "solve", str(file), "--seconds", "0.2", *options])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "problem.txt"


def test_a_plan_is_printed_as_cost_vehicles_and_routes(file: Path) -> None:
    file.write_text(LI_LIM)

    answer = ask(file, "--json")

    assert (answer.exit_code, json.loads(answer.stdout)) == (0, {"cost": 20.0, "vehicles": 1, "routes": [[1, 2]]})


def test_capacity_decides_how_many_set_out(file: Path) -> None:
    file.write_text(CVRP)

    told = json.loads(ask(file, "--json").stdout)

    assert (told["cost"], told["vehicles"], sorted(told["routes"])) == (12, 2, [[1], [2]])


def test_people_get_a_table_and_the_sums(file: Path) -> None:
    file.write_text(LI_LIM)

    told = ask(file).stdout

    assert "1 2" in told
    assert "거리 20.0, 차 1대. 시간·무게·순서를 모두 확인했어요." in told


def test_a_bad_file_is_said_in_one_sentence_and_ends_with_2(file: Path) -> None:
    file.write_text(LI_LIM.replace("3 4 6", "3 x 6"))

    answer = ask(file)

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr == "3번째 줄: 맞지 않는 숫자가 있어요.\n"


def test_a_bad_file_has_a_code_in_json(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")

    answer = ask(file, "--json")

    assert answer.exit_code == 2
    assert json.loads(answer.stdout) == {"refused": {"code": "unknown_format", "line": 0, "what": ""}}


def test_a_file_that_is_not_there_is_said(file: Path) -> None:
    answer = ask(file)

    assert answer.exit_code == 2
    assert "파일을 열 수 없어요" in answer.stderr


def test_what_nobody_can_do_is_said_and_not_planned(file: Path) -> None:
    file.write_text(LI_LIM.replace("5 50 2 0 2", "0 1 2 0 2"))

    answer = ask(file)

    assert answer.exit_code == 2
    assert answer.stderr.startswith(WORDS["impossible"].format(what="1"))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "vehicles", "best"), [("lc101", 10, 828.9369), ("lr101", 19, 1650.7992)])
def test_published_problems_come_within_two_per_cent(name: str, vehicles: int, best: float) -> None:
    told = json.loads(ask(real_data(f"vrp/pdptw/{name}.txt"), "--json", "--seconds", "5").stdout)

    assert (told["vehicles"], len(told["routes"])) == (vehicles, vehicles)
    assert told["cost"] <= best * 1.02


def test_ways_are_straight_until_a_map_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JANGTEO_OSRM_URL", raising=False)
    assert isinstance(routing.distances(lambda: None), StraightLines)

    monkeypatch.setenv("JANGTEO_OSRM_URL", "http://127.0.0.1:1")
    assert isinstance(routing.distances(lambda: None), OsrmDistances)


def test_the_extra_is_used_where_it_is_and_never_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert routing.router.__wrapped__().name == "pyvrp"
    assert routing.router.__wrapped__(fewest_vehicles=True).name == "plain"

    monkeypatch.setattr(routing, "find_spec", lambda name: None)
    assert routing.router.__wrapped__().name == "plain"
