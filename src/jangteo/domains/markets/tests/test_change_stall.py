from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time

import pytest

from jangteo.domains.markets.actions.add_street import add_street
from jangteo.domains.markets.actions.change_stall import change_stall
from jangteo.domains.markets.errors import BadStall, StallNameTaken
from jangteo.domains.markets.models import Kind, Stall, Street
from jangteo.domains.markets.stall_facts import StallFacts
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import World, make_world


@pytest.fixture
def written(world: World) -> StallFacts:
    """What is written down about 순자네 수산 at first."""
    stall = world.fish
    return StallFacts(
        name=stall.name,
        kind_id=stall.kind_id,
        street_id=stall.street_id,
        owner_name=stall.owner_name,
        phone=stall.phone,
        opens_at=stall.opens_at,
        closes_at=stall.closes_at,
    )


def changed(world: World, facts: StallFacts) -> Stall:
    change_stall(market=world.market, actor=SYSTEM, stall_id=world.fish.pk, facts=facts)
    with in_market(world.market.pk):
        return Stall.objects.get(pk=world.fish.pk)


def traces() -> list[dict[str, object]]:
    return [row.facts for row in AuditRow.objects.filter(code="stall.changed").order_by("pk")]


def test_everything_that_is_told_is_written_down(world: World, written: StallFacts) -> None:
    stall = changed(
        world,
        replace(
            written,
            name=" 순자 생선 ",
            kind_id=world.greens.kind_id,
            owner_name="순자·영호",
            phone="0310001000",
            intro="새벽에 받아 와요.",
            since=1982,
            opens_at=time(5),
            closes_at=time(13),
            takes_card=False,
            takes_onnuri=True,
            takes_local=True,
        ),
    )

    assert (stall.name, stall.kind_id, stall.owner_name) == ("순자 생선", world.greens.kind_id, "순자·영호")
    assert (stall.phone, stall.intro, stall.since) == ("0310001000", "새벽에 받아 와요.", 1982)
    assert (stall.opens_at, stall.closes_at) == (time(5), time(13))
    assert (stall.takes_card, stall.takes_onnuri, stall.takes_local) == (False, True, True)
    assert (stall.code, stall.door, stall.slot) == (world.fish.code, world.fish.door, world.fish.slot)


def test_the_log_names_what_changed_and_not_to_what(world: World, written: StallFacts) -> None:
    changed(world, replace(written, phone="0310001000", intro="새벽에 받아 와요."))

    assert traces() == [{"fields": "phone,intro"}]


def test_the_same_again_leaves_no_trace(world: World, written: StallFacts) -> None:
    changed(world, written)

    assert traces() == []


def test_on_another_street_it_stands_at_the_first_free_place(world: World, written: StallFacts) -> None:
    lane = add_street(market=world.market, actor=SYSTEM, name="생선 골목")
    with in_market(world.market.pk):
        Stall.objects.filter(pk=world.greens.pk).update(street=lane, slot=1)

    stall = changed(world, replace(written, street_id=lane.pk))

    assert (stall.street_id, stall.slot) == (lane.pk, 2)


def test_a_neighbours_name_is_refused_and_its_own_is_not(world: World, written: StallFacts) -> None:
    with pytest.raises(StallNameTaken) as no:
        changed(world, replace(written, name=f"{world.greens.name} "))

    assert no.value.facts == {"name": world.greens.name}
    assert changed(world, replace(written, intro="안녕하세요.")).name == world.fish.name


@pytest.mark.parametrize(
    ("field", "spoil"),
    [
        ("name", lambda facts: replace(facts, name=" ")),
        ("owner_name", lambda facts: replace(facts, owner_name="가" * 31)),
        ("phone", lambda facts: replace(facts, phone="0" * 21)),
        ("intro", lambda facts: replace(facts, intro="가" * 121)),
        ("closes_at", lambda facts: replace(facts, opens_at=time(20), closes_at=time(20))),
    ],
    ids=["blank", "long", "phone", "intro", "hours"],
)
def test_a_field_that_cannot_be_is_named(
    world: World, written: StallFacts, field: str, spoil: Callable[[StallFacts], StallFacts]
) -> None:
    with pytest.raises(BadStall) as no:
        changed(world, spoil(written))

    assert no.value.facts == {"field": field}
    assert traces() == []


def test_nothing_of_another_market_can_be_meant(world: World, written: StallFacts) -> None:
    other = make_world(slug="other", digit="2")

    with pytest.raises(Kind.DoesNotExist):
        changed(world, replace(written, kind_id=other.fish.kind_id))
    with pytest.raises(Street.DoesNotExist):
        changed(world, replace(written, street_id=other.fish.street_id))
    with pytest.raises(Stall.DoesNotExist):
        change_stall(market=other.market, actor=SYSTEM, stall_id=world.fish.pk, facts=written)
    assert traces() == []
