from __future__ import annotations

from datetime import date

import pytest

from jangteo.domains.settlement.errors import FileUnknown, RowBroken, RowsContradict, SettlementRefused
from jangteo.domains.settlement.reconcile.kinds import kinds, recognise
from jangteo.domains.settlement.reconcile.reading import Entry, Files, Taken, read_files
from jangteo.kernel.files.headings import plain_heading
from jangteo.kernel.files.tables import Source, read_tables
from jangteo.kernel.files.tests.sheets import csv_file, xlsx_file

TRANSACTIONS = "transactionKey,paymentKey,orderId,amount,status,transactionAt"
SETTLEMENTS = "거래키,주문번호,매출금액,수수료,지급금액,매출일,지급일"
BANK = "거래일시,적요,보낸분/받는분,출금액(원),입금액(원),거래 후 잔액"
VOUCHERS = "가맹점번호,승인일시,승인번호,승인구분,승인금액"


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_kind_is_known_by_its_own_columns_alone(kind: str) -> None:
    for pick in (0, -1):
        headings = [names[pick] for names in kinds()[kind].need.values()]
        (match,) = recognise("a.csv", read_tables(csv_file(",".join(f'"{heading}"' for heading in headings))))

        assert match.kind.code == kind
        assert match.columns == {field: place for place, field in enumerate(kinds()[kind].need)}


def test_no_heading_names_two_fields_of_a_kind() -> None:
    for kind in kinds().values():
        names = [plain_heading(name) for field, names in kind.headings.items() for name in {*map(plain_heading, names)}]
        assert len(names) == len(set(names)), kind.code


