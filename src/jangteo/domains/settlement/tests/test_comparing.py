from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.settlement.errors import NothingToCompare
from jangteo.domains.settlement.reconcile.comparing import Break, BreakKind, Comparison, Movement
from jangteo.domains.settlement.reconcile.movements import voucher_key
from jangteo.domains.settlement.reconcile.reading import read_files
from jangteo.domains.settlement.reconcile.run import HELD_AGAINST, Book, Report, Terms, reconcile
from jangteo.kernel.files.tables import Source
from jangteo.kernel.files.tests.sheets import csv_file

TODAY = date(2026, 11, 10)
SOLD = date(2026, 11, 3)
DUE = date(2026, 11, 5)
TERMS = Terms(TODAY)
TRANSACTIONS = "transactionKey,paymentKey,orderId,amount,status,transactionAt"
SETTLEMENTS = "transactionKey,orderId,amount,fee,payOutAmount,soldDate,paidOutDate"
BANK = "거래일시,적요,보낸분/받는분,출금액,입금액,잔액"
VOUCHERS = "가맹점번호,승인일시,승인번호,승인금액,거래구분"


def booked(key: str, amount: int, fee: int | None = None, due: date | None = DUE) -> Movement:
    return Movement(f"t{key}", f"o{key}", amount, SOLD, fee=fee, due=due)


def listed(*keys_amounts: tuple[str, int]) -> Source:
    rows = (f"t{key},p{key},o{key},{amount},DONE,2026-11-03T10:00:00+09:00" for key, amount in keys_amounts)
    return csv_file(TRANSACTIONS, *rows)


def settled(*rows: tuple[str, int, int], paid: str = "2026-11-05") -> Source:
    lines = (f"t{key},o{key},{amount},{fee},{amount - fee},2026-11-03,{paid}" for key, amount, fee in rows)
    return csv_file(SETTLEMENTS, *lines)


def shown(report: Report) -> list[tuple[str, str, str, int | None, int | None, int | None]]:
    return [(one.kind.value, one.about, one.key, one.here, one.there, one.age_days) for one in report.breaks]


def test_a_fee_one_won_off_one_missing_and_one_extra_are_three_breaks() -> None:
    book = Book(gateway=(booked("1", 34_000, fee=860), booked("2", 5_000, fee=126), booked("3", 7_000, fee=177)))
    files = read_files(
        [
            listed(("1", 34_000), ("2", 5_000), ("9", 8_000)),
            settled(("1", 34_000, 861), ("2", 5_000, 126), ("9", 8_000, 202)),
        ]
    )

    report = reconcile(files, TERMS, book)

    assert shown(report) == [
        ("missing_there", "gateway_transactions", "t3", 7_000, None, 7),
        ("missing_here", "gateway_transactions", "t9", None, 8_000, 7),
        ("fee", "gateway_settlements", "t1", 860, 861, 7),
    ]
    assert report.orders == 4


def test_a_day_that_agrees_has_no_breaks() -> None:
    book = Book(gateway=(booked("1", 34_000, fee=860), booked("2", -5_000, fee=-126)))
    cancelled = csv_file(TRANSACTIONS, "t2,p2,o2,5000,CANCELED,2026-11-03T12:00:00+09:00")
    files = read_files([listed(("1", 34_000)), cancelled, settled(("1", 34_000, 860), ("2", -5_000, -126))])

    assert reconcile(files, TERMS, book) == Report(2, ())


def test_another_amount_is_a_break_to_the_won() -> None:
    report = reconcile(read_files([listed(("1", 34_001))]), TERMS, Book(gateway=(booked("1", 34_000),)))

    assert shown(report) == [("amount", "gateway_transactions", "t1", 34_000, 34_001, 7)]
    assert report.breaks[0].difference == 1


def test_what_is_due_and_not_paid_out_is_late_and_ages_from_its_day() -> None:
    book = Book(gateway=(booked("1", 100), booked("2", 200, due=TODAY), booked("3", 300, due=None)))

    report = reconcile(read_files([csv_file(SETTLEMENTS)]), TERMS, book)

    assert shown(report) == [("late", "gateway_settlements", "t1", 100, None, 5)]
    assert report.breaks[0].day == DUE


def test_left_out_of_a_payout_that_came_is_missing_there_not_late() -> None:
    book = Book(gateway=(booked("1", 100), booked("2", 200)))

    assert shown(reconcile(read_files([settled(("1", 100, 0))]), TERMS, book)) == [
        ("missing_there", "gateway_settlements", "t2", 200, None, 5)
    ]


