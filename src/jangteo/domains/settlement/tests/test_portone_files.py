"""What PortOne's console shows of card companies' transactions and settlements, given as a file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jangteo.domains.ledger.models import Entry
from jangteo.domains.settlement.actions.import_report import import_report
from jangteo.domains.settlement.errors import FileStrange, FileUnknown, NothingToCompare, RowBroken
from jangteo.domains.settlement.models import Break, GatewayDay, GatewaySettled, ImportedFile
from jangteo.domains.settlement.reconcile.reading import read_files
from jangteo.domains.settlement.reconcile.run import Report, Terms, reconcile
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused
from jangteo.kernel.files.tables import Source
from jangteo.kernel.files.tests.sheets import csv_file, xlsx_file
from jangteo.kernel.tenancy import in_market
from tests.money.settling import ANNA, FRIDAY, SATURDAY, Book, association_pays, at
from tests.world import World

TUESDAY = FRIDAY + timedelta(days=4)
CHECKED = (
    "대사상태,거래구분,거래일,정산일,상점 아이디,PG MID,고객사 거래번호,PG 거래번호,포트원 거래번호,주문명,"
    "거래유형,거래 통화,거래 금액(PG),거래 금액(포트원),에스크로"
)
SETTLED = (
    "거래구분,거래일,정산일,상점아이디,PG 고객 식별아이디,고객사 거래번호,PG 거래번호,주문명,거래유형,거래 통화,"
    "거래 금액(PG),정산 통화,정산 금액,PG 수수료,PG 수수료 부가세"
)


def checked(*rows: str, name: str = "거래대사.csv") -> Source:
    return csv_file(CHECKED, *rows, name=name)


def settled(*rows: str, name: str = "정산.csv") -> Source:
    return csv_file(SETTLED, *rows, name=name)


def check(kind: str, order: str, won: int | str, day: str = "2026-11-20", *, pg: str = "pg-1", here: str = "") -> str:
    return f"대사일치,{kind},{day},,store-1,mid-1,{order},{pg},tx-1,고등어,카드,KRW,{won},{here},N"


def paid(kind: str, order: str, won: int, rest: tuple[int, int, int], day: str = "2026-11-20") -> str:
    """`rest`: what was paid out, the fee, its VAT."""
    out, fee, vat = rest
    return f"{kind},{day},2026-11-24,store-1,mid-1,{order},pg-1,고등어,카드,KRW,{won},KRW,{out},{fee},{vat}"


def compared(*sources: Source, today: date = date(2026, 11, 30)) -> list[tuple[str, str, int | None, int | None]]:
    report: Report = reconcile(read_files(sources), Terms(today))
    return [(one.kind, one.order, one.here, one.there) for one in report.breaks]


def test_both_lists_are_known_by_their_columns() -> None:
    files = read_files([checked(check("승인", "o-1", 30_000)), settled(paid("승인", "o-1", 30_000, (29_340, 600, 60)))])

    assert [(one.kind, one.file, one.rows) for one in files.taken] == [
        ("portone_transactions", "거래대사.csv", 1),
        ("portone_settlements", "정산.csv", 1),
    ]
    assert files.taken[0].columns["amount"] == "거래 금액(PG)"


def test_a_list_of_transactions_that_shows_settlements_too_is_one_of_transactions() -> None:
    more = f"{CHECKED},정산 통화,정산 금액,PG 수수료,PG 수수료 부가세"

    (taken,) = read_files([csv_file(more, f"{check('승인', 'o-1', 30_000)},KRW,29340,600,60")]).taken

    assert taken.kind == "portone_transactions"


def test_the_card_companys_amount_counts_wherever_its_column_stands() -> None:
    swapped = CHECKED.replace("거래 금액(PG),거래 금액(포트원)", "거래 금액(포트원),거래 금액(PG)")
    row = check("승인", "o-1", 500, here="30000")

    (entry,) = read_files([csv_file(swapped, row)]).of("portone_transactions")

    assert entry.money["amount"] == 30_000
    with pytest.raises(FileUnknown) as refused:
        read_files([csv_file(CHECKED.replace("거래 금액(PG),", ""), row)])
    assert refused.value.facts["missing"] == "거래 금액(PG)"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (check("승인", "o-1", 30_000).replace("KRW", "USD"), "거래 통화"),
        (check("승인대기", "o-1", 30_000), "거래구분"),
        (check("승인", "o-1", "삼만"), "거래 금액(PG)"),
        (check("승인", "o-1", 30_000, day="어제"), "거래일"),
    ],
)
def test_a_row_that_cannot_be_meant_refuses_the_file(row: str, column: str) -> None:
    with pytest.raises(RowBroken) as refused:
        read_files([checked(check("승인", "o-0", 100), row)])
    assert refused.value.facts == {"file": "거래대사.csv", "line": 3, "column": column}


def test_alike_rows_are_two_in_one_file_and_the_same_in_another() -> None:
    twice = [check("부분취소", "o-1", 1_000)] * 2

    rows = read_files([checked(*twice), checked(*twice, check("부분취소", "o-1", 1_000))]).of("portone_transactions")

    assert [row.money["amount"] for row in rows] == [-1_000, -1_000, -1_000]


def test_the_two_lists_are_held_against_each_other() -> None:
    moves = [check("승인", "o-1", 30_000), check("부분취소", "o-1", 500), check("부분취소", "o-1", 1_000)]
    out = [
        paid("승인", "o-1", 30_000, (29_340, 600, 60)),
        paid("부분취소", "o-1", 1_000, (978, 20, 2)),
        paid("부분취소", "o-1", -500, (-489, -10, -1)),
    ]

    assert compared(checked(*moves), settled(*out)) == []
    out[1] = paid("부분취소", "o-1", 1_100, (1_078, 20, 2))
    assert compared(checked(*moves, check("승인", "o-2", 7_000)), settled(*out)) == [
        ("amount", "o-1", -1_000, -1_100),
        ("missing_there", "o-2", 7_000, None),
    ]


def test_a_payout_that_is_not_the_amount_less_its_fees_is_a_break() -> None:
    found = compared(checked(check("승인", "o-1", 30_000)), settled(paid("승인", "o-1", 30_000, (29_339, 600, 60))))

    assert found == [("fee", "o-1", 660, 661)]


def test_its_payouts_are_held_against_the_bank() -> None:
    moves, out = checked(check("승인", "o-1", 30_000)), settled(paid("승인", "o-1", 30_000, (29_340, 600, 60)))
    bank = csv_file("거래일시,입금액,출금액,거래내용", "2026-11-24 10:00,29000,,포트원")

    assert compared(moves, out, bank) == [("amount", "", 29_340, 29_000)]


def test_one_list_alone_has_nothing_to_be_held_against() -> None:
    with pytest.raises(NothingToCompare) as refused:
        compared(settled())
    assert refused.value.facts == {"have": "portone_settlements", "wanted": "portone_transactions"}


@pytest.fixture
def book(world: World) -> Book:
    return Book(world.market, gateway="portone")


def given(world: World, source: Source, day: date = TUESDAY) -> int:
    with clock.at(at(day, 20)):
        return import_report(market=world.market, actor=ANNA, source=source).file.breaks


def breaks(world: World) -> set[tuple[str, str, int | None, int | None]]:
    with in_market(world.market.pk):
        rows = Break.objects.all()
        return {(row.kind, row.order_ref, row.here_won, row.there_won) for row in rows}


def test_cancellations_find_their_booking_by_payment_day_and_amount(world: World, book: Book) -> None:
    ref = book.sale({world.fish.pk: 9_000}, at(FRIDAY))
    book.refund(ref, world.fish.pk, 1_000, at(FRIDAY, 13), "c1")
    book.refund(ref, world.fish.pk, 1_000, at(SATURDAY), "c2")
    book.refund(ref, world.fish.pk, 500, at(SATURDAY, 13), "c3")
    saturday = (
        check("부분취소", ref, 500, "2026-11-21"),
        check("부분취소", ref, 1_000, "2026-11-21"),
    )

    assert given(world, checked(check("승인", ref, 9_000), check("부분취소", ref, 1_000), *saturday)) == 0

    assert given(world, settled(paid("부분취소", ref, 1_000, (980, 18, 2), "2026-11-21"), name="b.csv"), SATURDAY) == 0
    with in_market(world.market.pk):
        assert GatewaySettled.objects.get().key == f"portone:{ref}:cancel:c2"
        days = GatewayDay.objects.filter(compared_at__isnull=False)
        assert [row.day for row in days.order_by("day")] == [FRIDAY, SATURDAY]


def test_what_the_list_and_the_book_say_otherwise_is_opened_once(world: World, book: Book) -> None:
    ref = book.sale({world.fish.pk: 9_000}, at(FRIDAY))
    book.refund(ref, world.fish.pk, 1_000, at(FRIDAY, 13))
    unknown_there = book.sale({world.fish.pk: 2_000}, at(FRIDAY))
    rows = (
        check("승인", ref, 9_000),
        check("부분취소", ref, 1_100),
        check("승인", unknown_there, "", here="2000"),
        check("승인", "nobodys", 7_000),
        check("승인", "", 600, pg="pg-77"),
        check("정산후보정", ref, -30),
    )
    expected = {
        ("amount", ref, -1_000, -1_100),
        ("missing_there", unknown_there, 2_000, None),
        ("missing_here", "nobodys", None, 7_000),
        ("missing_here", "", None, 600),
        ("missing_here", ref, None, -30),
    }

    assert given(world, checked(*rows)) == 5
    assert breaks(world) == expected
    assert given(world, checked(*reversed(rows), name="b.csv")) == 0


def test_what_agrees_is_booked_with_fee_and_vat_together(world: World, book: Book) -> None:
    association_pays(world.market, gateway_fee_bp=200)
    ref = book.sale({world.fish.pk: 30_000}, at(FRIDAY))
    book.refund(ref, world.fish.pk, 10_000, at(FRIDAY, 13))
    out = settled(paid("승인", ref, 30_000, (29_340, 600, 60)), paid("부분취소", ref, 10_000, (9_780, 200, 20)))

    assert given(world, out) == 0

    assert (book.won(f"bank:{world.market.pk}"), book.won("clear:portone")) == (19_560, 0)
    assert book.won("gatewaycost:portone") == 440


BANK = csv_file("거래일시,입금액,출금액,거래내용", "2026-11-24 10:00,9000,,김순자", name="통장.csv")
WRONG: dict[str, tuple[Source, type[Refused]]] = {
    "shop orders": (
        csv_file("order_id,order_status,order_purchase_timestamp", "1,done,2026-11-20 12:00"),
        NothingToCompare,
    ),
    "half a bank file": (csv_file("거래일시,입금액,거래내용", "2026-11-24 10:00,9000,김순자"), FileUnknown),
    "any spreadsheet": (xlsx_file([["이름", "전화"], ["김순자", "010"]], name="명단.xlsx"), FileStrange),
    "an empty spreadsheet": (xlsx_file([], name="빈.xlsx"), Refused),
    "a picture": (Source("사진.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64)), Refused),
    "payment list of the console": (
        csv_file("결제상태,UID/MID,구분,결제요청 시각", "결제 완료,imp_1,일반,2026-11-20 12:00"),
        FileStrange,
    ),
}


@pytest.mark.parametrize("which", list(WRONG))
def test_a_wrong_file_is_refused_and_books_nothing(world: World, book: Book, which: str) -> None:
    book.sale({world.fish.pk: 9_000}, at(FRIDAY))
    source, refusal = WRONG[which]
    with in_market(world.market.pk):
        entries = Entry.objects.count()

    with pytest.raises(refusal):
        given(world, source)

    with in_market(world.market.pk):
        assert Entry.objects.count() == entries
        assert not any(model.objects.exists() for model in (Break, ImportedFile, GatewaySettled, GatewayDay))


def test_a_bank_statement_where_a_gateways_file_belongs_takes_nobodys_place(world: World, book: Book) -> None:
    """It is read as what it is: no day counts as compared, and no sale as unknown to the gateway."""
    book.sale({world.fish.pk: 9_000}, at(FRIDAY))

    assert given(world, BANK) == 0

    with in_market(world.market.pk):
        assert ImportedFile.objects.get().kinds == ["bank_statement"]
        assert not GatewayDay.objects.exists()
