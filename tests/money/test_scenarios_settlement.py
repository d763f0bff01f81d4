"""Scenarios of settling and reconciling by their numbers: 14 a refund after the pay-out, 18 a pay-out file twice and an
account that sends money back, 19 a gateway's report that disagrees, 20 clocks and holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from jangteo.domains.ledger.models import Entry
from jangteo.domains.payments.ports import GatewayState
from jangteo.domains.payments.reports_port import GatewaySettlement, GatewayTransaction
from jangteo.domains.settlement.actions.close_day import close_day
from jangteo.domains.settlement.actions.compare_day import DayReport, compare_day
from jangteo.domains.settlement.actions.export_run import export_run
from jangteo.domains.settlement.actions.mark_paid import mark_paid
from jangteo.domains.settlement.actions.note_returned import note_returned
from jangteo.domains.settlement.actions.solve_break import solve_break
from jangteo.domains.settlement.actions.take_break import take_break
from jangteo.domains.settlement.business_days import BankDays, korean_date
from jangteo.domains.settlement.errors import BreakUnowned
from jangteo.domains.settlement.models import Break, LineOutcome
from jangteo.domains.settlement.modes import RunState
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.money.settling import (
    ANNA,
    BORA,
    FRIDAY,
    SATURDAY,
    Book,
    approved,
    association_pays,
    at,
    exported,
    has_account,
    line_of,
)
from tests.world import World

SUNDAY, MONDAY = SATURDAY + timedelta(days=1), SATURDAY + timedelta(days=2)


@pytest.fixture
def book(world: World) -> Book:
    association_pays(world.market)
    has_account(world.market, world.fish, "110111111111")
    has_account(world.market, world.tofu_stall, "110222222222")
    return Book(world.market)


def test_s14_a_refund_after_the_payout_is_carried_and_never_pays_out_below_zero(world: World, book: Book) -> None:
    fish = world.fish
    ref = book.sale({fish.pk: 30_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        first, _ = exported(world.market, FRIDAY)
        mark_paid(market=world.market, actor=ANNA, run_id=first.pk)
    assert book.won(f"stall:{fish.pk}:payable") == 0

    book.refund(ref, fish.pk, 12_000, at(SATURDAY, 15))
    book.sale({fish.pk: 5_000}, at(SATURDAY, 16))
    with clock.at(at(SUNDAY)):
        second = approved(world.market, SATURDAY)
    book.sale({fish.pk: 20_000}, at(SUNDAY, 16))
    with clock.at(at(MONDAY)):
        third = approved(world.market, SUNDAY)

    owing, netted = line_of(second, fish), line_of(third, fish)
    assert (owing.late_refunds_won, owing.payout_won, owing.carried_out_won) == (12_000, 0, 7_000)
    assert (netted.carried_in_won, netted.payout_won, netted.carried_out_won) == (7_000, 13_000, 0)
    assert book.won(f"receivable:stall:{fish.pk}") == 0
    assert book.won(f"stall:{fish.pk}:payable") == -13_000


def test_s18_a_payout_file_twice_and_one_account_that_sends_the_money_back(world: World, book: Book) -> None:
    book.sale({world.fish.pk: 30_000, world.tofu_stall.pk: 8_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        run, file = exported(world.market, FRIDAY)
        has_account(world.market, world.fish, "110999999999")
        again = export_run(market=world.market, actor=BORA, run_id=run.pk)
        for _ in range(2):
            mark_paid(market=world.market, actor=ANNA, run_id=run.pk)
        tofu = line_of(run, world.tofu_stall)
        for _ in range(2):
            note_returned(market=world.market, actor=ANNA, line_id=tofu.pk, reason="예금주 불일치")

    assert (again.pk, bytes(again.content), again.sha256) == (file.pk, bytes(file.content), file.sha256)
    assert (file.count, file.total_won) == (2, 38_000)
    with in_market(world.market.pk):
        run.refresh_from_db()
        assert run.state == RunState.PART_RETURNED
        assert Entry.objects.filter(kind="payout").count() == 2
        outcomes = LineOutcome.objects.filter(line__run=run).order_by("pk")
        assert [(row.line_id, row.outcome, row.reason) for row in outcomes] == [
            (line_of(run, world.fish).pk, "paid", ""),
            (tofu.pk, "paid", ""),
            (tofu.pk, "returned", "예금주 불일치"),
        ]
    assert book.won(f"stall:{world.fish.pk}:payable") == 0
    assert book.won(f"stall:{world.tofu_stall.pk}:payable") == -8_000
    assert book.won(f"bank:{world.market.pk}") == -30_000

    book.sale({world.tofu_stall.pk: 1_000}, at(SATURDAY, 16))
    with clock.at(at(SUNDAY)):
        following = approved(world.market, SATURDAY)
    line = line_of(following, world.tofu_stall)
    assert (line.sales_won, line.left_in_won, line.payout_won) == (1_000, 8_000, 9_000)


def transaction_of(ref: str, won: int, when: datetime) -> GatewayTransaction:
    return GatewayTransaction(f"t-{ref}", f"pk-{ref}", ref, GatewayState.DONE, won, "카드", when)


def settlement_of(ref: str, won: int, fee: int, sold: date, paid: date) -> GatewaySettlement:
    return GatewaySettlement(f"t-{ref}", f"pk-{ref}", ref, "카드", won, fee, fee // 11, won - fee, sold, paid)


def test_s19_three_breaks_of_three_kinds_and_a_day_that_stays_open(world: World, book: Book) -> None:
    association_pays(world.market, gateway_fee_bp=200, settle_after=0)
    charged = book.sale({world.fish.pk: 39_100}, at(FRIDAY, 9))  # 782 and 78 of VAT: 860
    missing = book.sale({world.fish.pk: 5_000}, at(FRIDAY, 10))
    rows = [transaction_of(charged, 39_100, at(FRIDAY, 9)), transaction_of("nobodys", 7_000, at(FRIDAY, 11))]
    paid = [settlement_of(charged, 39_100, 861, FRIDAY, FRIDAY), settlement_of("nobodys", 7_000, 154, FRIDAY, FRIDAY)]

    with clock.at(at(SATURDAY)):
        report = DayReport("toss", FRIDAY, rows, paid)
        opened = [compare_day(market=world.market, actor=ANNA, report=report) for _ in range(3)]
        with in_market(world.market.pk):
            breaks = {row.kind: row for row in Break.objects.all()}
        with pytest.raises(BreakUnowned) as refused:
            close_day(market=world.market, actor=ANNA, day=FRIDAY)

    assert opened == [3, 0, 0]
    assert {kind: (row.key, row.here_won, row.there_won) for kind, row in breaks.items()} == {
        "fee": (f"toss:pk-{charged}:capture", 860, 861),
        "missing_there": (f"toss:pk-{missing}:capture", 5_000, None),
        "missing_here": ("toss:pk-nobodys:capture", None, 7_000),
    }
    assert refused.value.facts == {"day": "2026-11-20", "count": 3}
    # One won of rounding is booked as such; nothing else is made to fit.
    assert book.won("rounding:toss") == 1
    assert book.won("gatewaycost:toss") == 860
    assert book.won(f"bank:{world.market.pk}") == 38_239
    assert book.won("clear:toss") == 5_000

    with clock.at(at(SATURDAY)):
        for row in breaks.values():
            take_break(market=world.market, actor=BORA, break_id=row.pk)
        close_day(market=world.market, actor=ANNA, day=FRIDAY)


def test_s19_a_fee_that_is_far_off_is_booked_by_a_person_only(world: World, book: Book) -> None:
    association_pays(world.market, gateway_fee_bp=200, settle_after=0)
    ref = book.sale({world.fish.pk: 39_100}, at(FRIDAY, 9))
    rows, paid = [transaction_of(ref, 39_100, at(FRIDAY, 9))], [settlement_of(ref, 39_100, 960, FRIDAY, FRIDAY)]

    with clock.at(at(SATURDAY)):
        compare_day(market=world.market, actor=ANNA, report=DayReport("toss", FRIDAY, rows, paid))
        before = (book.won("clear:toss"), book.won("rounding:toss"))
        with in_market(world.market.pk):
            found = Break.objects.get()
        solve_break(market=world.market, actor=BORA, break_id=found.pk, note="법인카드라서 수수료가 달라요")

    assert before == (39_100, 0)
    assert (book.won("clear:toss"), book.won("gatewaycost:toss"), book.won("rounding:toss")) == (0, 960, 0)


def test_s20_a_payment_just_before_midnight_belongs_to_its_korean_day(world: World, book: Book) -> None:
    last_moment = datetime(2026, 11, 20, 14, 59, 59, 900_000, tzinfo=UTC)
    book.sale({world.fish.pk: 1_000}, last_moment)
    book.sale({world.fish.pk: 2_000}, last_moment + timedelta(milliseconds=100))

    with clock.at(at(SUNDAY)):
        friday = approved(world.market, FRIDAY)
        saturday = approved(world.market, SATURDAY)

    assert korean_date(last_moment) == FRIDAY
    assert [line_of(run, world.fish).sales_won for run in (friday, saturday)] == [1_000, 2_000]
    assert sum(line_of(run, world.fish).payout_won for run in (friday, saturday)) == -book.won(
        f"stall:{world.fish.pk}:payable"
    )


def test_s20_a_late_booking_and_two_clocks_are_no_breaks(world: World, book: Book) -> None:
    """The gateway took it a moment before midnight, we wrote it down a moment after."""
    ref = book.sale({world.fish.pk: 1_000}, clock.korean(SATURDAY, time(0, 0, 1)))
    told = transaction_of(ref, 1_000, clock.korean(SATURDAY, time(0)) - timedelta(milliseconds=100))

    with clock.at(at(MONDAY)):
        opened = [
            compare_day(market=world.market, actor=ANNA, report=DayReport("toss", day, [told], []))
            for day in (FRIDAY, SATURDAY)
        ]

    assert opened == [0, 0]


@pytest.mark.parametrize(
    ("sold", "due"),
    [
        (date(2026, 9, 22), date(2026, 9, 28)),  # Chuseok 24 to 26 September, and a weekend
        (date(2026, 8, 13), date(2026, 8, 18)),  # Liberation Day on a Saturday: Monday 17 August instead
        (date(2026, 4, 29), date(2026, 5, 4)),  # Labour Day: banks are closed
    ],
)
def test_s20_two_bank_days_after_a_sale_skip_what_banks_rest_on(sold: date, due: date) -> None:
    assert BankDays().due(clock.korean(sold, time(23, 59, 59)), 2) == due
