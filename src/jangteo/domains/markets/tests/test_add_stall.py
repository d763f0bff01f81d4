from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import IntegrityError

from jangteo.domains.markets.actions.add_stall import NewStall, add_stall
from jangteo.domains.markets.errors import BadStall, StallNameTaken
from jangteo.domains.markets.models import Kind, Stall
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.ids import has_check_digit
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import World, make_world


@pytest.fixture
def new(world: World) -> NewStall:
    return NewStall(name="바다상회", kind_id=world.fish.kind_id, street_id=world.fish.street_id, owner_name="순자")


def count(world: World) -> int:
    with in_market(world.market.pk):
        return Stall.objects.count()


def test_a_stall_gets_a_number_and_the_first_free_place(world: World, new: NewStall) -> None:
    # The small market's stalls stand at 0 to 3.
    first = add_stall(market=world.market, actor=SYSTEM, new=replace(new, slot=5))
    second = add_stall(market=world.market, actor=SYSTEM, new=replace(new, name="바다상회 2호"))
    third = add_stall(market=world.market, actor=SYSTEM, new=replace(new, name="바다상회 3호"))

    assert [stall.slot for stall in (first, second, third)] == [5, 4, 6]
    assert all(has_check_digit(stall.code) and len(stall.code) == 6 for stall in (first, second, third))
    assert len({stall.code for stall in (first, second, third)}) == 3


def test_a_number_that_another_market_has_is_drawn_again(
    world: World, new: NewStall, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_world(slug="other", digit="2")
    taken = int(other.fish.code[:5]) - 10_000
    drawn = [taken, taken, 77_777]
    monkeypatch.setattr(secrets, "randbelow", lambda _most: drawn.pop(0))

    stall = add_stall(market=world.market, actor=SYSTEM, new=new)

    assert stall.code[:5] == "87777"
    assert drawn == []


def test_when_no_number_is_found_nothing_is_added(world: World, new: NewStall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "randbelow", lambda _most: int(world.fish.code[:5]) - 10_000)

    with pytest.raises(IntegrityError):
        add_stall(market=world.market, actor=SYSTEM, new=new)

    assert count(world) == 4


def test_the_same_stall_again_is_the_same_stall(world: World, new: NewStall) -> None:
    first, second = (add_stall(market=world.market, actor=SYSTEM, new=new) for _ in range(2))

    assert first.pk == second.pk
    assert AuditRow.objects.filter(code="stall.added", subject=f"stall:{first.pk}").count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        lambda new: replace(new, owner_name="영호"),
        lambda new: replace(new, phone="0311234567"),
        lambda new: replace(new, code="123457"),
        lambda new: replace(new, slot=9),
    ],
    ids=["owner", "phone", "code", "slot"],
)
def test_a_namesake_is_refused(world: World, new: NewStall, changed: Callable[[NewStall], NewStall]) -> None:
    add_stall(market=world.market, actor=SYSTEM, new=new)

    with pytest.raises(StallNameTaken) as no:
        add_stall(market=world.market, actor=SYSTEM, new=changed(new))

    assert no.value.facts == {"name": "바다상회"}
    assert count(world) == 5


def test_another_market_may_have_the_name(world: World, new: NewStall) -> None:
    other = make_world(slug="other", digit="2")
    there = replace(new, kind_id=other.fish.kind_id, street_id=other.fish.street_id)

    add_stall(market=world.market, actor=SYSTEM, new=new)
    add_stall(market=other.market, actor=SYSTEM, new=there)

    assert (count(world), count(other)) == (5, 5)


@pytest.mark.parametrize(
    ("field", "spoil"),
    [
        ("name", lambda new: replace(new, name=" ")),
        ("name", lambda new: replace(new, name="가" * 31)),
        ("owner_name", lambda new: replace(new, owner_name="")),
        ("phone", lambda new: replace(new, phone="0" * 21)),
    ],
    ids=["blank", "long", "nobody", "phone"],
)
def test_a_field_that_cannot_be_is_named(
    world: World, new: NewStall, field: str, spoil: Callable[[NewStall], NewStall]
) -> None:
    with pytest.raises(BadStall) as no:
        add_stall(market=world.market, actor=SYSTEM, new=spoil(new))

    assert no.value.facts == {"field": field}
    assert count(world) == 4


def test_another_markets_kind_does_not_exist(world: World, new: NewStall) -> None:
    other = make_world(slug="other", digit="2")

    with pytest.raises(Kind.DoesNotExist):
        add_stall(market=world.market, actor=SYSTEM, new=replace(new, kind_id=other.fish.kind_id))

    assert count(world) == 4