def test_a_file_says_what_it_was_taken_for() -> None:
    source = csv_file(
        "토스페이먼츠 정산 내역",
        "조회기간,2026-11-01 ~ 2026-11-07",
        SETTLEMENTS,
        "t1,o1,34000,860,33140,2026-11-01,2026-11-03",
        "합계,,34000,860,33140,,",
        name="정산.csv",
        encoding="cp949",
    )

    files = read_files([source])

    assert files.taken == (
        Taken(
            file="정산.csv",
            sheet="",
            kind="gateway_settlements",
            encoding="cp949",
            line=3,
            columns={
                "transaction": "거래키",
                "order": "주문번호",
                "amount": "매출금액",
                "fee": "수수료",
                "payout": "지급금액",
                "sold": "매출일",
                "paid": "지급일",
            },
            rows=1,
            totals=1,
        ),
    )
    assert files.rows == {
        "gateway_settlements": (
            Entry(
                texts={"transaction": "t1", "order": "o1"},
                money={"amount": 34_000, "fee": 860, "payout": 33_140},
                days={"sold": date(2026, 11, 1), "paid": date(2026, 11, 3)},
            ),
        )
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_text_and_spreadsheet_of_one_content_are_the_same_rows(encoding: str) -> None:
    text = csv_file(SETTLEMENTS, '거래1,o1,"34,000원",860,33140.00,2026.11.01,20261103', encoding=encoding)
    sheet = xlsx_file(
        [SETTLEMENTS.split(","), ["거래1", "o1", 34000, 860.0, "33,140", date(2026, 11, 1), date(2026, 11, 3)]]
    )

    assert read_files([text]).rows == read_files([sheet]).rows


def test_amounts_with_two_places_are_whole_cents() -> None:
    text = csv_file("order_id,order_item_id,price,freight_value", "a,1,199.9,18.14", "a,2,0.29,0.0")
    sheet = xlsx_file(
        [["order_id", "order_item_id", "price", "freight_value"], ["a", 1, 199.9, 18.14], ["a", 2, 0.29, 0]]
    )

    rows = read_files([text]).of("order_items")

    assert [row.money for row in rows] == [{"price": 19_990, "freight": 1_814}, {"price": 29, "freight": 0}]
    assert read_files([sheet]).of("order_items") == rows


def test_status_words_give_amounts_their_sign() -> None:
    files = read_files(
        [
            csv_file(
                TRANSACTIONS,
                "t1,p1,o1,30000,DONE,2026-11-01T09:00:00+09:00",
                "t2,p1,o1,10000,PARTIAL_CANCELED,2026-11-01T10:00:00+09:00",
                "t3,p1,o1,-20000,CANCELED,2026-11-01T11:00:00+09:00",
                "t4,p2,o2,5000,WAITING_FOR_DEPOSIT,2026-11-01T12:00:00+09:00",
            ),
            csv_file(VOUCHERS, "77,2026-11-01,A1,승인,12000", "77,2026-11-01,A1,취소,12000", "77,2026-11-01,A2,,3000"),
        ]
    )

    assert [row.money["amount"] for row in files.of("gateway_transactions")] == [30_000, -10_000, -20_000, 0]
    assert [row.money["amount"] for row in files.of("voucher_operator")] == [12_000, -12_000, 3_000]


def test_a_bank_leaves_the_other_side_empty() -> None:
    files = read_files(
        [csv_file(BANK, '2026.11.03 09:12:11,인터넷,토스페이먼츠,,"33,140","533,140"', "2026.11.03,ATM,,10000,,")]
    )

    first, second = files.of("bank_statement")
    assert first.money == {"in": 33_140, "out": 0, "balance": 533_140}
    assert first.texts == {"memo": "인터넷", "payer": "토스페이먼츠"}
    assert second.money == {"in": 0, "out": 10_000, "balance": 0}


def test_the_same_row_of_two_overlapping_files_counts_once() -> None:
    first = csv_file(SETTLEMENTS, "t1,o1,100,1,99,2026-11-01,2026-11-03", "t2,o2,200,2,198,2026-11-02,2026-11-04")
    second = csv_file(SETTLEMENTS, "t2,o2,200,2,198,2026-11-02,2026-11-04", "t3,o3,300,3,297,2026-11-03,2026-11-05")
    bank = csv_file(
        BANK, "2026.11.03,,x,,100,1100", "2026.11.03,,x,,100,1200", "2026.11.03,,x,,7,", "2026.11.03,,x,,7,"
    )

    files = read_files([first, second, bank, Source("again.csv", bank.data)])

    assert [row.texts["transaction"] for row in files.of("gateway_settlements")] == ["t1", "t2", "t3"]
    assert [row.money["in"] for row in files.of("bank_statement")] == [100, 100, 7, 7, 7, 7]


def test_the_same_key_with_another_amount_is_refused() -> None:
    first = csv_file(SETTLEMENTS, "t1,o1,100,1,99,2026-11-01,2026-11-03")
    second = csv_file(SETTLEMENTS, "t1,o1,101,1,100,2026-11-01,2026-11-03", name="b.csv")

    with pytest.raises(RowsContradict) as refused:
        read_files([first, second])
    assert refused.value.facts == {"file": "b.csv", "line": 2, "key": "t1"}


def test_a_file_of_headings_alone_says_that_nothing_happened() -> None:
    files = read_files([csv_file(TRANSACTIONS)])

    assert "gateway_transactions" in files
    assert files == Files(files.taken, {"gateway_transactions": ()})


def test_a_sheet_of_notes_beside_the_table_is_left_out() -> None:
    files = read_files([xlsx_file([["이 파일은 …"]], [SETTLEMENTS.split(",")])])

    assert [(one.sheet, one.kind) for one in files.taken] == [("Sheet2", "gateway_settlements")]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("t1,o1,34000.5,860,33140,2026-11-01,2026-11-03", "매출금액"),
        ("t1,o1,많음,860,33140,2026-11-01,2026-11-03", "매출금액"),
        ("t1,o1,34000,,33140,2026-11-01,2026-11-03", "수수료"),
        ("t1,o1,34000,860,33140,2026-02-30,2026-11-03", "매출일"),
        ("t1,o1,34000,860,33140,2026-11-01,", "지급일"),
        ("t1,o1,34000,860,33140,2026-11-01", "지급일"),
        (",o1,34000,860,33140,2026-11-01,2026-11-03", "거래키"),
        (f"{'t' * 301},o1,34000,860,33140,2026-11-01,2026-11-03", "거래키"),
        ("t1,o1,34000,860,33140,2026-11-01,2026-11-03,더", ""),
        ("합계,o1,34000,860,33140,,", "매출일"),
    ],
)
def test_a_row_that_cannot_be_read_refuses_the_file(line: str, column: str) -> None:
    source = csv_file(SETTLEMENTS, "t0,o0,100,1,99,2026-11-01,2026-11-03", line)

    with pytest.raises(RowBroken) as refused:
        read_files([source])
    assert refused.value.facts == {"file": "a.csv", "line": 3, "column": column}


def test_an_unknown_status_is_not_guessed() -> None:
    with pytest.raises(RowBroken) as refused:
        read_files([csv_file(TRANSACTIONS, "t1,p1,o1,30000,SETTLED,2026-11-01T09:00:00+09:00")])
    assert refused.value.facts == {"file": "a.csv", "line": 2, "column": "status"}


@pytest.mark.parametrize(
    ("headings", "facts"),
    [
        (
            "거래키,주문번호,매출금액,수수료,매출일",
            {"nearest": "gateway_settlements", "missing": "payOutAmount, paidOutDate"},
        ),
        ("order_id,order_item_id,price", {"nearest": "order_items", "missing": "freight_value"}),
        ("시장명,주소", {"nearest": "", "missing": ""}),
    ],
)
def test_a_wrong_file_is_told_by_what_it_lacks(headings: str, facts: dict[str, str]) -> None:
    right = csv_file(SETTLEMENTS, "t1,o1,100,1,99,2026-11-01,2026-11-03")

    with pytest.raises(FileUnknown) as refused:
        read_files([right, csv_file(headings, "1,2", name="wrong.csv")])
    assert refused.value.facts == {"file": "wrong.csv", "found": headings.replace(",", ", "), **facts}


def test_every_refusal_has_its_own_code() -> None:
    codes = [one.code for one in SettlementRefused.__subclasses__()]

    assert len(codes) == len(set(codes)) > 10
    assert all(code.startswith("settlement.") for code in codes)
