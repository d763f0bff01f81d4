"""The small market of `tests.world` once more, without doing again all that made it.

The actions make it for the first test of a process. What they wrote is kept as one script, and every later test writes
it again in one statement: the same rows under the same keys, for the test before was rolled back, and all of the
moment of the new test.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from tests.world import World, make_world

_PRESENT = "[the present]"


@dataclass(frozen=True, slots=True)
class _Kept:
    world: World
    script: str


_kept: list[_Kept] = []


def world_again() -> World:
    """The market, for a test whose work is rolled back."""
    if not _kept:
        # A script of somebody else's rows as well would be wrong for every later test.
        assert not Market.objects.exists()
        world = make_world()
        _kept.append(_Kept(deepcopy(world), _script()))
        return world
    with connection.cursor() as cursor:
        cursor.execute(_kept[0].script.replace(_PRESENT, clock.now().isoformat()))
    return deepcopy(_kept[0].world)


def _script() -> str:
    """Every row there is, as one INSERT for each table. Foreign keys are looked at in the end, so any order will do."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("jangteo.")]
    return ";".join(insert for model in ours if (insert := _insert(model)))


def _insert(model: type[models.Model]) -> str:
    table = sql.Identifier(model._meta.db_table)
    fields = model._meta.local_concrete_fields
    columns = sql.SQL(", ").join(sql.Identifier(field.attname) for field in fields)
    values = sql.SQL(" || ', ' || ").join(_value(field) for field in fields)
    rows = sql.SQL("SELECT string_agg('(' || {} || ')', ', ') FROM {}").format(values, table)
    with connection.cursor() as cursor:
        cursor.execute(rows.as_string())
        (found,) = cursor.fetchone()
    return sql.SQL("INSERT INTO {} ({}) VALUES ").format(table, columns).as_string() + found if found else ""


def _value(field: models.Field[object, object]) -> sql.Composed:
    column = sql.Identifier(field.attname)
    if isinstance(field, models.DateTimeField):
        return sql.SQL("CASE WHEN {} IS NULL THEN 'NULL' ELSE quote_literal({}) END").format(column, _PRESENT)
    return sql.SQL("quote_nullable({}::text)").format(column)
