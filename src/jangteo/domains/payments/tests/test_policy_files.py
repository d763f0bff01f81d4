from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from jangteo.domains.payments.actions.import_policies import import_policies
from jangteo.domains.payments.policy_files import Place, basis_points, basis_points_in_percent, read_policies, won
from jangteo.domains.payments.queries_policies import place_of, policy_rows, preview_policies
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.payments.rules.refusals import PoliciesOverlap, PolicyFileUnknown, PolicyRowBroken
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.files.errors import FileEmpty
from jangteo.kernel.files.tests.sheets import csv_file, xlsx_file
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

HERE = Place("강원특별자치도 강릉시", {"생선": "fish", "술": "alcohol"})
FEED = "지역,시작일,종료일,할인율,월한도"
OURS = Policy(
    id="line:2",
    scheme="local",
    area="강원특별자치도 강릉시",
    starts=date(2026, 11, 1),
    ends=date(2026, 12, 31),
    discount_bp=1_000,
    monthly_cap_won=500_000,
)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-8"])
def test_the_public_feed_is_read(encoding: str) -> None:
    rows = ("강릉시,2026-11-01,2026-12-31,10%,500000", "속초시,2026-11-01,2026-12-31,15%,300000")

    read = read_policies(csv_file(FEED, *rows, encoding=encoding), HERE)

    assert (read.policies, read.laws, read.elsewhere) == ((OURS,), ("",), (3,))


def test_english_headings_and_a_spreadsheet_are_read() -> None:
    head = ["area", "from", "to", "rate", "cap"]
    row: list[str | float | date] = ["강원 강릉시", date(2026, 11, 1), date(2026, 12, 31), 0.1, 500_000]

    assert read_policies(xlsx_file([head, row]), HERE).policies == (OURS,)


def test_a_table_of_ones_own_says_more() -> None:
    head = "상품권,지역,시작일,종료일,할인율(%),월 한도(원),방식,예산,캐시백한도,사용기한,제한업종,제한품목,근거"
    rows = (
        '온누리상품권,전국,2026.11.1,,10,100만원,선할인,,,,"유흥업소, 생선",술,공고 7호',
        "강릉페이,강릉시,20261101,제한없음,0.5,-,캐시백,강릉 2026,20만,60일,,,",
    )

    # 강릉페이 is no scheme this program knows: the word has to say which.
    with pytest.raises(PolicyRowBroken) as refused:
        read_policies(csv_file(head, *rows), HERE)
    assert refused.value.facts == {"file": "a.csv", "line": 3, "column": "상품권"}

    read = read_policies(csv_file(head, rows[0], rows[1].replace("강릉페이", "지역화폐")), HERE)

    onnuri, local = read.policies
    assert (onnuri.scheme, onnuri.area, onnuri.ends, onnuri.discount_bp) == ("onnuri", "", None, 1_000)
    assert (onnuri.monthly_cap_won, onnuri.cashback) == (1_000_000, False)
    assert (set(onnuri.refused_kinds), set(onnuri.refused_goods)) == ({"유흥업소", "fish"}, {"alcohol"})
    assert (local.cashback, local.program, local.cashback_cap_won, local.cashback_days) == (
        True,
        "강릉 2026",
        200_000,
        60,
    )
    assert (local.discount_bp, local.monthly_cap_won, read.laws) == (50, None, ("공고 7호", ""))


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("강릉시,,2026-12-31,10%,1", "시작일"),
        ("강릉시,곧,2026-12-31,10%,1", "시작일"),
        ("강릉시,2026-11-01,2026-10-31,10%,1", "종료일"),
        ("강릉시,2026-11-01,2026-02-30,10%,1", "종료일"),
        ("강릉시,2026-11-01,,열,1", "할인율"),
        ("강릉시,2026-11-01,,,1", "할인율"),
        ("강릉시,2026-11-01,,101%,1", "할인율"),
        ("강릉시,2026-11-01,,10%,많이", "월한도"),
        ("강릉시,2026-11-01,,10%,-5", "월한도"),
    ],
)
def test_a_row_that_cannot_be_meant_names_its_line_and_column(row: str, column: str) -> None:
    with pytest.raises(PolicyRowBroken) as refused:
        read_policies(csv_file(FEED, "강릉시,2026-01-01,2026-02-01,5%,1", row, name="정책.csv"), HERE)

    assert refused.value.facts == {"file": "정책.csv", "line": 3, "column": column}


