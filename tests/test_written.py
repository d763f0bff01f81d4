"""The notes find what `footprint` finds."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from jangteo.faces.api.tests.footprint import NOT_BUSINESS, footprint
from tests.world import World, make_world
from tests.written import Written

pytestmark = pytest.mark.django_db


def test_every_table_takes_note() -> None:
    Written()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'zz_test_rows' AND tgenabled = 'O'"
        )
        noting = {str(table) for (table,) in cursor}
    assert noting == set(connection.introspection.table_names()) - NOT_BUSINESS - {"test_written"}
    assert len(noting) > 100


def test_a_new_market_is_written_to_the_same_tables_that_footprint_sees_change() -> None:
    before = footprint()  # first: it remembers which tables there are
    written = Written()
    mark = written.mark()

    make_world()

    after = footprint()
    changed = {table for table in before if before[table] != after[table]}
    assert {what.partition(" ")[2] for what in written.since(mark)} == changed
    assert len(changed) > 5


@pytest.mark.parametrize(
    ("deed", "noted"),
    [
        ("INSERT INTO django_session VALUES ('k', 'd', now())", "INSERT"),
        ("UPDATE django_session SET session_data = session_data", "UPDATE"),
        ("DELETE FROM django_session", "DELETE"),
        ("TRUNCATE django_session", "TRUNCATE"),
    ],
)
def test_whatever_is_done_to_a_row_is_noted(deed: str, noted: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('there', 'd', now())")
        written = Written()
        mark = written.mark()
        cursor.execute(deed)

    assert written.since(mark) == [f"{noted} django_session"]
    assert written.since(written.mark()) == []


def test_reading_locking_and_what_is_taken_back_leave_no_note(world: World) -> None:
    written = Written()
    mark = written.mark()

    here = transaction.savepoint()
    make_world("namdong", "2")
    noted = written.since(mark)
    transaction.savepoint_rollback(here)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM markets_market WHERE id = %s FOR UPDATE", [world.market.pk])

    assert "INSERT markets_market" in noted
    assert written.since(mark) == []
