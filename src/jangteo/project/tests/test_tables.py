"""Tables that were made the short way are those that the models speak of: every column, key, index and rule."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import ForeignKey

OURS = "jangteo."
TABLES = [table for table in apps.get_models(include_auto_created=True) if table.__module__.startswith(OURS)]


def rows(query: str) -> set[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return set(cursor.fetchall())


@pytest.mark.django_db
def test_columns_are_those_of_the_fields() -> None:
    wanted = set()
    for table in TABLES:
        for field in table._meta.local_concrete_fields:
            wanted.add((table._meta.db_table, field.column, field.db_type(connection), not field.null))

    told = rows(
        "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull FROM pg_attribute a"
        " JOIN pg_class c ON c.oid = a.attrelid WHERE a.attnum > 0 AND c.relkind = 'r'"
    )
    assert wanted - {(table, column, _short(str(kind)), full) for table, column, kind, full in told} == set()


def _short(kind: str) -> str:
    """PostgreSQL's name of a type as Django has it."""
    for theirs, ours in (("character varying", "varchar"), ("time without time zone", "time"), (",", ", ")):
        kind = kind.replace(theirs, ours)
    return kind


@pytest.mark.django_db
def test_keys_to_other_tables_are_kept_by_the_database() -> None:
    wanted = set()
    for table in TABLES:
        for field in table._meta.local_concrete_fields:
            if isinstance(field, ForeignKey) and getattr(field, "db_constraint", True):
                wanted.add((table._meta.db_table, field.column, field.target_field.model._meta.db_table))

    found = rows(
        "SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text FROM pg_constraint c"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace"
    )
    ours = {table._meta.db_table for table in TABLES}
    assert {key for key in found if key[0] in ours} == wanted


@pytest.mark.django_db
def test_indexes_and_rules_have_the_names_of_the_models() -> None:
    wanted = {
        (table._meta.db_table, one.name) for table in TABLES for one in (*table._meta.indexes, *table._meta.constraints)
    }

    told = rows(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE conrelid <> 0"
        " UNION SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public'"
    )
    assert wanted - told == set()


@pytest.mark.django_db
def test_what_comes_after_migrations_has_come() -> None:
    assert {(one.app_label, one.model) for one in ContentType.objects.all()} == {
        (table._meta.app_label, table._meta.model_name) for table in apps.get_models()
    }