def test_another_kind_of_file_is_told_by_what_it_lacks() -> None:
    with pytest.raises(PolicyFileUnknown) as refused:
        read_policies(csv_file("이름,값", "배추,1", name="값.csv"), HERE)

    assert refused.value.facts == {"file": "값.csv", "missing": "시작일, 할인율", "found": "이름, 값"}
    with pytest.raises(FileEmpty):
        read_policies(csv_file(""), HERE)


@pytest.mark.parametrize(("text", "points"), [("10%", 1_000), ("7.5", 750), ("0.1", 1_000), ("0.5%", 50), ("0", 0)])
def test_rates(text: str, points: int) -> None:
    assert basis_points(text) == points


def test_rates_below_a_heading_in_percent() -> None:
    assert (basis_points_in_percent("0.5"), basis_points_in_percent("0.5%")) == (50, 50)


@pytest.mark.parametrize("text", ["10,5", "-1", "열", "0.001%", "1000"])
def test_no_rates(text: str) -> None:
    with pytest.raises(ValueError, match=r"rate|basis"):
        basis_points(text)


@pytest.mark.parametrize(
    ("text", "amount"), [("500,000원", 500_000), ("50만", 500_000), ("1.5만원", 15_000), ("20 만원", 200_000), ("0", 0)]
)
def test_amounts(text: str, amount: int) -> None:
    assert won(text) == amount


def test_a_file_is_taken_in_once(world: World) -> None:
    first = csv_file(FEED, "가람시,2026-11-01,,10%,50만", "가람시,2027-01-01,,7%,30만", "전국,2026-11-01,,5%,")
    with in_market(world.market.pk):
        read = read_policies(first, place_of(world.market))
        preview = preview_policies(read)

    plan = import_policies(market=world.market, actor=SYSTEM, read=read)
    again = import_policies(market=world.market, actor=SYSTEM, read=read)

    assert plan == preview
    assert (len(plan.new), len(plan.closings), len(again.new), len(again.same)) == (3, 0, 0, 3)
    with in_market(world.market.pk):
        rows = [(row.area, row.starts, row.ends, row.discount_bp, row.source) for row in policy_rows()]
        assert AuditRow.objects.filter(code="policies.imported").count() == 1
    assert rows == [
        ("", date(2026, 11, 1), None, 500, "a.csv"),
        ("가람시", date(2026, 11, 1), date(2026, 12, 31), 1_000, "a.csv"),
        ("가람시", date(2027, 1, 1), None, 700, "a.csv"),
    ]


def test_rows_that_overlap_are_both_named_and_nothing_is_taken_in(world: World) -> None:
    good = "전국,2026-11-01,,5%,"
    file = csv_file(FEED, good, "가람시,2026-11-01,2026-12-31,10%,1", "가람시,2026-12-31,,7%,1")
    with in_market(world.market.pk):
        read = read_policies(file, place_of(world.market))

    with pytest.raises(PoliciesOverlap) as refused:
        import_policies(market=world.market, actor=SYSTEM, read=read)

    assert (refused.value.facts["first"], refused.value.facts["second"]) == ("line:3", "line:4")
    with in_market(world.market.pk):
        assert policy_rows() == []


def test_a_row_that_overlaps_one_that_stands_names_that_one(world: World) -> None:
    with in_market(world.market.pk):
        place = place_of(world.market)
    first = read_policies(csv_file(FEED, "가람시,2026-11-01,2026-12-31,10%,1"), place)
    import_policies(market=world.market, actor=SYSTEM, read=first)
    with in_market(world.market.pk):
        (row,) = policy_rows()
    second = read_policies(csv_file(FEED, "전국,2026-11-01,,5%,", "가람시,2026-12-15,,7%,1"), place)

    with pytest.raises(PoliciesOverlap) as refused:
        import_policies(market=world.market, actor=SYSTEM, read=second)

    assert (refused.value.facts["first"], refused.value.facts["second"]) == (str(row.pk), "line:3")
    with in_market(world.market.pk):
        assert policy_rows() == [row]


def test_what_cannot_pay_beside_a_voucher_is_read() -> None:
    head = f"{FEED},함께 못 쓰는 돈"
    told = ("", "없음", "카드·간편결제", "모두")

    rows = [
        read_policies(csv_file(head, f"강릉시,2026-11-01,,10%,,{words}"), HERE).policies[0].excludes for words in told
    ]

    everything = frozenset(TenderKind) - {TenderKind.LOCAL_CURRENCY}
    assert rows == [None, frozenset(), frozenset({TenderKind.CARD, TenderKind.EASY_PAY}), everything]
    with pytest.raises(PolicyRowBroken) as refused:
        read_policies(csv_file(head, "강릉시,2026-11-01,,10%,,금"), HERE)
    assert refused.value.facts["column"] == "함께 못 쓰는 돈"
