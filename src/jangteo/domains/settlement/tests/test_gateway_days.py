"""Days whose money went through gateways that report late, in part, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import GatewayRejected, GatewayState, GatewayUnknown
from jangteo.domains.payments.reports_port import DatedBy, GatewayTransaction
from jangteo.domains.settlement.actions.close_day import close_day
from jangteo.domains.settlement.actions.import_report import import_report
from jangteo.domains.settlement.actions.take_break import take_break
from jangteo.domains.settlement.asking import ask
from jangteo.domains.settlement.effects import DailyBooks
from jangteo.domains.settlement.errors import BreakUnowned, DayNotCompared
from jangteo.domains.settlement.gateway_days import waiting_reports
from jangteo.domains.settlement.models import Break, DayClose, GatewayDay
from jangteo.kernel import clock
from jangteo.kernel.files.tests.sheets import csv_file
from jangteo.kernel.tenancy import in_market
from tests.money.settling import ANNA, FRIDAY, SATURDAY, Book, at
from tests.world import World

SUNDAY, MONDAY = SATURDAY + timedelta(days=1), SATURDAY + timedelta(days=2)


@dataclass
class Lists:
    """A gateway that lists what moved and tells nobody what it pays out. `no` is what it answers instead."""

    moved: list[GatewayTransaction] = field(default_factory=list)
    no: Exception | None = None
    name: str = "portone"

    def transactions(self, *, since: datetime, until: datetime) -> tuple[GatewayTransaction, ...]:
        if self.no:
            raise self.no
        return tuple(row for row in self.moved if since <= row.at < until)

    def settlements(self, *, first: date, last: date, dated_by: DatedBy = DatedBy.SOLD) -> None:
        return None


@dataclass
class Asked:
    """A gateway that is asked payment by payment. `silent` are those that it does not answer."""

    known: dict[str, tuple[GatewayTransaction, ...]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    name: str = "kakaopay"

    def movements(self, *, payment_key: str) -> tuple[GatewayTransaction, ...]:
        self.asked.append(payment_key)
        if payment_key in self.silent:
            raise GatewayUnknown("no answer")
        return self.known.get(payment_key, ())

    def sale(self, book: Book, ref: str, won: int, when: datetime) -> None:
        self.known[book.key_of(ref)] = (moved(book, ref, won, when),)


def moved(book: Book, ref: str, won: int, when: datetime, key: str = "t-1") -> GatewayTransaction:
    state = GatewayState.DONE if won > 0 else GatewayState.CANCELLED
    return GatewayTransaction(key, book.key_of(ref), ref, state, won, "카드", when)


@pytest.fixture
def kakao(world: World) -> Book:
    return Book(world.market, gateway="kakaopay")


@pytest.fixture
def portone(world: World) -> Book:
    return Book(world.market, gateway="portone")


def work(moment: datetime, lists: Lists | None = None, asked: Asked | None = None) -> None:
    with clock.at(moment):
        DailyBooks({lists.name: lists} if lists else {}, {asked.name: asked} if asked else {}).run()


def closed(world: World) -> list[date]:
    with in_market(world.market.pk):
        return [row.day for row in DayClose.objects.order_by("day")]


def found(world: World) -> list[tuple[str, str, str]]:
    with in_market(world.market.pk):
        return [(row.kind, row.source, row.state) for row in Break.objects.order_by("pk")]


def waits(world: World) -> Mapping[str, tuple[str, int]]:
    with in_market(world.market.pk):
        return {row.gateway: (row.trouble, row.left) for row in waiting_reports()}


def take(world: World) -> None:
    with in_market(world.market.pk):
        one = Break.objects.get(state=Break.State.OPEN)
    take_break(market=world.market, actor=ANNA, break_id=one.pk)


def test_a_gateway_without_any_report_holds_the_day_until_somebody_looks_after_it(world: World, kakao: Book) -> None:
    kakao.sale({world.fish.pk: 3_000}, at(FRIDAY))

    for hour in (2, 3):
        work(at(SATURDAY, hour))

    assert found(world) == [("no_report", "kakaopay", "open")]
    assert closed(world) == []
    with in_market(world.market.pk):
        one = Break.objects.get()
    assert (one.key, one.here_won, one.there_won, one.day) == ("kakaopay:2026-11-20", 3_000, None, FRIDAY)
    with clock.at(at(SATURDAY, 4)), pytest.raises(BreakUnowned):
        close_day(market=world.market, actor=ANNA, day=FRIDAY)

    take(world)
    work(at(SATURDAY, 5))
    assert closed(world) == [FRIDAY]


def test_a_day_that_was_never_compared_is_not_closed_by_hand(world: World, portone: Book) -> None:
    portone.sale({world.fish.pk: 3_000}, at(FRIDAY))

    with clock.at(at(SATURDAY)), pytest.raises(DayNotCompared) as refused:
        close_day(market=world.market, actor=ANNA, day=FRIDAY)

    assert refused.value.facts == {"day": "2026-11-20", "gateways": "portone"}
    assert closed(world) == []


def test_money_in_the_hand_of_stalls_needs_no_report(world: World, portone: Book) -> None:
    portone.at_counter(world.fish.pk, 3_000, at(FRIDAY))

    work(at(SATURDAY, 2))

    assert closed(world) == [FRIDAY]


def test_a_report_without_payouts_compares_the_sales_and_waits_for_no_payout(world: World, portone: Book) -> None:
    lists = Lists()
    ref = portone.sale({world.fish.pk: 3_000}, at(FRIDAY))
    portone.refund(ref, world.fish.pk, 500, at(FRIDAY, 13))
    lists.moved = [moved(portone, ref, 3_000, at(FRIDAY)), moved(portone, ref, -500, at(FRIDAY, 13), "c1")]

    work(at(SATURDAY, 2), lists)
    later = SATURDAY + timedelta(days=20)
    work(at(later, 2), lists)

    assert found(world) == []
    assert closed(world)[-1] == later - timedelta(days=1)


@pytest.mark.parametrize(
    ("no", "trouble"), [(GatewayUnknown("HTTP 500"), "unanswered"), (GatewayRejected("FORBIDDEN", ""), "refused")]
)
def test_a_report_that_fails_keeps_the_day_open_with_its_reason_and_the_others_are_compared(
    world: World, portone: Book, kakao: Book, no: Exception, trouble: str
) -> None:
    kakao.count = 100
    lists, asked = Lists(no=no), Asked()
    ours = portone.sale({world.fish.pk: 3_000}, at(FRIDAY))
    kakao.sale({world.fish.pk: 4_000}, at(FRIDAY))

    work(at(SATURDAY, 2), lists, asked)

    assert waits(world) == {"portone": (trouble, 0)}
    assert found(world) == [("missing_there", "kakaopay", "open")]
    assert closed(world) == []

    take(world)
    lists.no, lists.moved = None, [moved(portone, ours, 3_000, at(FRIDAY))]
    work(at(SATURDAY, 3), lists, asked)
    assert (waits(world), closed(world)) == ({}, [FRIDAY])


def test_after_a_day_of_tries_somebody_must_look_after_it_and_a_late_report_solves_that(
    world: World, portone: Book
) -> None:
    lists = Lists(no=GatewayUnknown("HTTP 500"))
    ref = portone.sale({world.fish.pk: 3_000}, at(FRIDAY))

    work(at(SATURDAY, 23), lists)
    assert found(world) == []
    work(at(SUNDAY, 2), lists)
    assert found(world) == [("no_report", "portone", "open")]

    lists.no, lists.moved = None, [moved(portone, ref, 3_000, at(FRIDAY))]
    work(at(SUNDAY, 3), lists)
    assert found(world) == [("no_report", "portone", "solved")]
    assert closed(world) == [FRIDAY, SATURDAY]


def test_a_day_that_nobody_worked_for_long_is_not_forgotten(world: World, portone: Book) -> None:
    lists = Lists()
    portone.sale({world.fish.pk: 3_000}, at(FRIDAY))

    for hour in (2, 3):
        work(at(FRIDAY + timedelta(days=20), hour), lists)

    assert found(world) == [("no_report", "portone", "open")]
    assert closed(world) == []


def test_the_gateways_file_stands_for_its_report(world: World, portone: Book) -> None:
    ref = portone.sale({world.fish.pk: 3_000}, at(FRIDAY))
    work(at(SATURDAY, 2))
    assert found(world) == [("no_report", "portone", "open")]
    file = csv_file(
        "대사상태,거래구분,거래일,고객사 거래번호,PG 거래번호,거래 통화,거래 금액(PG)",
        f"대사일치,승인,2026-11-20,{ref},pg-1,KRW,3000",
    )

    with clock.at(at(SATURDAY, 3)):
        assert import_report(market=world.market, actor=ANNA, source=file).file.breaks == 0
    work(at(SATURDAY, 4))

    assert found(world) == [("no_report", "portone", "solved")]
    assert closed(world) == [FRIDAY]


def test_a_day_that_stays_open_for_weeks_stops_nothing_and_is_closed_when_it_can_be(world: World, kakao: Book) -> None:
    work(at(FRIDAY, 2))
    kakao.sale({world.fish.pk: 3_000}, at(FRIDAY))
    for later in (1, 5, 12, 20):
        work(at(FRIDAY + timedelta(days=later), 2))
    assert closed(world) == [FRIDAY - timedelta(days=1)]

    take(world)
    work(at(FRIDAY + timedelta(days=20), 3))

    assert closed(world)[-1] == FRIDAY + timedelta(days=19)
    assert len(closed(world)) == 21


def test_each_payment_is_asked_once_so_many_in_a_run(world: World, kakao: Book) -> None:
    asked = Asked()
    refs = [kakao.sale({world.fish.pk: 1_000}, at(FRIDAY, hour)) for hour in (9, 10, 11, 12, 13)]
    for ref, hour in zip(refs, (9, 10, 11, 12, 13), strict=True):
        asked.sale(kakao, ref, 1_000, at(FRIDAY, hour))
    kakao.sale({world.fish.pk: 1_000}, at(SATURDAY))
    left = []
    for hour in (2, 3, 4, 5):
        with clock.at(at(SATURDAY, hour)):
            DailyBooks({}, {"kakaopay": asked}, most_asked=2).run()
        left.append(waits(world).get("kakaopay", ("", 0))[1])

    assert left == [3, 1, 0, 0]
    assert asked.asked == [kakao.key_of(ref) for ref in refs]
    assert (found(world), closed(world)) == ([], [FRIDAY])


def test_a_payment_that_is_not_answered_is_asked_again_and_no_other(world: World, kakao: Book) -> None:
    asked = Asked()
    refs = [kakao.sale({world.fish.pk: 1_000}, at(FRIDAY)) for _ in range(3)]
    for ref in refs:
        asked.sale(kakao, ref, 1_000, at(FRIDAY))
    first, second, third = (kakao.key_of(ref) for ref in refs)
    asked.silent = {second}

    work(at(SATURDAY, 2), asked=asked)
    assert waits(world) == {"kakaopay": ("unanswered", 2)}
    assert closed(world) == []
    asked.silent = set()
    work(at(SATURDAY, 3), asked=asked)

    assert asked.asked == [first, second, second, third]
    assert (found(world), closed(world)) == ([], [FRIDAY])


def test_what_the_gateway_says_of_each_payment_is_held_against_the_book(world: World, kakao: Book) -> None:
    asked = Asked()
    unknown, other, again, late = (kakao.sale({world.fish.pk: 1_000}, at(FRIDAY)) for _ in range(4))
    asked.sale(kakao, other, 900, at(FRIDAY))
    by_hand = moved(kakao, again, -1_000, at(FRIDAY, 15), "aid-9")
    asked.known[kakao.key_of(again)] = (moved(kakao, again, 1_000, at(FRIDAY)), by_hand)
    # Taken a moment before midnight, booked a moment after: of Thursday there, of Friday here, and no difference.
    asked.sale(kakao, late, 1_000, at(FRIDAY) - timedelta(hours=12, seconds=2))

    with clock.at(at(SATURDAY, 2)):
        ask(world.market, "kakaopay", FRIDAY, asked, 10)

    with in_market(world.market.pk):
        rows = Break.objects.order_by("key")
        told = {(row.kind, row.order_ref, row.here_won, row.there_won) for row in rows}
    assert told == {
        ("missing_there", unknown, 1_000, None),
        ("amount", other, 1_000, 900),
        ("missing_here", again, None, -1_000),
    }


def test_a_payment_that_was_taken_without_our_knowing_is_found_out(world: World, kakao: Book) -> None:
    asked = Asked()
    ref = kakao.sale({world.fish.pk: 1_000}, at(FRIDAY))
    asked.sale(kakao, ref, 1_000, at(FRIDAY))
    with clock.at(at(FRIDAY, 14)), in_market(world.market.pk):
        moment = clock.now()
        lost = Payment.objects.create(
            market=world.market,
            gateway="kakaopay",
            order_ref="lost-0001",
            amount_won=2_000,
            tax_free_won=0,
            state=Payment.State.FAILED,
            payment_key="pk-lost-0001",
            created_at=moment,
            expires_at=moment,
            changed_at=moment,
        )
    asked.sale(kakao, lost.order_ref, 2_000, at(FRIDAY, 14))

    work(at(SATURDAY, 2), asked=asked)

    with in_market(world.market.pk):
        one = Break.objects.get()
        assert GatewayDay.objects.get().compared_at is not None
    assert (one.kind, one.order_ref, one.there_won) == ("missing_here", "lost-0001", 2_000)