def test_a_payout_that_is_not_amount_less_fee_is_a_break_of_the_fee() -> None:
    odd = csv_file(SETTLEMENTS, "t1,o1,34000,860,33130,2026-11-03,2026-11-05")

    report = reconcile(read_files([odd]), TERMS, Book(gateway=(booked("1", 34_000, fee=860),)))

    assert shown(report) == [("fee", "gateway_settlements", "t1", 860, 870, 7)]


def test_a_gateways_two_files_are_held_against_each_other_without_a_book() -> None:
    files = read_files([listed(("1", 100), ("2", 200)), settled(("1", 100, 2), ("9", 900, 18))])

    assert shown(reconcile(files, TERMS)) == [
        ("missing_there", "gateway_settlements", "t2", 200, None, 5),
        ("missing_here", "gateway_settlements", "t9", None, 900, 7),
    ]


def test_chuseok_makes_nothing_late() -> None:
    sold = csv_file(TRANSACTIONS, "t1,p1,o1,100,DONE,2026-09-23T23:59:59.9+09:00")
    files = read_files([sold, csv_file(SETTLEMENTS)])

    assert reconcile(files, Terms(date(2026, 9, 29))).breaks == ()
    assert shown(reconcile(files, Terms(date(2026, 9, 30)))) == [("late", "gateway_settlements", "t1", 100, None, 1)]


def test_payouts_are_looked_for_in_the_bank() -> None:
    files = read_files(
        [
            listed(("1", 10_000), ("2", 20_000), ("3", 30_000), ("4", 40_000), ("5", 50_000)),
            settled(("1", 10_000, 200), ("2", 20_000, 500), paid="2026-11-04"),
            settled(("3", 30_000, 900), paid="2026-11-05"),
            settled(("4", 40_000, 0), paid="2026-11-06"),
            settled(("5", 50_000, 0), paid="2026-11-10"),
            csv_file(
                BANK,
                "2026-11-04 08:00,,손님,,29300,29300",
                "2026-11-05 09:00,,(주)토스페이먼츠,,29300,58600",
                "2026-11-05 09:01,,(주)토스페이먼츠,,29000,87600",
                "2026-11-09 09:00,,카카오페이,,1234,88834",
                "2026-11-09 09:00,,관리비,5000,,83834",
            ),
        ]
    )

    assert shown(reconcile(files, TERMS)) == [
        ("amount", "bank_statement", "2026-11-05", 29_100, 29_000, 5),
        ("late", "bank_statement", "2026-11-06", 40_000, None, 4),
        ("missing_here", "bank_statement", "카카오페이", None, 1_234, 1),
    ]


def test_a_payout_before_the_statement_begins_and_one_of_yesterday_are_no_breaks() -> None:
    book = Book(gateway=(booked("1", 100), booked("2", 200), booked("3", 300), booked("4", -900)))
    files = read_files(
        [
            settled(("1", 100, 0), paid="2026-11-04"),
            settled(("2", 200, 0), paid="2026-11-09"),
            settled(("3", 300, 0), ("4", -900, 0), paid="2026-11-06"),
            csv_file(BANK, "2026-11-05 08:00,,손님,,5,5"),
        ]
    )

    assert reconcile(files, TERMS, book).breaks == ()
    assert [one.key for one in reconcile(files, Terms(date(2026, 11, 11)), book).breaks] == ["2026-11-09"]


def test_a_side_that_says_no_fee_has_no_other_fee() -> None:
    silent = replace(booked("1", 100), fee=None)

    assert list(Comparison("x", TODAY).settled([booked("1", 100, fee=2)], [silent])) == []
    assert list(Comparison("x", TODAY).settled([silent], [booked("1", 100, fee=2)])) == []


def test_a_key_that_stands_there_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="t1 stands there twice"):
        list(Comparison("x", TODAY).amounts([booked("1", 100), booked("1", 200)], []))


def test_a_stalls_own_record_is_found_by_number_or_by_merchant_day_and_amount() -> None:
    def tapped(place: str, amount: int, key: str = "", order: str = "") -> Movement:
        return Movement(key, order, amount, SOLD, place=place)

    book = Book(
        vouchers=(
            tapped("77", 12_000, voucher_key("77", "A1", 12_000), "o1"),
            tapped("77", 5_000, order="o2"),
            tapped("77", 5_000, order="o3"),
            tapped("78", 9_000, order="o4"),
            tapped("79", 4_000, order="o5"),
        )
    )
    operator = csv_file(
        VOUCHERS,
        "77,2026-11-03 10:00,A1,12500,승인",
        "77,2026-11-03 11:00,A2,5000,승인",
        "77,2026-11-03 11:05,A3,5000,승인",
        "77,2026-11-03 11:06,A3,5000,취소",
        "78,2026-11-03 12:00,B1,9500,승인",
        "80,2026-11-03 12:00,C1,100,승인",
    )

    report = reconcile(read_files([operator]), TERMS, book)

    assert [(*row[:1], report.breaks[at].order, *row[2:5]) for at, row in enumerate(shown(report))] == [
        ("amount", "o1", "77:A1:approve", 12_000, 12_500),
        ("amount", "o4", "78:B1:approve", 9_000, 9_500),
        ("missing_there", "o5", "", 4_000, None),
        ("missing_here", "", "77:A3:cancel", None, -5_000),
        ("missing_here", "", "80:C1:approve", None, 100),
    ]


