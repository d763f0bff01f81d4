"""Nasty things that must leave the book right, each under its number. What takes real commits is in the file beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from jangteo.domains.ledger.actions.post_entry import NewEntry
from jangteo.domains.ledger.errors import KeyConflict
from jangteo.domains.ledger.jobs import expire_due_holds
from jangteo.domains.ledger.models import Entry, Hold, LimitedAccount
from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.actions.give_back_lines import give_back_lines
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.models import Line
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.actions.plan_tenders import PlannedTender, plan_tenders
from jangteo.domains.payments.models import Cell, GivebackLeg, Payment, Refund, Tender
from jangteo.domains.payments.paid_orders import paid_order
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.faces.api.tests.callers import Caller, wish
from jangteo.faces.api.tests.footprint import footprint
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.breaking import broken, over, points_half_spent, post, told
from tests.money.three_moneys import pay_with_three, working
from tests.world import NOON, World, order

pytestmark = pytest.mark.usefixtures("takes_card")

POINTS = "points:7"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.mark.parametrize("pieces", [(1, 777, 2, 3_333, 999, 1_234, None), (1, 1, 1, 1, 1, 1, None)])
def test_s13_a_line_given_back_in_seven_odd_parts_comes_to_the_line(
    world: World, pieces: tuple[int | None, ...]
) -> None:
    found = pay_with_three(world.market, order(world, (world.mackerel, 1), (world.tofu, 3)).order_id)
    with in_market(world.market.pk):
        line = Line.objects.get(part__order=found, good=world.mackerel)
        before = paid_order(found.ref)
    assert before is not None
    row = before.paid.left.row(str(line.pk))

    for number, won in enumerate(pieces):
        with working(world.market):
            give_back_lines(order=found, wons={line.pk: won}, reason=f"piece_{number}", actor=SYSTEM)
        assert broken() == {}

    with in_market(world.market.pk):
        gone = Cell.objects.filter(line_key=str(line.pk), won__lt=0)
        assert gone.count() == Cell.objects.filter(line_key=str(line.pk)).count() - len(
            [won for won in row.values() if won]
        )
        assert -sum(gone.values_list("won", flat=True)) == 8_000
        legs = list(GivebackLeg.objects.select_related("tender"))
        assert {key: sum(leg.won for leg in legs if leg.tender.key == key) for key in row} == row
        # Fish bears no VAT, so every won of it went back as tax-free.
        assert sum(leg.tax_free_won for leg in legs) == sum(leg.won for leg in legs) == 8_000
        refunds = list(Refund.objects.all())
        assert sum(one.tax_free_won for one in refunds) == sum(one.amount_won for one in refunds) == row["card"]


def with_points(world: World) -> PlacedOrder:
    """An order of 8,000 won by card, for which 400 of 700 points are kept aside for a quarter of an hour as well."""
    points_half_spent(world)
    placed = order(world, (world.mackerel, 1), tender="card")
    with working(world.market):
        line = Line.objects.get(part__order_id=placed.order_id)
        plan = {str(line.pk): placed.pay_won - 400}
        Tender.objects.filter(order_ref=placed.ref).update(won=placed.pay_won - 400, plan=plan)
        ahead = placed.pay_won - 400
        Payment.objects.filter(order_ref=placed.ref).update(amount_won=ahead, tax_free_won=ahead)
        column = PlannedTender(
            key="points",
            kind=TenderKind.POINTS,
            line_keys=frozenset({str(line.pk)}),
            plan={str(line.pk): 400},
            account=POINTS,
        )
        later = clock.now() + timedelta(minutes=15)
        plan_tenders(market_id=world.market.pk, order_ref=placed.ref, tenders=[column], hold_until=later)
    assert free_points(world) == 300
    return replace(placed, pay_won=placed.pay_won - 400)


def free_points(world: World) -> int:
    with in_market(world.market.pk):
        row = LimitedAccount.objects.get(account=POINTS)
    return row.balance_won - row.held_won


def test_s17_points_come_back_to_the_won_when_the_card_is_not_paid(world: World) -> None:
    placed = with_points(world)

    with clock.at(NOON + timedelta(minutes=11)):
        ended = [expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref) for _ in range(2)]

    assert ended == [True, False]
    assert free_points(world) == 700
    with in_market(world.market.pk):
        assert Hold.objects.get(account=POINTS, cause=f"order:{placed.ref}").state == "void"
        assert Tender.objects.get(order_ref=placed.ref, key="points").state == "void"
    assert broken() == {}


def test_s17_after_a_crash_the_next_sweep_gives_the_points_back(world: World) -> None:
    placed = with_points(world)

    class Crash(BaseException):
        pass

    def on_holds(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if sql.startswith('UPDATE "ledger_hold"'):
            raise Crash
        return execute(sql, *rest)

    with clock.at(NOON + timedelta(minutes=11)):
        with connection.execute_wrapper(on_holds), pytest.raises(Crash):
            expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)
        assert free_points(world) == 300
        assert broken() == {}
        expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)

    assert free_points(world) == 700
    assert broken() == {}


def test_s17_points_that_nobody_freed_free_themselves_and_late_money_goes_back(world: World) -> None:
    placed = with_points(world)

    with clock.at(NOON + timedelta(minutes=16)):
        for _ in range(2):
            expire_due_holds()
        assert free_points(world) == 700
        settle_payment(market=world.market, actor=SYSTEM, snapshot=told(placed))

    with in_market(world.market.pk):
        payment = Payment.objects.get(order_ref=placed.ref)
        asked = Refund.objects.get(payment=payment)
        assert (payment.captured_won, asked.amount_won) == (7_600, 7_600)
        assert not Cell.objects.exists()
    assert free_points(world) == 700
    assert broken() == {}


GUARDED = ("ledger_entry", "ledger_entryline", "payments_cell", "payments_giveback", "payments_paymentmove")


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_s21_the_database_itself_refuses_to_change_the_book(world: World, table: str, change: str) -> None:
    over(world)
    before = footprint()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute(change.format(table))

    assert footprint() == before
    assert broken() == {}


def test_s22_the_same_key_for_another_order_is_a_conflict_and_changes_nothing(world: World) -> None:
    first = Caller().order(wish((world.mackerel, 1)), key="the-same-key")
    before = footprint()

    other = Caller().order(wish((world.mackerel, 2)), key="the-same-key")

    assert (first.status, other.status, other.code) == (201, 409, "idempotency.key_reused")
    assert footprint() == before


def test_s22_the_same_key_for_another_entry_is_a_conflict_and_changes_nothing(world: World) -> None:
    post(world, NewEntry("key", "load", "test", {"bank:main": 5, POINTS: -5}))
    before = footprint()

    for other in (
        NewEntry("key", "load", "test", {"bank:main": 6, POINTS: -6}),
        NewEntry("key", "gift", "test", {"bank:main": 5, POINTS: -5}),
        NewEntry("key", "load", "else", {"bank:main": 5, POINTS: -5}),
    ):
        with pytest.raises(KeyConflict):
            post(world, other)
    post(world, NewEntry("key", "load", "test", {"bank:main": 5, POINTS: -5}))

    assert footprint() == before
    with in_market(world.market.pk):
        assert Entry.objects.count() == 1
