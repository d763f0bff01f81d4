"""Makes once what many tests begin with; after that the very same rows come back, all of them in one call."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from jangteo.kernel import clock

T = TypeVar("T")
Table = type[models.Model]


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    """What came out, the moment when it was made, and its rows, each table's as a JSON list."""

    made: T
    at: datetime
    rows: tuple[tuple[Table, str], ...]


class Again(Generic[T]):
    """Answers what `make` makes, for tests whose transaction is rolled back. Elsewhere it is made each time.

    The rows have the ids of the first time, because their sequences are not rolled back; every time in them is as far
    from now as it was then.
    """

    def __init__(self, make: Callable[..., T]) -> None:
        self._make = make
        self._kept: dict[tuple[str, ...], _Kept[T]] = {}

    def __call__(self, *words: str) -> T:
        """The words are those of `make`."""
        if not connection.in_atomic_block:
            return self._make(*words)
        key = (str(connection.settings_dict["NAME"]), *words)
        if key not in self._kept:
            self._kept[key] = self._first(words)
            return copy.deepcopy(self._kept[key].made)
        return self._once_more(self._kept[key])

    def _first(self, words: tuple[str, ...]) -> _Kept[T]:
        now, before = clock.now(), _sizes()
        made = self._make(*words)
        grown = [table for table, size in _sizes().items() if size != before[table]]
        if odd := [table for table in grown if not _counts_up(table)]:
            raise ValueError(f"rows of {odd} have no number, so that new ones cannot be told from old ones")
        return _Kept(made, now, tuple((table, _rows_after(table, before[table])) for table in grown))

    def _once_more(self, kept: _Kept[T]) -> T:
        passed = clock.now() - kept.at
        with connection.cursor() as cursor:
            cursor.execute("".join(_insertion(table, rows, passed) for table, rows in kept.rows))
        copies: dict[int, object] = {}
        made = copy.deepcopy(kept.made, copies)
        for row in copies.values():
            if isinstance(row, models.Model):
                _let_pass(row, passed)
        return made


def _sizes() -> dict[Table, int]:
    """The highest number in each table whose rows are numbered; of other tables how many rows there are."""
    tables = [table for table in apps.get_models(include_auto_created=True) if table._meta.managed]
    sizes = ("coalesce(max(id), 0)" if _counts_up(table) else "count(*)" for table in tables)
    each = (f'(SELECT {size} FROM "{one._meta.db_table}")' for one, size in zip(tables, sizes, strict=True))  # noqa: S608  # our models
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return {table: int(row[0]) for table, row in zip(tables, cursor.fetchall(), strict=True)}


def _counts_up(table: Table) -> bool:
    return isinstance(table._meta.pk, models.AutoField)


def _rows_after(table: Table, last: int) -> str:
    name = table._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT jsonb_agg(t ORDER BY id)::text FROM "{name}" t WHERE id > {last}')  # noqa: S608  # our models
        return str(cursor.fetchone()[0])


def _insertion(table: Table, rows: str, passed: timedelta) -> str:
    """The rows into the table, their times moved on."""
    shift = f" + interval '{passed // timedelta(microseconds=1)} microseconds'"
    columns = [(f'"{field.column}"', isinstance(field, models.DateTimeField)) for field in table._meta.concrete_fields]
    names = ", ".join(column for column, _ in columns)
    values = ", ".join(column + shift * is_time for column, is_time in columns)
    name, told = f'"{table._meta.db_table}"', sql.Literal(rows).as_string()
    return f"INSERT INTO {name} ({names}) SELECT {values} FROM jsonb_populate_recordset(NULL::{name}, {told});"  # noqa: S608


def _let_pass(row: models.Model, passed: timedelta) -> None:
    for field in row._meta.concrete_fields:
        moment = row.__dict__.get(field.attname)
        if isinstance(field, models.DateTimeField) and moment is not None:
            setattr(row, field.attname, moment + passed)
