"""Ten thousand real orders of a marketplace with many sellers: what was ordered against what was paid."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date

from jangteo.domains.settlement.reconcile.comparing import BreakKind
from jangteo.domains.settlement.reconcile.reading import Files, read_files
from jangteo.domains.settlement.reconcile.run import Report, Terms, reconcile
from jangteo.kernel.files.tables import Source, read_tables
from jangteo.kernel.files.tests.sheets import xlsx_file
from tests.real_data import real_data

PARTS = ("orders", "order_items", "order_payments")
TODAY = date(2018, 1, 31)
MOST_SECONDS = 5.0


def real(*parts: str) -> Files:
    return read_files(Source(f"{part}.csv", real_data(f"olist/{part}.csv").read_bytes()) for part in parts)


def counts(report: Report) -> dict[str, int]:
    return {kind.value: len(report.of(kind)) for kind in BreakKind}


def test_28_orders_differ_and_111_have_no_items() -> None:
    started = time.process_time()
    report = reconcile(real(*PARTS), Terms(TODAY))
    taken = time.process_time() - started

    assert report.orders == 10_000
    assert counts(report) == {
        "amount": 28,
        "no_items": 111,
        "missing_here": 0,
        "missing_there": 0,
        "fee": 0,
        "late": 0,
    }
    assert all(abs(one.difference) > 1 and one.digits == 2 for one in report.of(BreakKind.AMOUNT))
    assert Counter(one.here for one in report.of(BreakKind.NO_ITEMS)) == {None: 111}
    assert all(one.age_days is not None and 31 <= one.age_days <= 400 for one in report.breaks)
    assert taken < MOST_SECONDS


def test_the_sequence_of_the_files_and_the_list_of_orders_change_nothing() -> None:
    report, without = reconcile(real(*PARTS), Terms(TODAY)), reconcile(real(*PARTS[:0:-1]), Terms(TODAY))

    assert counts(without) == counts(report)
    assert without.orders == 10_000


def test_every_tender_of_an_order_is_kept() -> None:
    files = real(*PARTS)
    payments = files.of("order_payments")

    (order, most), *_ = Counter(entry.texts["order"] for entry in payments).most_common(1)
    tenders = [entry for entry in payments if entry.texts["order"] == order]
    items = [entry.money for entry in files.of("order_items") if entry.texts["order"] == order]

    assert most == 22
    assert Counter(entry.texts["tender"] for entry in tenders) == {"voucher": 21, "credit_card": 1}
    assert sum(entry.money["amount"] for entry in tenders) == sum(one["price"] + one["freight"] for one in items)
    assert order not in {one.order for one in reconcile(files, Terms(TODAY)).breaks}


def test_voucher_lines_are_kept_even_one_of_nothing() -> None:
    vouchers = [entry for entry in real("order_payments").of("order_payments") if entry.texts["tender"] == "voucher"]

    assert len(vouchers) == 643
    assert [entry.money["amount"] for entry in vouchers].count(0) == 1


def test_a_spreadsheet_of_numbers_holds_the_same_cents() -> None:
    text = Source("a.csv", real_data("olist/order_payments.csv").read_bytes())
    (table,) = read_tables(text)
    headings, *rows = [list[str | float](row.cells) for row in table.rows]
    as_numbers = [[*cells, float(last)] for *cells, last in rows]

    assert read_files([xlsx_file([headings, *as_numbers])]).rows == read_files([text]).rows
