"""A market gets a copy to practise in."""

from __future__ import annotations

from itertools import islice

from django.db import connection

from jangteo.domains.markets.models import Kind, Market, Stall, Street
from jangteo.domains.practice.actions.copy_shelves import copy_shelves
from jangteo.domains.practice.actions.copy_terms import copy_terms
from jangteo.domains.practice.copying import (
    PRACTICE_CODE_BEGINS,
    chosen_stalls,
    copied,
    copied_market,
    copied_stall,
    practice_codes,
)
from jangteo.domains.practice.queries import codes_in_use
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def open_copy(*, market: Market, actor: Actor, own: Stall | None = None) -> Market:
    """Copy streets, stalls, goods, counts, policies and terms; of people, orders and money nothing.

    Of a large market only the stalls around `own` are copied. No row of the real market is written,
    not even into its log: the copy's own says who sat down in it.
    """
    # Two at once would draw the same stall numbers.
    Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    kinds, streets = list(Kind.objects.order_by("position")), list(Street.objects.order_by("position"))
    stalls = chosen_stalls(list(Stall.objects.order_by("street__position", "slot")), own)
    copy = copied_market(market, _next_number())
    copy.save(force_insert=True)
    kind_ids = _ids(kinds, Kind.objects.bulk_create(copied(kind, market_id=copy.pk) for kind in kinds))
    street_ids = _ids(streets, Street.objects.bulk_create(copied(street, market_id=copy.pk) for street in streets))
    made = Stall.objects.bulk_create(
        copied_stall(
            stall, code, market_id=copy.pk, kind_id=kind_ids[stall.kind_id], street_id=street_ids[stall.street_id]
        )
        for stall, code in zip(stalls, _codes(len(stalls)), strict=True)
    )
    copy_shelves(market_id=copy.pk, stall_ids=_ids(stalls, made), kind_ids=kind_ids)
    copy_terms(market_id=copy.pk, stalls=made)
    return copy


def _next_number() -> int:
    """A number that no market and no copy has had, below zero."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT -nextval(pg_get_serial_sequence('markets_market', 'id'))")
        return int(cursor.fetchone()[0])


def _ids(
    originals: list[Kind] | list[Street] | list[Stall], copies: list[Kind] | list[Street] | list[Stall]
) -> dict[int, int]:
    return {original.pk: copy.pk for original, copy in zip(originals, copies, strict=True)}


def _codes(count: int) -> list[str]:
    return list(islice(practice_codes(codes_in_use(PRACTICE_CODE_BEGINS)), count))
