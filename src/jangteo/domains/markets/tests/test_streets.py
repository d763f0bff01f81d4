from __future__ import annotations

import pytest

from jangteo.domains.markets.actions.add_street import add_street
from jangteo.domains.markets.actions.change_street import change_street
from jangteo.domains.markets.errors import BadStreet, StreetNameTaken
from jangteo.domains.markets.models import Street
from jangteo.domains.markets.queries import whole_map
from jangteo.domains.markets.rules import STREET_COLOURS, contrast, street_colour
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import World, make_world


def streets(world: World) -> list[tuple[str, str]]:
    with in_market(world.market.pk):
        return list(Street.objects.order_by("position").values_list("name", "name_en"))


def renamed(world: World, name: str, name_en: str = "") -> None:
    street_id = world.fish.street_id
    change_street(market=world.market, actor=SYSTEM, street_id=street_id, name=name, name_en=name_en)


def traces() -> list[dict[str, object]]:
    return [row.facts for row in AuditRow.objects.filter(code="street.renamed").order_by("pk")]


def test_a_street_stands_behind_the_others_in_a_colour_of_its_own(world: World) -> None:
    street = add_street(market=world.market, actor=SYSTEM, name=" 생선 골목 ", name_en=" Fish Alley ")

    assert streets(world) == [("시장 길", "Market street"), ("생선 골목", "Fish Alley")]
    assert (street.position, street.colour) == (1, STREET_COLOURS[1])


def test_the_same_form_twice_is_one_street(world: World) -> None:
    first, second = (add_street(market=world.market, actor=SYSTEM, name="생선 골목") for _ in range(2))

    assert first.pk == second.pk
    assert len(streets(world)) == 2


def test_another_street_of_the_same_name_is_refused(world: World) -> None:
    with pytest.raises(StreetNameTaken) as no:
        add_street(market=world.market, actor=SYSTEM, name="시장 길", name_en="Another")

    assert no.value.facts == {"name": "시장 길"}


@pytest.mark.parametrize(
    ("name", "name_en", "field"), [(" ", "", "name"), ("가" * 31, "", "name"), ("골목", "a" * 41, "name_en")]
)
def test_a_name_that_cannot_be_is_refused(world: World, name: str, name_en: str, field: str) -> None:
    with pytest.raises(BadStreet) as no:
        add_street(market=world.market, actor=SYSTEM, name=name, name_en=name_en)
    with pytest.raises(BadStreet):
        renamed(world, name, name_en)

    assert no.value.facts == {"field": field}
    assert streets(world) == [("시장 길", "Market street")]


def test_a_street_gets_another_name_and_the_log_both(world: World) -> None:
    renamed(world, "바다 골목", "Sea Alley")

    assert streets(world) == [("바다 골목", "Sea Alley")]
    assert traces() == [{"was": "시장 길", "now": "바다 골목"}]


def test_another_english_name_is_a_change_too(world: World) -> None:
    renamed(world, "시장 길", "High Street")

    assert traces() == [{"was": "Market street", "now": "High Street"}]


def test_the_names_it_has_leave_no_trace(world: World) -> None:
    renamed(world, "시장 길 ", "Market street")

    assert traces() == []


def test_a_neighbours_name_is_not_given_twice(world: World) -> None:
    add_street(market=world.market, actor=SYSTEM, name="생선 골목")

    with pytest.raises(StreetNameTaken):
        renamed(world, "생선 골목")

    assert streets(world)[0] == ("시장 길", "Market street")


def test_another_markets_street_does_not_exist(world: World) -> None:
    other = make_world(slug="other", digit="2")

    with pytest.raises(Street.DoesNotExist):
        change_street(market=other.market, actor=SYSTEM, street_id=world.fish.street_id, name="골목")


def test_the_whole_map_has_streets_without_stalls(world: World) -> None:
    add_street(market=world.market, actor=SYSTEM, name="생선 골목")

    with in_market(world.market.pk):
        assert [(row.street.name, len(row.stalls)) for row in whole_map()] == [("시장 길", 4), ("생선 골목", 0)]


def test_every_colour_is_seen_and_given_once_before_any_comes_again() -> None:
    given: list[str] = []
    for _ in range(len(STREET_COLOURS) + 2):
        given.append(street_colour(given))

    assert given == [*STREET_COLOURS, *STREET_COLOURS[:2]]
    assert min(contrast(colour, "#FFFFFF") for colour in STREET_COLOURS) >= 3
