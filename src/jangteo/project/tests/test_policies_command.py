from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from jangteo.domains.payments.queries_policies import policy_rows
from jangteo.kernel.tenancy import in_market
from jangteo.project.cli.policies import app
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
HEAD = "지역,시작일,종료일,할인율,월한도"
OURS = "가람시,2027-01-01,2027-06-30,10%,50만"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["import", *(str(word) for word in words)], env={"COLUMNS": "200"})


def saved(folder: Path, *lines: str, encoding: str = "cp949") -> Path:
    path = folder / "정책.csv"
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))
    return path


def count(world: World) -> int:
    with in_market(world.market.pk):
        return len(policy_rows())


def test_the_report_as_json_has_exactly_the_promised_shape(world: World, tmp_path: Path) -> None:
    file = saved(tmp_path, HEAD, OURS, "속초시,2027-01-01,,15%,30만")
    before = run(file, "--dry-run", "--json")
    assert count(world) == 0

    result, again = run(file, "--json"), run(file, "--json")

    assert (result.exit_code, result.stderr) == (0, "")
    row = {
        "line": 2,
        "scheme": "local",
        "area": "가람시",
        "starts": "2027-01-01",
        "ends": "2027-06-30",
        "discount_bp": 1000,
        "cashback": False,
        "monthly_cap_won": 500000,
    }
    here = {"market": "jangteo", "new": [row], "closed": [], "same": 0, "elsewhere": 1}
    assert json.loads(result.stdout) == {"file": "정책.csv", "dry_run": False, "markets": [here]}
    assert json.loads(before.stdout) == {"file": "정책.csv", "dry_run": True, "markets": [here]}
    assert json.loads(again.stdout)["markets"] == [{**here, "new": [], "same": 1}]
    assert count(world) == 1


def test_a_person_reads_what_came_of_it(world: World, tmp_path: Path) -> None:
    file = saved(tmp_path, HEAD, OURS, encoding="utf-8-sig")

    first, again = run(file), run(file)

    assert "장터시장: 지역화폐, 가람시, 2027-01-01부터 2027-06-30까지 10% 할인" in first.stdout
    assert "바뀐 것은 없어요." in again.stdout


def test_one_bad_line_keeps_out_the_whole_file(world: World, tmp_path: Path) -> None:
    overlap = run(saved(tmp_path, HEAD, OURS, "가람시,2027-06-30,,7%,"))
    unsound = run(saved(tmp_path, HEAD, OURS, "가람시,2027-07-01,2027-01-01,7%,"), "--json")

    assert (overlap.exit_code, unsound.exit_code) == (1, 1)
    assert overlap.stderr.strip().startswith("파일 2줄과 파일 3줄, ")
    assert json.loads(unsound.stdout)["refused"] == {
        "code": "payments.policy_row_broken",
        "reason": "‘정책.csv’ 파일 3줄의 ‘종료일’ 칸을 읽을 수 없어요. 고쳐서 다시 올려 주세요.",
        "facts": {"file": "정책.csv", "line": 3, "column": "종료일"},
    }
    assert count(world) == 0


def test_every_open_market_takes_its_own_rows_or_one_that_is_named(world: World, tmp_path: Path) -> None:
    other = make_world("namdaemun", "2")
    file = saved(tmp_path, HEAD, OURS)

    run(file, "--market", "namdaemun")
    assert (count(world), count(other)) == (0, 1)
    run(file)
    assert (count(world), count(other)) == (1, 1)


@pytest.mark.parametrize(("words", "code"), [(("--market", "nowhere"), "market_not_open"), ((), "file_unreadable")])
def test_what_is_not_there_is_said(world: World, tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    file = saved(tmp_path, HEAD, OURS) if words else tmp_path / "없는 파일.csv"

    result = run(file, *words, "--json")

    assert (result.exit_code, json.loads(result.stdout)["refused"]["code"]) == (1, code)
