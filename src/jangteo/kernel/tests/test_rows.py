from __future__ import annotations

import pytest
from django.db import models

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market
from jangteo.kernel import tenancy
from jangteo.kernel.rows import Columns, Query
from jangteo.kernel.tenancy import in_market, in_stall, unscoped
from tests.world import World, make_world

_NAMES = Query(
    [Columns(Good, "good"), "good.price_won * 2"],
    "FROM catalog_good good WHERE good.price_won >= %(least)s AND {scope} ORDER BY good.id",
    market="good.market_id",
    stall="good.stall_id",
)


def test_rows_hold_an_instance_or_a_value_for_every_part(world: World) -> None:
    with in_market(world.market.pk):
        [(good, double)] = [row for row in _NAMES.rows(least=world.mackerel.price_won) if row[0] == world.mackerel]
        same = Good.objects.get(pk=good.pk)

    assert double == 2 * world.mackerel.price_won
    assert _fields(good) == _fields(same)
    assert not good._state.adding


def test_a_query_keeps_to_the_market_and_the_stall_in_scope(world: World) -> None:
    with unscoped():
        other = make_world(slug="other", digit="2")
        everywhere = {good.market_id for good, _double in _NAMES.rows(least=0)}
    with in_market(other.market.pk):
        markets = {good.market_id for good, _double in _NAMES.rows(least=0)}
    with in_stall(world.market.pk, world.fish.pk):
        stalls = {good.stall_id for good, _double in _NAMES.rows(least=0)}

    assert everywhere == {world.market.pk, other.market.pk}
    assert markets == {other.market.pk}
    assert stalls == {world.fish.pk}


@pytest.mark.usefixtures("world")
def test_outside_a_scope_a_query_raises() -> None:
    with pytest.raises(tenancy.OutOfScope):
        _NAMES.rows(least=0)


def test_what_fields_convert_is_read_as_django_reads_it(world: World) -> None:
    query = Query([Columns(Market, "market")], "FROM markets_market market WHERE {scope}", market="market.id")
    with in_market(world.market.pk):
        [[market]] = query.rows()

    assert _fields(market) == _fields(Market.objects.get(pk=world.market.pk))


def test_a_row_that_an_outer_join_did_not_find_is_none(world: World) -> None:
    query = Query(
        [Columns(Market, "market"), Columns(Good, "good")],
        "FROM markets_market market LEFT JOIN catalog_good good ON good.id = -1 WHERE {scope}",
        market="market.id",
    )
    with in_market(world.market.pk):
        [[market, good]] = query.rows()

    assert (market, good) == (world.market, None)


def _fields(found: models.Model) -> dict[str, object]:
    return {field.name: getattr(found, field.attname) for field in found._meta.concrete_fields}
