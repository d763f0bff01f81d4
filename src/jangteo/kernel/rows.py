"""Model instances out of hand-written SQL, for the few queries that every press of a shopper runs.

Putting a query together and writing its SQL costs Django several times what the database needs to answer it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models

from jangteo.kernel import tenancy


class Columns:
    """All columns of a model under an alias of the query. Where the query found no row for them they are all NULL."""

    def __init__(self, model: type[models.Model], alias: str) -> None:
        fields = model._meta.concrete_fields
        self._converted = [
            (place, field.from_db_value) for place, field in enumerate(fields) if hasattr(field, "from_db_value")
        ]
        self._key = next(place for place, field in enumerate(fields) if field.primary_key)
        self.sql = ", ".join(f'"{alias}"."{field.column}"' for field in fields)
        self._model = model
        self._names = [field.attname for field in fields]

    def __len__(self) -> int:
        return len(self._names)

    def instance(self, values: Sequence[object]) -> models.Model | None:
        """The instance that these columns hold; None of a row that an outer join did not find."""
        if values[self._key] is None:
            return None
        read = list(values)
        for place, convert in self._converted:
            read[place] = convert(read[place], None, connection)
        return self._model.from_db(DEFAULT_DB_ALIAS, self._names, read)


class Query:
    """A query that keeps to the scope in force.

    `select` holds columns of models and single expressions; `rest` is the SQL from FROM on, with `{scope}` where the
    condition belongs that keeps to the columns `market` and `stall` ("" for what belongs to no stall).
    """

    def __init__(self, select: Sequence[Columns | str], rest: str, *, market: str, stall: str = "") -> None:
        columns = ", ".join(part if isinstance(part, str) else part.sql for part in select)
        self._sql = f"SELECT {columns} {rest.replace('{scope}', _within_scope(market, stall))}"
        self._parts: list[tuple[Columns | None, int, int]] = []
        start = 0
        for part in select:
            end = start + (1 if isinstance(part, str) else len(part))
            self._parts.append((None if isinstance(part, str) else part, start, end))
            start = end

    def rows(self, **values: Any) -> list[list[Any]]:
        """One list a row with an instance or a value for every part of `select`. Raises OutOfScope outside one."""
        scope = tenancy.current()
        with connection.cursor() as cursor:
            cursor.execute(self._sql, {**values, "scope_market": scope.market_id, "scope_stall": scope.stall_id})
            return [self._parted(row) for row in cursor]

    def _parted(self, row: Sequence[Any]) -> list[Any]:
        return [columns.instance(row[start:end]) if columns else row[start] for columns, start, end in self._parts]


def _within_scope(market: str, stall: str) -> str:
    one_market = f"(%(scope_market)s::bigint IS NULL OR {market} = %(scope_market)s::bigint)"
    if not stall:
        return one_market
    return f"{one_market} AND (%(scope_stall)s::bigint IS NULL OR {stall} = %(scope_stall)s::bigint)"
