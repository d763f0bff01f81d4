from __future__ import annotations

import pytest

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Stall
from jangteo.kernel.tenancy import OutOfScope, in_market, in_stall, unscoped, unscoped_practice, whole_market
from tests.world import World, make_world


@pytest.mark.django_db
def test_outside_a_scope_every_query_raises() -> None:
    with pytest.raises(OutOfScope):
        Good.objects.count()
    with pytest.raises(OutOfScope):
        Stall.objects.create()


def test_a_market_sees_only_its_own(world: World) -> None:
    other = make_world("elsewhere", "2")
    with in_market(world.market.pk):
        assert Good.objects.count() == 5
        assert not Good.objects.filter(pk=other.tofu.pk).exists()
    with unscoped():
        assert Good.objects.count() == 10


def test_a_stall_sees_only_its_goods_but_all_stalls(world: World) -> None:
    with in_stall(world.market.pk, world.fish.pk):
        assert {good.name for good in Good.objects.all()} == {"고등어", "갈치"}
        assert Stall.objects.count() == 4
        with whole_market():
            assert Good.objects.count() == 5
        with in_market(world.market.pk):
            assert Good.objects.count() == 2


def test_each_query_is_of_the_scope_in_force_when_it_is_made(world: World) -> None:
    other = make_world("elsewhere", "2")
    for market, fish in ((world.market, world.fish), (other.market, other.fish)) * 2:
        with in_market(market.pk):
            every, first = Good.objects.all(), Good.objects.filter(stall=fish).order_by("pk").first()
            assert {good.market_id for good in every} == {market.pk}
            assert first is not None
            assert first.stall_id == fish.pk
        with in_stall(market.pk, fish.pk):
            assert {good.stall_id for good in Good.objects.all()} == {fish.pk}
    with unscoped_practice():
        assert not Good.objects.exists()


def test_one_market_is_never_entered_from_another(world: World) -> None:
    with in_market(world.market.pk), pytest.raises(OutOfScope), in_market(world.market.pk + 1):
        pass
