"""What reconciling relies on, asked of every gateway's report, whether it lists or is asked payment by payment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from jangteo.domains.payments.ports import Cancel, GatewayRejected, GatewayState, GatewayUnknown
from jangteo.domains.payments.reports_port import DatedBy, GatewayReports
from jangteo.kernel.clock import KST
from tests.contract.report_benches import DAY, LIST_BENCHES, REPORT_BENCHES, START, ReportBench

MINUTE = timedelta(minutes=1)


@pytest.fixture(params=REPORT_BENCHES, ids=lambda bench: bench.__name__)
def bench(request: pytest.FixtureRequest) -> Iterator[ReportBench]:
    with request.param() as opened:
        yield opened


@pytest.fixture(params=LIST_BENCHES, ids=lambda bench: bench.__name__)
def listing(request: pytest.FixtureRequest) -> Iterator[ReportBench]:
    with request.param() as opened:
        yield opened


def lists(bench: ReportBench) -> GatewayReports:
    assert bench.lists is not None
    return bench.lists


def back(bench: ReportBench, payment_key: str, won: int) -> Cancel:
    done = bench.gateway.cancel(
        payment_key=payment_key, reason="품절", amount_won=won, tax_free_won=0, key=f"ref:{won}"
    )
    return done.cancels[-1]


def test_a_payment_and_each_cancellation_are_one_movement_under_the_keys_that_were_booked(bench: ReportBench) -> None:
    key = bench.pay("order-0001", 30_000)
    bench.watch.moment += MINUTE
    part = back(bench, key, 10_000)
    bench.watch.moment += DAY
    rest = back(bench, key, 20_000)

    taken, *returned = bench.told(key)

    assert (taken.amount_won, taken.state, taken.at) == (30_000, GatewayState.DONE, START)
    assert [(row.key, row.amount_won, row.at) for row in returned] == [
        (part.key, -10_000, START + MINUTE),
        (rest.key, -20_000, START + MINUTE + DAY),
    ]
    assert [row.state for row in returned] == [GatewayState.PART_CANCELLED, GatewayState.CANCELLED]
    assert {(row.payment_key, row.order_ref) for row in (taken, *returned)} == {(key, "order-0001")}


def test_a_report_adds_up_to_what_a_read_says(bench: ReportBench) -> None:
    key = bench.pay("order-0001", 30_000)
    for won in (1, 999, 7_000):
        back(bench, key, won)

    read = bench.gateway.read(payment_key=key)

    assert read is not None
    assert sum(row.amount_won for row in bench.told(key)) == read.balance_won == 22_000


def test_a_payment_that_nobody_knows_moved_nothing(bench: ReportBench) -> None:
    bench.pay("order-0001", 30_000)

    assert bench.told("unknown-0001") == ()


def test_a_window_that_was_left_moved_nothing(bench: ReportBench) -> None:
    key = bench.window("order-0001", 30_000)

    assert [row for row in bench.told(key) if row.amount_won] == []


@pytest.mark.parametrize("fault", ["server_error", "garbage"])
def test_a_report_that_fails_is_unknown_and_can_be_asked_for_again(bench: ReportBench, fault: str) -> None:
    key = bench.pay("order-0001", 30_000)
    bench.trouble(fault)

    with pytest.raises(GatewayUnknown):
        bench.told(key)

    assert [row.amount_won for row in bench.told(key)] == [30_000]


def test_a_key_that_may_not_read_reports_is_refused(bench: ReportBench) -> None:
    with pytest.raises(GatewayRejected):
        bench.stranger()


def test_a_list_reaches_from_its_beginning_to_before_its_end(listing: ReportBench) -> None:
    refs = [f"order-{number:04}" for number in range(3)]
    for ref in refs:
        listing.pay(ref, 1_000)
        listing.watch.moment += MINUTE

    found = lists(listing).transactions(since=START + MINUTE, until=START + 2 * MINUTE)

    assert [row.order_ref for row in found] == [refs[1]]
    with pytest.raises(ValueError, match=r"."):
        lists(listing).transactions(since=datetime(2026, 11, 3), until=START)  # noqa: DTZ001 - that is the point


def test_every_page_of_a_list_is_read_in_the_order_it_happened(listing: ReportBench) -> None:
    refs = [f"order-{number:04}" for number in range(7)]
    for ref in refs:
        listing.pay(ref, 1_000)
        listing.watch.moment += MINUTE
    assert listing.short is not None

    found = listing.short.transactions(since=START, until=START + DAY)

    assert [row.order_ref for row in found] == refs
    assert len({row.key for row in found}) == 7


@pytest.mark.parametrize(("fault", "rows"), [("missing_row", 1), ("extra_row", 3)])
def test_a_list_that_says_otherwise_is_told_as_it_is(listing: ReportBench, fault: str, rows: int) -> None:
    for ref in ("order-0001", "order-0002"):
        listing.pay(ref, 1_000)
    listing.trouble(fault)

    assert len(lists(listing).transactions(since=START, until=START + DAY)) == rows


def test_settlements_come_to_the_amounts_less_their_fees_or_are_not_told(listing: ReportBench) -> None:
    back(listing, listing.pay("order-0001", 30_000), 10_000)
    day = START.astimezone(KST).date()

    told = lists(listing).settlements(first=day, last=day, dated_by=DatedBy.SOLD)

    assert told is None or sum(row.amount_won for row in told) == 20_000
    assert all(row.paid_won == row.amount_won - row.fee_won for row in told or ())
