"""Goods as rows for programs: one statement for a page, no model instances."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import QuerySet

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import in_the_shop


class GoodRow(NamedTuple):
    """A good with what a buyer must know of its stall. Weights and prices as in `Good`."""

    id: int
    name: str
    name_en: str
    unit: str
    origin: str
    note: str
    price_won: int
    price_grams: int | None
    unit_grams: int | None
    tax: str
    picture: str
    state: str
    price_life: str
    kind: str
    stall_code: str
    stall_name: str
    door: str


_COLUMNS = (*GoodRow._fields[:13], "kind__key", "stall__code", "stall__name", "stall__door")


def rows_after(after: int, most: int, *, kind: str = "", stall_code: str = "") -> list[GoodRow]:
    """Shown goods of a kind and a stall ("" for all) in the order they were put up, after the good `after`."""
    goods = _shown().filter(pk__gt=after)
    if kind:
        goods = goods.filter(kind__key=kind)
    if stall_code:
        goods = goods.filter(stall__code=stall_code)
    return [GoodRow._make(row) for row in goods.values_list(*_COLUMNS)[:most]]


def rows_of(good_ids: Collection[int]) -> dict[int, GoodRow]:
    """Shown goods of these ids; gone ones are absent."""
    rows = _shown().filter(pk__in=good_ids).values_list(*_COLUMNS)
    return {row.id: row for row in map(GoodRow._make, rows)}


def stall_rows_after(after: int, most: int) -> list[GoodRow]:
    """Everything the stall in scope has put up, hidden goods too, after the good `after`."""
    return [GoodRow._make(row) for row in _all().filter(pk__gt=after).values_list(*_COLUMNS)[:most]]


def stall_row(good_id: int) -> GoodRow:
    """One good of the stall in scope. Raises Good.DoesNotExist."""
    return GoodRow._make(_all().values_list(*_COLUMNS).get(pk=good_id))


def _all() -> QuerySet[Good]:
    return Good.objects.order_by("pk")


def _shown() -> QuerySet[Good]:
    return _all().filter(in_the_shop())