@pytest.mark.parametrize("kind", list(HELD_AGAINST))
def test_a_file_that_nothing_stands_against_is_refused(kind: str) -> None:
    files = replace(read_files([]), rows={kind: ()})

    with pytest.raises(NothingToCompare) as refused:
        reconcile(files, TERMS)
    assert refused.value.facts == {"have": kind, "wanted": ", ".join(HELD_AGAINST[kind])}


def test_the_report_has_every_kind_in_its_shape() -> None:
    report = reconcile(read_files([listed(("1", 34_001))]), TERMS, Book(gateway=(booked("1", 34_000),)))

    assert json.loads(json.dumps(report.as_dict())) == {
        "orders": 1,
        "breaks": {
            "amount": [
                {
                    "about": "gateway_transactions",
                    "order": "o1",
                    "key": "t1",
                    "here": 34_000,
                    "there": 34_001,
                    "difference": 1,
                    "digits": 0,
                    "day": "2026-11-03",
                    "age_days": 7,
                }
            ],
            "no_items": [],
            "missing_here": [],
            "missing_there": [],
            "fee": [],
            "late": [],
        },
    }


def test_orders_without_items_paid_without_orders_and_unpaid() -> None:
    files = read_files(
        [
            csv_file(
                "order_id,order_status,order_purchase_timestamp",
                *(f"{order},created,2026-11-03 10:00:00" for order in "abcde"),
            ),
            csv_file(
                "order_id,order_item_id,price,freight_value", "a,1,10.00,1.50", "a,2,0.50,0", "b,1,5,0", "e,1,3.01,0"
            ),
            csv_file(
                "order_id,payment_sequential,payment_type,payment_value",
                "a,1,voucher,10",
                "a,2,credit_card,2.0",
                "c,1,card,7",
                "z,1,card,8",
                "e,1,card,3",
            ),
        ]
    )

    report = reconcile(files, TERMS)

    assert shown(report) == [
        ("no_items", "order_payments", "c", None, 700, 7),
        ("no_items", "order_payments", "d", None, None, 7),
        ("missing_there", "order_payments", "b", 500, None, 7),
        ("missing_here", "order_payments", "z", None, 800, None),
    ]
    assert (report.orders, {one.digits for one in report.breaks}) == (6, {2})


keys = st.sampled_from([f"t{n}" for n in range(8)])
side = st.dictionaries(keys, st.integers(-50_000, 50_000).filter(bool))


@given(side, side)
def test_breaks_explain_the_whole_difference_between_two_sides(ours: dict[str, int], theirs: dict[str, int]) -> None:
    here, there = ([Movement(key, key, won, SOLD) for key, won in one.items()] for one in (ours, theirs))

    breaks: list[Break] = list(Comparison("x", TODAY).amounts(here, there))

    assert sum(one.difference for one in breaks) == sum(theirs.values()) - sum(ours.values())
    assert len({one.key for one in breaks}) == len(breaks)
    assert {one.key for one in breaks} == {key for key in ours | theirs if ours.get(key) != theirs.get(key)}


@given(side, st.integers(0, 4), st.integers(0, 20))
def test_a_settlement_breaks_only_what_is_due(ours: dict[str, int], kept: int, later: int) -> None:
    here = [Movement(key, key, won, SOLD, fee=0, due=DUE) for key, won in ours.items()]
    today = SOLD + timedelta(days=later)

    breaks = list(Comparison("x", today).settled(here, here[:kept]))

    kind = BreakKind.MISSING_THERE if here[:kept] else BreakKind.LATE
    assert [(one.kind, one.key) for one in breaks] == [(kind, one.key) for one in here[kept:] if today > DUE]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4)), max_size=8))
def test_records_without_numbers_pair_whatever_their_sequence(taps: list[tuple[str, int]]) -> None:
    here = [Movement("", "", won, SOLD, place=place) for place, won in taps]
    there = [
        Movement(voucher_key(place, str(n), won), "", won, SOLD, place=place) for n, (place, won) in enumerate(taps)
    ]

    assert list(Comparison("x", TODAY).approved(here, there[::-1])) == []
