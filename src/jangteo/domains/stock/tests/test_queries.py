from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.stock.actions.hold_stock import hold_stock
from jangteo.domains.stock.queries import goods_with_left
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market, unscoped
from tests.world import World, make_world


def test_goods_come_with_what_is_left_of_them_in_one_query(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with in_market(world.market.pk):
        hold_stock(quantities={world.mackerel.pk: 2}, cause="order:x")
        with django_assert_num_queries(1):
            found = goods_with_left({world.mackerel.pk, world.tofu.pk})
            names = {good.name: (good.stall.name, good.kind.key, left) for good, left in found.values()}

    assert names == {
        "고등어": (world.fish.name, world.mackerel.kind.key, 3),
        "손두부": (world.tofu_stall.name, world.tofu.kind.key, None),
    }


def test_hidden_goods_and_those_of_another_market_are_absent(world: World) -> None:
    with unscoped():
        other = make_world(slug="other", digit="2")
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, state=Good.State.HIDDEN)

    with in_market(world.market.pk):
        found = goods_with_left({world.mackerel.pk, world.tofu.pk, other.mackerel.pk})

    assert found.keys() == {world.mackerel.pk}


@pytest.mark.usefixtures("world")
def test_nothing_is_asked_for_no_goods(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert goods_with_left(set()) == {}
