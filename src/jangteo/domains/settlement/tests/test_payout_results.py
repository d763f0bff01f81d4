from __future__ import annotations

from dataclasses import replace

import pytest

from jangteo.domains.settlement.bankfiles.layouts import layouts
from jangteo.domains.settlement.bankfiles.lines import PayoutLine
from jangteo.domains.settlement.bankfiles.results import LineResult, Outcome, read_results
from jangteo.domains.settlement.errors import (
    FileUnknown,
    ResultAmbiguous,
    ResultForeign,
    ResultUnknown,
    RowBroken,
    SettlementRefused,
)
from jangteo.kernel.files.tables import Source
from jangteo.kernel.files.tests.sheets import csv_file, xlsx_file

SUNJA = PayoutLine("003", "01012345678901", "김순자", 1_234_560, "순자네 수산")
YEONG = PayoutLine("090", "3333012345678", "이영호", 87_000, "영호네 정육")
MALJA = PayoutLine("011", "3010123456701", "박말자", 45_300, "말자네 반찬")
LINES = [SUNJA, YEONG, MALJA]
IBK = layouts()["ibk_template"]
HEADINGS = "입금은행,입금계좌번호,이체금액,받는분통장표시,예금주,처리결과,오류내용"


def answer(*rows: str, encoding: str = "cp949") -> Source:
    return csv_file("대량이체 처리결과", "조회일,2026-11-23", HEADINGS, *rows, name="result.csv", encoding=encoding)


def test_one_account_came_back_and_the_others_are_paid() -> None:
    read = read_results(
        answer(
            '기업,010-1234-5678901,"1,234,560",순자네 수산,김순자,정상,',
            "카카오뱅크,3333012345678,87000,영호네 정육,이영호,이체불능,예금주 불일치",
            "농협,3010123456701,45300,말자네 반찬,박말자,정상,",
            '합계,,"1,366,860",,,,',
        ),
        LINES,
        IBK,
    )

    assert read == (
        LineResult(SUNJA, Outcome.PAID),
        LineResult(YEONG, Outcome.RETURNED, "예금주 불일치"),
        LineResult(MALJA, Outcome.PAID),
    )


def test_a_spreadsheet_that_ate_the_leading_zero_is_understood() -> None:
    source = xlsx_file([["안내"]], [HEADINGS.split(","), ["기업", 1012345678901, 1234560, "순자네", "김순자", "정상"]])

    assert [one.outcome for one in read_results(source, LINES, IBK)] == [
        Outcome.PAID,
        Outcome.UNANSWERED,
        Outcome.UNANSWERED,
    ]


def test_a_list_of_what_failed_leaves_the_rest_unanswered() -> None:
    read = read_results(answer("농협,3010123456701,45300,,박말자,오류,계좌해지"), LINES, IBK)

    assert [one.outcome for one in read] == [Outcome.UNANSWERED, Outcome.UNANSWERED, Outcome.RETURNED]


def test_the_memo_tells_two_payments_to_one_account_apart() -> None:
    second = replace(SUNJA, memo="옆 가게")
    rows = (
        "기업,01012345678901,1234560,옆 가게,김순자,오류,한도초과",
        "기업,01012345678901,1234560,순자네,김순자,정상,",
    )

    read = read_results(answer(*rows), [SUNJA, second], IBK)

    assert read == (LineResult(SUNJA, Outcome.PAID), LineResult(second, Outcome.RETURNED, "한도초과"))


@pytest.mark.parametrize(
    ("rows", "error", "facts"),
    [
        (["농협,3010123456701,45301,,,정상,"], ResultForeign, {"line": 4}),
        (["농협,3010123456702,45300,,,정상,"], ResultForeign, {"line": 4}),
        (["농협,3010123456701,45300,,,정상,"] * 2, ResultAmbiguous, {"line": 5}),
        (["농협,3010123456701,45300,,,진행중,"], ResultUnknown, {"line": 4, "word": "진행중"}),
        (["농협,3010123456701,45300"], ResultUnknown, {"line": 4, "word": ""}),
        (["농협,,45300,,,정상,"], RowBroken, {"line": 4, "column": "입금계좌번호"}),
        (["농협,3010123456701,사만오천,,,정상,"], RowBroken, {"line": 4, "column": "이체금액"}),
        (["농협,3.01012E+12,45300,,,정상,"], RowBroken, {"line": 4, "column": "입금계좌번호"}),
    ],
)
def test_an_answer_to_something_else_is_refused_whole(
    rows: list[str], error: type[SettlementRefused], facts: dict[str, str | int]
) -> None:
    with pytest.raises(error) as refused:
        read_results(answer(*rows), LINES, IBK)
    assert refused.value.facts == {"file": "result.csv", **facts}


def test_two_payments_that_nothing_tells_apart_are_not_guessed() -> None:
    second = replace(SUNJA, memo="옆 가게")

    with pytest.raises(ResultAmbiguous):
        read_results(answer("기업,01012345678901,1234560,,김순자,정상,"), [SUNJA, second], IBK)


def test_another_file_is_told_by_what_it_lacks() -> None:
    with pytest.raises(FileUnknown) as refused:
        read_results(csv_file("보고서", "입금계좌번호,이체금액,잔액", "1,2,3", name="b.csv"), LINES, IBK)
    assert refused.value.facts == {
        "file": "b.csv",
        "nearest": "payout_result",
        "missing": "처리결과",
        "found": "입금계좌번호, 이체금액, 잔액",
    }
