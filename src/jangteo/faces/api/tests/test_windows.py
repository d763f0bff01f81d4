"""Having it brought, asked by a program: which windows there are, which fee is agreed to, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import cast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jangteo.domains.delivery.actions.revise_wave import revise_wave
from jangteo.domains.delivery.models import Place, Promise, Seat, Window
from jangteo.domains.ordering.models import Order
from jangteo.faces.api.tests.callers import ORDERS, V1, Answer, Caller, Json, wish
from jangteo.faces.api.tests.footprint import footprint
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, delivers

WINDOWS = f"{V1}/markets/jangteo/windows/"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def place(world: World) -> Place:
    return delivers(world, capacity=2)[0]


def brought(world: World, **changed: object) -> Json:
    """The body of an order of one tofu to an address in the zone, with the fee agreed to."""
    return wish((world.tofu, 1), **{"fulfil": "deliver", "address": "장터동 101호", "fee_won": 3000, **changed})


def read(placed: Answer) -> Json:
    return Caller().get(f"{ORDERS}{placed.body['token']}/").body


def next_two() -> list[int]:
    return [cast(int, item["wave_id"]) for item in Caller().get(WINDOWS).items[:2]]


def delivers_no_more(world: World) -> int:
    with in_market(world.market.pk):
        return Window.objects.update(is_on=False)


def refused(body: Json) -> tuple[int, str]:
    """Status and code of an order that must leave everything as it was."""
    before = footprint()
    answer = Caller().order(body)
    assert footprint() == before
    return answer.status, answer.code


def test_windows_are_listed_with_the_fee_and_the_places(world: World, place: Place) -> None:
    body = Caller().get(WINDOWS, goods_won=10_000).body

    first = cast(list[Json], body["items"])[0]
    assert {name: first[name] for name in first if name != "wave_id"} == {
        "starts_at": "2026-11-20T17:00:00+09:00",
        "ends_at": "2026-11-20T19:00:00+09:00",
        "order_until": "2026-11-20T15:00:00+09:00",
        "left": 2,
    }
    places = [(one["name"], one["kind"]) for one in cast(list[Json], body["places"])]
    assert sorted(places) == [("은행나무 아파트", "building"), ("장터동", "dong")]
    assert (body["fee_won"], body["free_from_won"]) == (3000, 30_000)
    assert (body["address"], body["why_not"]) == (None, None)
    assert Caller().get(WINDOWS, goods_won=30_000).body["fee_won"] == 0


def test_windows_to_an_address_say_whether_it_is_delivered_to(world: World, place: Place) -> None:
    near = Caller().get(WINDOWS, address="101호", place_id=place.pk).body
    far = Caller().get(WINDOWS, address="먼동네 1").body

    assert (near["address"], near["why_not"]) == ("장터동 101호", None)
    assert far["items"] == []
    why = cast(Json, far["why_not"])
    assert (why["code"], why["facts"]) == ("delivery.outside_zones", {"place": "먼동네 1"})
    assert "먼동네 1" in str(why["detail"])


def test_a_market_that_does_not_deliver_lists_nothing_and_says_so(world: World) -> None:
    body = Caller().get(WINDOWS).body

    assert (body["items"], body["places"], body["fee_won"]) == ([], [], None)
    assert cast(Json, body["why_not"])["code"] == "delivery.none"


def test_listing_windows_takes_seven_statements(world: World, place: Place) -> None:
    with CaptureQueriesContext(connection) as captured:
        Caller().get(WINDOWS, address="장터동 101호")

    assert len(captured) == 7, captured.captured_queries


def test_an_order_is_promised_the_window_that_it_names(world: World, place: Place) -> None:
    tomorrow = next_two()[1]
    body = brought(world, wave_id=tomorrow, address="101호", place_id=place.pk, substitute="nearest")
    order = read(Caller().order(body))

    assert order["promised"] == {
        "from_at": "2026-11-21T17:00:00+09:00",
        "until_at": "2026-11-21T19:00:00+09:00",
        "why": "first",
    }
    assert (order["wanted_at"], order["address"]) == ("2026-11-21T17:00:00+09:00", "장터동 101호")
    assert (order["fee_won"], order["due_won"]) == (3000, 5000)
    with in_market(world.market.pk):
        assert Order.objects.get().substitute == "nearest"
        assert Seat.objects.get().wave_id == tomorrow


@pytest.mark.parametrize(
    ("wanted_at", "begins"),
    [(None, "2026-11-20T17:00:00+09:00"), ("2026-11-21T18:00:00+09:00", "2026-11-21T17:00:00+09:00")],
)
def test_without_a_window_it_is_the_next_or_that_of_the_wanted_time(
    world: World, place: Place, wanted_at: str | None, begins: str
) -> None:
    order = read(Caller().order(brought(world, wanted_at=wanted_at)))

    assert order["wanted_at"] == begins


def test_a_promise_that_was_said_anew_is_told(world: World, place: Place) -> None:
    placed = Caller().order(brought(world))
    revise_wave(market=world.market, actor=SYSTEM, wave_id=next_two()[0], minutes=30, why=Promise.Why.WEATHER)

    assert read(placed)["promised"] == {
        "from_at": "2026-11-20T17:30:00+09:00",
        "until_at": "2026-11-20T19:30:00+09:00",
        "why": "weather",
    }


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"fee_won": None}, 409, "ordering.fee_changed"),
        ({"fee_won": 2000}, 409, "ordering.fee_changed"),
        ({"address": "먼동네 1"}, 409, "delivery.outside_zones"),
        ({"place_id": 999_999}, 409, "delivery.place_missing"),
        ({"wave_id": 1}, 409, "delivery.no_such_wave"),
        ({"wave_id": 2**63 - 1}, 409, "delivery.no_such_wave"),
        ({"wanted_at": "2026-11-20T20:00:00+09:00"}, 409, "delivery.no_such_wave"),
        ({"address": "", "fulfil": "pickup", "wave_id": 1}, 422, "ordering.nothing_to_bring"),
    ],
)
def test_what_cannot_be_brought_is_refused(world: World, place: Place, changed: Json, status: int, code: str) -> None:
    assert refused(brought(world, **changed)) == (status, code)


def test_a_neighbourhood_alone_is_no_address(world: World, place: Place) -> None:
    assert refused(brought(world, address="", place_id=place.pk)) == (422, "delivery.detail_missing")


def test_a_changed_fee_names_the_one_of_today(world: World, place: Place) -> None:
    assert Caller().order(brought(world, fee_won=0)).body["facts"] == {"fee_won": 3000}


def test_a_building_needs_no_more_than_its_name(world: World, place: Place) -> None:
    with in_market(world.market.pk):
        building = Place.objects.get(kind=Place.Kind.BUILDING)

    assert read(Caller().order(brought(world, address="", place_id=building.pk)))["address"] == "은행나무 아파트"


def test_a_full_window_is_refused_by_name_and_passed_over_without(world: World, place: Place) -> None:
    first = next_two()[0]
    for _ in range(2):
        assert Caller().order(brought(world, wave_id=first)).status == 201

    assert refused(brought(world, wave_id=first)) == (409, "delivery.wave_full")
    assert read(Caller().order(brought(world)))["wanted_at"] == "2026-11-21T17:00:00+09:00"


def test_a_repeat_is_answered_the_same_when_its_window_is_over(world: World, place: Place) -> None:
    first = Caller().order(brought(world), key="the-same-key")
    with clock.at(NOON + timedelta(hours=4)):
        again = Caller().order(brought(world), key="the-same-key")

    assert (again.status, again.body) == (201, first.body)


def test_a_repeat_is_answered_the_same_when_no_window_is_left(world: World, place: Place) -> None:
    first = Caller().order(brought(world), key="the-same-key")
    assert delivers_no_more(world) == 1

    assert Caller().order(brought(world), key="the-same-key").body == first.body
    assert refused(brought(world)) == (409, "delivery.no_window")


def test_a_place_where_nothing_is_delivered_is_refused(world: World) -> None:
    assert refused(brought(world, place_id=1, fee_won=None)) == (409, "delivery.none")
