"""What PostgreSQL itself refuses, whoever asks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.errors import KeyConflict, Unbalanced
from jangteo.domains.ledger.models import Entry, EntryLine
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.models import StallPart
from jangteo.kernel.action import OutsideAction
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, order

pytestmark = pytest.mark.usefixtures("takes_card")

TABLES = (
    "kernel_auditrow",
    "ledger_entry",
    "ledger_entryline",
    "stock_stockmovement",
    "payments_paymentmove",
    "ordering_move",
    "catalog_pricechange",
)


def entry(key: str = "k", won: int = 100) -> NewEntry:
    return NewEntry(key=key, kind="test", cause="test", lines={"cash:a": won, "bank:b": -won})


def post(world: World, new: NewEntry) -> bool:
    with in_market(world.market.pk), transaction.atomic():
        return post_entry(market_id=world.market.pk, actor=SYSTEM, entry=new)


def fill_every_table(world: World) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    order(world, (world.tofu, 1))
    with in_market(world.market.pk):
        part = StallPart.objects.exclude(order_id=placed.order_id).get()
    accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    post(world, entry())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_paymentmove (market_id, payment_id, was, became, actor_ref, at)"
            " SELECT market_id, id, 'created', 'created', 'test', now() FROM payments_payment"
        )


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_history_cannot_be_changed(world: World, table: str, statement: str) -> None:
    fill_every_table(world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM " + table)  # noqa: S608  # our own list of tables
        assert cursor.fetchone()[0] > 0
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute(statement.format(table))


def test_an_unbalanced_entry_is_refused_by_us_and_by_the_database(world: World) -> None:
    with pytest.raises(Unbalanced):
        post(world, NewEntry(key="k", kind="test", cause="test", lines={"cash:a": 100, "sales:b": -99}))

    post(world, entry())
    with in_market(world.market.pk), pytest.raises(IntegrityError, match="off by 1 won"), transaction.atomic():
        off_by_one(world)


def off_by_one(world: World) -> None:
    EntryLine.objects.create(market=world.market, entry=Entry.objects.get(), account="cash:a", amount_won=1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_entry_is_posted_once_under_its_key(world: World) -> None:
    assert [post(world, entry()), post(world, entry())] == [True, False]
    with pytest.raises(KeyConflict):
        post(world, entry(won=200))
    with in_market(world.market.pk):
        assert Entry.objects.count() == 1


def test_a_step_refuses_to_run_outside_a_market(world: World) -> None:
    with pytest.raises(OutsideAction):
        post_entry(market_id=world.market.pk, actor=SYSTEM, entry=entry())


def test_negative_stock_is_refused(world: World) -> None:
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match=r"stock_never_negative|held_within_stock"):
        cursor.execute("UPDATE stock_stockitem SET on_hand = -1, held = -1")
