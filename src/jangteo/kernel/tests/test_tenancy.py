from __future__ import annotations

import pytest

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Stall
from jangteo.kernel.tenancy import OutOfScope, in_market, in_stall, unscoped, whole_market
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


def test_one_market_is_never_entered_from_another(world: World) -> None:
    with in_market(world.market.pk), pytest.raises(OutOfScope), in_market(world.market.pk + 1):
        pass
