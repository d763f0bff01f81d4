"""The daily job over the practice gateway's own reports, and files that people bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from jangteo.domains.payments.ports import GatewayState, GatewayUnknown
from jangteo.domains.payments.reports_port import DatedBy, GatewaySettlement, GatewayTransaction
from jangteo.domains.settlement.actions.close_day import close_day
from jangteo.domains.settlement.actions.compare_day import DayReport, compare_day
from jangteo.domains.settlement.actions.import_report import import_report
from jangteo.domains.settlement.actions.reopen_break import reopen_break
from jangteo.domains.settlement.actions.solve_break import solve_break
from jangteo.domains.settlement.actions.take_break import take_break
from jangteo.domains.settlement.days import changed_days
from jangteo.domains.settlement.effects import DailyBooks
from jangteo.domains.settlement.errors import (
    BreakSolved,
    DayNotCompared,
    DayNotOver,
    DayOutOfOrder,
    NothingToCompare,
    RowBroken,
)
from jangteo.domains.settlement.models import Break, DayClose, GatewaySettled, ImportedFile
from jangteo.domains.settlement.reconcile.comparing import BreakKind
from jangteo.kernel import clock
from jangteo.kernel.files.tables import Source
from jangteo.kernel.tenancy import in_market
from tests.money.settling import ANNA, FRIDAY, SATURDAY, Book, association_pays, at
from tests.world import World, make_world

SUNDAY, MONDAY, TUESDAY = (SATURDAY + timedelta(days=days) for days in (1, 2, 3))


@dataclass
class Told:
    """What a gateway would report; `fails` for so many times it does not answer."""

    name: str = "toss"
    moved: list[GatewayTransaction] = field(default_factory=list)
    paid: list[GatewaySettlement] = field(default_factory=list)
    fails: int = 0
    asked: int = 0

    def transactions(self, *, since: datetime, until: datetime) -> tuple[GatewayTransaction, ...]:
        self.asked += 1
        if self.fails:
            self.fails -= 1
            raise GatewayUnknown("no answer")
        return tuple(row for row in self.moved if since <= row.at < until)

    def settlements(
        self, *, first: date, last: date, dated_by: DatedBy = DatedBy.SOLD
    ) -> tuple[GatewaySettlement, ...]:
        return tuple(row for row in self.paid if first <= row.paid_on <= last)

    def sale(self, ref: str, won: int, when: datetime, *, paid_on: date | None = None) -> None:
        self.moved.append(GatewayTransaction(f"t-{ref}", f"pk-{ref}", ref, GatewayState.DONE, won, "카드", when))
        if paid_on is not None:
            sold = when.astimezone(clock.KST).date()
            self.paid.append(GatewaySettlement(f"t-{ref}", f"pk-{ref}", ref, "카드", won, 0, 0, won, sold, paid_on))


@pytest.fixture
def book(world: World) -> Book:
    return Book(world.market)


def work(told: Told, moment: datetime) -> None:
    with clock.at(moment):
        DailyBooks({told.name: told}).run()


def days(world: World) -> list[date]:
    with in_market(world.market.pk):
        return [row.day for row in DayClose.objects.order_by("day")]


def found(world: World) -> list[tuple[str, str, date]]:
    with in_market(world.market.pk):
        return [(row.kind, row.state, row.day) for row in Break.objects.order_by("pk")]


def test_a_day_that_agrees_is_closed_once_it_is_over(world: World, book: Book) -> None:
    told = Told()
    told.sale(book.sale({world.fish.pk: 1_000}, at(FRIDAY)), 1_000, at(FRIDAY))

    for hour in (0, 1, 2):
        work(told, at(SATURDAY, hour))

    assert days(world) == [FRIDAY]
    assert found(world) == []


def test_a_report_that_cannot_be_had_leaves_the_day_open(world: World, book: Book) -> None:
    told = Told(fails=1)
    told.sale(book.sale({world.fish.pk: 1_000}, at(FRIDAY)), 1_000, at(FRIDAY))

    work(told, at(SATURDAY, 2))
    assert days(world) == []
    work(told, at(SATURDAY, 3))
    assert days(world) == [FRIDAY]


def test_a_break_holds_its_day_and_those_after_until_somebody_takes_it(world: World, book: Book) -> None:
    told = Told()
    ref = book.sale({world.fish.pk: 1_000}, at(FRIDAY))
    work(told, at(FRIDAY, 2))
    for moment in (at(SATURDAY, 2), at(SATURDAY, 3), at(SUNDAY, 2)):
        work(told, moment)

    assert days(world) == [FRIDAY - timedelta(days=1)]
    assert found(world) == [("missing_there", "open", FRIDAY)]
    with in_market(world.market.pk):
        one = Break.objects.get()
    assert one.order_ref == ref
    take_break(market=world.market, actor=ANNA, break_id=one.pk)
    work(told, at(SUNDAY, 3))
    assert days(world)[-1] == SATURDAY


def test_what_is_late_and_comes_is_solved_by_itself(world: World, book: Book) -> None:
    told = Told()
    ref = book.sale({world.fish.pk: 1_000}, at(FRIDAY))
    told.sale(ref, 1_000, at(FRIDAY))
    work(told, at(SATURDAY, 2))

    # Two bank days after a Friday is Tuesday; on Thursday it has not come, on Friday it has.
    thursday = TUESDAY + timedelta(days=2)
    work(told, at(thursday, 2))
    assert found(world) == [("late", "open", TUESDAY)]
    told.paid.append(GatewaySettlement(f"t-{ref}", f"pk-{ref}", ref, "카드", 1_000, 0, 0, 1_000, FRIDAY, thursday))
    work(told, at(thursday + timedelta(days=1), 2))

    assert found(world) == [("late", "solved", TUESDAY)]


def test_a_payment_of_nobody_is_shown_in_one_market_only(world: World, book: Book) -> None:
    other = make_world("namdaemun", "2")
    told = Told()
    told.sale(book.sale({world.fish.pk: 1_000}, at(FRIDAY)), 1_000, at(FRIDAY))
    told.sale("strange-0001", 7_000, at(FRIDAY))

    work(told, at(SATURDAY, 2))

    assert found(world) == [("missing_here", "open", FRIDAY)]
    assert found(other) == []


def test_days_are_closed_one_after_the_other(world: World, book: Book) -> None:
    ref = book.sale({world.fish.pk: 1_000}, at(FRIDAY))
    with clock.at(at(FRIDAY, 23)), pytest.raises(DayNotOver):
        close_day(market=world.market, actor=ANNA, day=FRIDAY)
    with clock.at(at(MONDAY)):
        with pytest.raises(DayNotCompared):
            close_day(market=world.market, actor=ANNA, day=FRIDAY)
        told = Told()
        told.sale(ref, 1_000, at(FRIDAY))
        report = DayReport("toss", FRIDAY, told.moved, None)
        compare_day(market=world.market, actor=ANNA, report=report)
        first = close_day(market=world.market, actor=ANNA, day=FRIDAY)
        assert close_day(market=world.market, actor=ANNA, day=FRIDAY) == first
        with pytest.raises(DayOutOfOrder):
            close_day(market=world.market, actor=ANNA, day=SUNDAY)
        with in_market(world.market.pk):
            assert changed_days() == []
        book.sale({world.fish.pk: 9}, at(FRIDAY, 13))
        with in_market(world.market.pk):
            assert [one.subject.split()[0] for one in changed_days()] == [f"market:{world.market.pk}"]


def test_a_solved_break_can_be_opened_again(world: World, book: Book) -> None:
    book.sale({world.fish.pk: 1_000}, at(FRIDAY))
    work(Told(), at(SATURDAY, 2))
    with in_market(world.market.pk):
        one = Break.objects.get()

    solve_break(market=world.market, actor=ANNA, break_id=one.pk, note="확인했어요")
    with pytest.raises(BreakSolved):
        take_break(market=world.market, actor=ANNA, break_id=one.pk)
    for _ in range(2):
        opened = reopen_break(market=world.market, actor=ANNA, break_id=one.pk)

    assert (opened.state, opened.owner) == ("open", ANNA.ref)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE settlement_break SET there_won = 1", "DELETE FROM settlement_break", "DELETE FROM settlement_dayclose"],
)
def test_the_database_keeps_breaks_and_closed_days(world: World, book: Book, statement: str) -> None:
    book.sale({world.fish.pk: 1_000}, at(FRIDAY))
    work(Told(), at(SATURDAY, 2))
    with in_market(world.market.pk):
        take_break_of(world)
    work(Told(), at(SATURDAY, 3))

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def take_break_of(world: World) -> None:
    one = Break.objects.get()
    take_break(market=world.market, actor=ANNA, break_id=one.pk)


def csv(name: str, *lines: str) -> Source:
    return Source(name, "\r\n".join(lines).encode("cp949"))


def given(world: World, source: Source) -> tuple[bool, int]:
    with clock.at(at(TUESDAY + timedelta(days=2))):
        done = import_report(market=world.market, actor=ANNA, source=source)
    return done.is_new, done.file.breaks


def kinds(world: World) -> list[str]:
    with in_market(world.market.pk):
        return sorted(Break.objects.values_list("kind", flat=True))


def transactions(*rows: Sequence[object]) -> Source:
    head = "거래번호,결제키,주문번호,거래금액,상태,거래일시"
    return csv("거래.csv", head, *(",".join(map(str, row)) for row in rows))


def test_a_gateways_file_is_held_against_the_book_once(world: World, book: Book) -> None:
    ref = book.sale({world.fish.pk: 1_000}, at(FRIDAY))
    book.sale({world.fish.pk: 2_000}, at(FRIDAY))
    told = transactions(
        (f"t-{ref}", f"pk-{ref}", ref, 1_500, "완료", "2026-11-20 12:00:00"),
        ("t-x", "pk-x", "order-x", 700, "완료", "2026-11-20 13:00:00"),
    )

    assert [given(world, told), given(world, told)] == [(True, 3), (False, 3)]
    assert kinds(world) == ["amount", "missing_here", "missing_there"]
    with in_market(world.market.pk):
        assert ImportedFile.objects.get().kinds == ["gateway_transactions"]


def test_settlements_and_the_bank_statement_are_held_against_each_other(world: World, book: Book) -> None:
    association_pays(world.market, gateway_fee_bp=200)
    ref = book.sale({world.fish.pk: 10_000}, at(FRIDAY))
    settled = csv(
        "정산.csv",
        "transactionKey,paymentKey,orderId,amount,fee,payOutAmount,soldDate,paidOutDate",
        f"t-{ref},pk-{ref},{ref},10000,220,9780,2026-11-20,2026-11-24",
    )
    bank = csv("통장.csv", "거래일시,입금액,출금액,거래내용", "2026-11-24 10:00,9000,,토스페이먼츠")

    assert given(world, settled) == (True, 0)
    assert book.won(f"bank:{world.market.pk}") == 9_780
    assert book.won("clear:toss") == 0
    assert given(world, bank) == (True, 1)
    with in_market(world.market.pk):
        one = Break.objects.get()
        assert (one.kind, one.here_won, one.there_won) == (BreakKind.AMOUNT, 9_780, 9_000)
        assert GatewaySettled.objects.get().paid_on == TUESDAY


def test_an_operators_file_is_held_against_what_stalls_wrote_down(world: World, book: Book) -> None:
    stall = f"stall:{world.fish.pk}"
    with clock.at(at(FRIDAY)):
        for number, won in enumerate((5_000, 7_000)):
            lines = {f"{stall}:onnuri_digital": won, f"{stall}:sales": -won}
            book.post(f"v{number}", "recorded", f"v{number}", lines)
    told = csv(
        "온누리.csv",
        "가맹점번호,승인일시,승인번호,승인금액,승인구분",
        "M1,2026-11-20 12:01,A1,5000,승인",
        "M1,2026-11-20 12:02,A2,900,승인",
    )

    given(world, told)

    with in_market(world.market.pk):
        rows = Break.objects.order_by("pk")
        assert [(row.kind, row.here_won, row.there_won) for row in rows] == [("amount", 7_000, 900)]


def test_files_of_other_kinds_and_broken_ones_are_refused_whole(world: World, book: Book) -> None:
    orders = csv("orders.csv", "order_id,order_status,order_purchase_timestamp", "1,done,2026-11-20 12:00")
    broken = transactions(("t-1", "pk-1", "order-0001", "천원", "완료", "2026-11-20"))

    for source, refusal in ((orders, NothingToCompare), (broken, RowBroken)):
        with pytest.raises(refusal):
            given(world, source)

    with in_market(world.market.pk):
        assert not ImportedFile.objects.exists()
