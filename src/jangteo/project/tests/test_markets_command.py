"""`jangteo markets` as a person or a program runs it: output, exit code, and what is in the database afterwards."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from django.test import Client
from typer.testing import CliRunner, Result

from jangteo.domains.markets import errors
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.national.match import Doubt
from jangteo.domains.markets.national.report import Finding, ReasonCode
from jangteo.domains.markets.tests.releases import RIVER, STANDARD, SUNNY, release
from jangteo.faces._parts.words.sentences import SENTENCES
from jangteo.project.cli import market_words
from jangteo.project.cli.markets import app, reserved_words
from tests.real_data import real_data

pytestmark = pytest.mark.django_db
# The routing table is asked for this machine's address by a documentation address, to which nothing is sent.
looks_for_this_machine = pytest.mark.allow_hosts(["127.0.0.1", "192.0.2.1"])


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "markets.csv"
    path.write_bytes(data)
    return path


def test_report_as_json_has_exactly_the_promised_shape(tmp_path: Path) -> None:
    rows = SUNNY, {**RIVER, "시장개설주기": "매일+6일"}, {**RIVER, "시장명": ""}

    result = run("import", saved(tmp_path, release(*rows)), "--json")

    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {
        "read": 3,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "flagged": [
            {
                "row": 3,
                "field": "cycle",
                "value": "매일+6일",
                "reason": "개설주기가 망가진 것 같아요. ‘매일’ 자리에 날짜가 있었는지 확인해 주세요.",
            }
        ],
        "rejected": [{"row": 4, "field": "name", "value": "", "reason": "시장 이름이 없어요."}],
    }


def test_dry_run_prints_the_same_report_and_writes_nothing(tmp_path: Path) -> None:
    path = saved(tmp_path, release(SUNNY, RIVER))

    rehearsal = run("import", path, "--dry-run", "--json")
    assert not Market.objects.exists()
    assert run("import", path, "--json").stdout == rehearsal.stdout
    assert Market.objects.count() == 2


def test_report_for_people_counts_and_groups(tmp_path: Path) -> None:
    rows = [{**SUNNY, "홈페이지주소": "www.a.kr"}, {**RIVER, "홈페이지주소": "없음"}, {**RIVER, "시장명": ""}]

    result = run("import", saved(tmp_path, release(*rows)), "--dry-run")

    assert result.exit_code == 0
    assert "받지 않은 행 1" in result.stdout
    assert "받았지만 확인할 것 2" in result.stdout
    assert "2: www.a.kr, 3: 없음" in result.stdout
    assert "아무것도 바꾸지 않았어요" in result.stdout


def test_doubtful_row_says_how_to_settle_it_and_does_as_told(tmp_path: Path) -> None:
    run("import", saved(tmp_path, release(SUNNY)))
    code = Market.objects.get().code
    path = saved(tmp_path, release({**SUNNY, "시장명": "햇볕시장", "데이터기준일자": "2025-05-01"}))

    doubt = json.loads(run("import", path, "--json").stdout)["rejected"][0]
    assert (doubt["row"], doubt["field"], doubt["value"]) == (2, "match", "햇볕시장")
    assert f"--same 2={code}" in doubt["reason"]
    assert "--new 2" in doubt["reason"]

    assert json.loads(run("import", path, "--json", "--same", f"2={code}").stdout)["updated"] == 1
    assert json.loads(run("import", saved(tmp_path, release(SUNNY)), "--json", "--new", "2").stdout)["created"] == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "markets.file_empty"),
        (release(), "markets.file_empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "markets.file_not_text"),
        (b"\xff" * 200, "markets.file_encoding_unknown"),
        (b"x" * 10_000_000, "markets.columns_missing"),
        (release(SUNNY, delimiter="^"), "markets.columns_missing"),
        ("순번,시장-상점가명,배송서비스,장보기서비스\n1,햇살시장,1,2\n".encode(), "markets.file_other_kind"),
    ],
)
def test_hostile_or_wrong_file_is_refused_with_a_sentence(tmp_path: Path, data: bytes, code: str) -> None:
    path = saved(tmp_path, data)

    told, machine = run("import", path), run("import", path, "--json")

    assert (told.exit_code, machine.exit_code, told.stdout, machine.stderr) == (1, 1, "", "")
    refused = json.loads(machine.stdout)["refused"]
    assert refused["code"] == code
    assert told.stderr.replace("\n", "") == refused["reason"]
    assert "%(" not in refused["reason"]
    assert not Market.objects.exists()


def test_missing_columns_are_named_beside_those_found(tmp_path: Path) -> None:
    result = run("import", saved(tmp_path, "시장 이름,위도,경도\n햇살,1,2\n".encode()))

    assert "없어요: 소재지도로명주소 또는 소재지지번주소." in result.stderr
    assert "찾은 열: 시장 이름, 위도, 경도." in result.stderr


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = run("import", tmp_path / "none.csv")

    assert result.exit_code == 1
    assert "파일을 열 수 없어요" in result.stderr
    assert run("import", tmp_path).exit_code == 1


def test_decision_that_cannot_be_read_is_a_usage_error(tmp_path: Path) -> None:
    path = saved(tmp_path, release(SUNNY))

    assert run("import", path, "--same", "two=gangwon-1").exit_code == 2
    assert run("import", path, "--same", "9=gangwon-1").exit_code == 1


@looks_for_this_machine
def test_listed_market_is_opened_and_says_what_comes_next(tmp_path: Path) -> None:
    run(
        "import",
        saved(tmp_path, release(SUNNY, columns=[c for c in STANDARD if c not in ("시장개설주기", "시장유형")])),
    )

    result = run("open", Market.objects.get().code.upper())

    market = Market.objects.get()
    assert (result.exit_code, market.state, market.slug) == (0, "open", "haetsal")
    assert "시장을 열었어요: 햇살시장" in result.stdout
    assert "장날을 알 수 없는 자료" in result.stdout
    assert "jangteo up" in result.stdout
    assert re.search(r"시장매니저 링크: http://\S+:8000/in/[\w-]{22}/\n", result.stdout)


@looks_for_this_machine
def test_opened_market_as_json(tmp_path: Path) -> None:
    run("import", saved(tmp_path, release(SUNNY)))
    code = Market.objects.get().code

    first, second = run("open", code, "--slug", "sun", "--json"), run("open", code, "--json")

    opened = json.loads(first.stdout)
    assert re.fullmatch(r"http://[\w.]+:8000/in/[\w-]{22}/", opened.pop("entry_url"))
    assert opened == {"code": code, "slug": "sun", "name": "햇살시장", "state": "open"}
    assert second.exit_code == 1
    assert json.loads(second.stdout)["refused"] == {
        "code": "markets.already_open",
        "reason": "이미 열려 있는 시장이에요: 햇살시장, 주소 /sun/. 바뀐 것은 없어요.",
        "near": [],
    }


def test_the_managers_link_leads_into_the_office(tmp_path: Path, client: Client) -> None:
    run("import", saved(tmp_path, release(SUNNY)))
    code = Market.objects.get().code

    entry_url = json.loads(run("open", code, "--url", "https://market.example/", "--json").stdout)["entry_url"]

    assert re.fullmatch(r"https://market\.example/in/[\w-]{22}/", entry_url)
    assert client.post(entry_url.removeprefix("https://market.example"))["Location"] == "/office/"
    assert client.get("/office/stalls/").status_code == 200


@looks_for_this_machine
def test_a_lost_managers_link_is_made_again(tmp_path: Path, client: Client) -> None:
    run("import", saved(tmp_path, release(SUNNY)))
    code = Market.objects.get().code
    too_early = run("link", code)
    run("open", code)

    told, machine = run("link", code), json.loads(run("link", code, "--url", "http://a.example", "--json").stdout)

    assert (too_early.exit_code, too_early.stdout) == (1, "")
    assert "열려 있는 시장이 아니에요" in too_early.stderr
    assert "시장매니저 링크: http://" in told.stdout
    assert machine["code"] == code
    assert client.post(machine["entry_url"].removeprefix("http://a.example")).status_code == 302


@pytest.mark.parametrize("url", ["market.example", "javascript:alert(1)", "ftp://market.example"])
def test_an_address_that_is_none_opens_nothing(tmp_path: Path, url: str) -> None:
    run("import", saved(tmp_path, release(SUNNY)))

    assert run("open", Market.objects.get().code, "--url", url).exit_code == 2
    assert Market.objects.get().state == "listed"


def test_unknown_code_lists_markets_of_that_name(tmp_path: Path) -> None:
    run("import", saved(tmp_path, release(SUNNY, RIVER)))
    code = Market.objects.get(name="강가시장").code

    told, machine = run("open", "순천 강가"), run("open", "순천 강가", "--json")

    assert (told.exit_code, machine.exit_code, told.stdout) == (1, 1, "")
    assert "시장 번호가 ‘순천 강가’인 시장을 찾지 못했어요." in told.stderr
    assert code in told.stderr
    assert json.loads(machine.stdout)["refused"]["near"] == [
        {"code": code, "name": "강가시장", "address": "전라남도 순천시 장평로 60"}
    ]


def test_no_market_can_take_a_word_of_the_program(tmp_path: Path) -> None:
    run("import", saved(tmp_path, release(SUNNY)))

    assert {"look", "static", "office", "api"} <= reserved_words()
    assert "goods" not in reserved_words()
    result = run("open", Market.objects.get().code, "--slug", "look")
    assert result.exit_code == 1
    assert "--slug" in result.stderr


def test_every_reason_and_refusal_has_its_sentence() -> None:
    refusals = {one.code for one in every_kind_of(errors.MarketsRefused)} - {"markets.file_refused"} - SENTENCES.keys()

    assert market_words.REASONS.keys() == set(get_args(ReasonCode))
    assert market_words.DOUBTS.keys() == set(get_args(Doubt))
    assert market_words.REFUSALS.keys() == refusals
    assert market_words.reason(Finding(3, "match", "x", "row_repeated", {"first": 2})).startswith("2행과")


def every_kind_of(refusal: type[errors.MarketsRefused]) -> list[type[errors.MarketsRefused]]:
    return [kind for one in refusal.__subclasses__() for kind in (one, *every_kind_of(one))]


def test_real_files_are_imported_and_refused(tmp_path: Path) -> None:
    national = run("import", real_data("markets/national_markets_2024_cp949.csv"), "--json")
    services = run("import", real_data("markets/market_services_2021_utf8bom.csv"))

    report = json.loads(national.stdout)
    assert [report[name] for name in ("read", "created", "updated", "unchanged", "rejected")] == [1388, 1388, 0, 0, []]
    assert len(report["flagged"]) == 74
    assert services.exit_code == 1
    assert services.stderr.startswith("‘전통시장·상점가 배송·장보기 서비스 현황’ 파일이에요.")
