from __future__ import annotations

from dataclasses import replace

import pytest

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.errors import GoodTaken
from jangteo.domains.catalog.models import Good, PriceChange
from jangteo.domains.catalog.rules import EXEMPT_KINDS, usual_tax
from jangteo.domains.markets.rules import STARTER_KINDS
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow, LiveEvent
from jangteo.kernel.tenancy import in_market
from jangteo.project.demo.content import read_content
from tests.world import World


@pytest.fixture
def new(world: World) -> NewGood:
    return NewGood(
        stall_id=world.fish.pk,
        kind_id=world.fish.kind_id,
        name="참돔",
        unit="1마리",
        origin="국산",
        price_won=15000,
        tax="exempt",
        picture="sea-bream",
    )


def put_up(world: World, new: NewGood) -> Good:
    return put_up_good(market=world.market, actor=SYSTEM, new=new)


def traces(world: World) -> tuple[int, int, int]:
    with in_market(world.market.pk):
        return AuditRow.objects.count(), LiveEvent.objects.count(), PriceChange._base_manager.count()


def test_the_same_good_again_is_the_same_good(world: World, new: NewGood) -> None:
    first = put_up(world, new)
    before = traces(world)

    assert put_up(world, replace(new, name=" 참돔 ")).pk == first.pk
    assert traces(world) == before


def test_the_same_name_and_unit_at_another_price_is_refused(world: World, new: NewGood) -> None:
    put_up(world, new)
    before = traces(world)

    with pytest.raises(GoodTaken) as no:
        put_up(world, replace(new, price_won=16000))

    assert no.value.facts == {"name": "참돔", "unit": "1마리"}
    assert traces(world) == before


def test_another_unit_another_stall_and_a_put_away_good_stand_in_nobodys_way(world: World, new: NewGood) -> None:
    first = put_up(world, new)
    others = [put_up(world, replace(new, unit="2마리")), put_up(world, replace(new, stall_id=world.stranger.pk))]
    set_sale_state(market=world.market, actor=SYSTEM, good_id=first.pk, state=Good.State.HIDDEN)

    again = put_up(world, replace(new, price_won=16000))

    assert len({first.pk, again.pk, *(good.pk for good in others)}) == 4
    with in_market(world.market.pk):
        assert Good.objects.get(pk=first.pk).state == "hidden"


def test_usual_taxes_are_those_of_the_demo_market() -> None:
    assert {kind.key: usual_tax(kind.key) for kind in STARTER_KINDS} == {
        kind.key: kind.tax for kind in read_content().kinds
    }


def test_exempt_kinds_are_kinds_and_unknown_ones_are_taxed() -> None:
    assert {kind.key for kind in STARTER_KINDS} > EXEMPT_KINDS
    assert usual_tax("stationery") == "taxable"
