"""From the stalls to the hub's table, its shelf, and the customer's hands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from jangteo.domains.hub.actions.hand_out import hand_out
from jangteo.domains.hub.actions.make_tour import make_tour
from jangteo.domains.hub.actions.note_boxes import note_boxes
from jangteo.domains.hub.actions.put_off import put_off
from jangteo.domains.hub.actions.receive_part import receive_part
from jangteo.domains.hub.actions.set_plan import set_plan
from jangteo.domains.hub.actions.unreceive_part import unreceive_part
from jangteo.domains.hub.actions.write_keep_rule import write_keep_rule
from jangteo.domains.hub.errors import BadBoxes, BadPlan, BadRule, NotGathered, StillMissing
from jangteo.domains.hub.jobs import make_due_tours
from jangteo.domains.hub.models import KeepRule, ParcelNotice, Pick, Tour
from jangteo.domains.hub.queries import (
    find_waiting,
    keep_hours,
    next_wave,
    open_tours,
    orders_of_wave,
    shelf_orders,
    stops_of,
    tour_counts,
    unclaimed,
)
from jangteo.domains.hub.told import Boxes, NewPlan, NewRule
from jangteo.domains.ordering.actions.end_ungiven import end_ungiven
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.errors import NotWeighed
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.brought import bring, order_row, parts, wants_home
from tests.gathering import gathers, goods_parts, parcel, receive, to_be_brought, to_be_fetched, tour
from tests.world import GUEST, NOON, World, delivers, make_world, wants

pytestmark = pytest.mark.usefixtures("takes_card")
AFTERNOON = NOON + timedelta(hours=3)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    delivers(world)
    return world


def stops(world: World, made: Tour | None) -> list[tuple[str, list[int]]]:
    assert made is not None
    with in_market(world.market.pk):
        return [(stop.stall.name, [pick.part_id for pick in stop.picks]) for stop in stops_of(made.pk)]


def test_a_market_without_a_plan_hands_over_at_its_stalls(world: World) -> None:
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))

    assert tour(world) is None
    with pytest.raises(NotGathered):
        receive(world, placed)


def test_a_tour_goes_past_every_stall_with_something_to_fetch(world: World) -> None:
    gathers(world)
    first = to_be_fetched(world, (world.tofu, 1), (world.mackerel, 1))
    second = to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))

    made = tour(world)

    fish, tofu = (part.pk for part in sorted(goods_parts(world, first), key=lambda part: part.stall_id))
    more_fish, cabbage = (part.pk for part in sorted(goods_parts(world, second), key=lambda part: part.stall_id))
    assert sorted(stops(world, made)) == [
        ("두부가게", [tofu]),
        ("순자네 수산", sorted([fish, more_fish])),
        ("푸른채소", [cabbage]),
    ]
    assert made is not None
    # One stall at the gate, two that face each other a step in.
    assert made.length_dm == 60


def test_no_part_comes_into_two_tours(world: World) -> None:
    gathers(world)
    to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))

    assert tour(world) is not None
    assert tour(world) is None
    with in_market(world.market.pk):
        pick = Pick.objects.first()
        assert pick is not None
        with pytest.raises(IntegrityError), transaction.atomic():
            Pick.objects.create(
                market_id=pick.market_id,
                order_id=pick.order_id,
                stall_id=pick.stall_id,
                part_id=pick.part_id,
                changed_at=NOON,
            )


def test_the_next_tour_waits_its_time(world: World) -> None:
    gathers(world)
    to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))
    make_due_tours()
    to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))

    make_due_tours()
    with in_market(world.market.pk):
        assert len(open_tours()) == 1
    with clock.at(NOON + timedelta(minutes=30)):
        make_due_tours()
        with in_market(world.market.pk):
            assert [tour_counts(one.pk) for one in open_tours()] == [(0, 2), (0, 2)]


def test_what_leaves_this_evening_is_fetched_once_its_orders_are_taken(world: World) -> None:
    gathers(world, shelves=0)
    to_be_brought(world, (world.mackerel, 1))

    assert tour(world) is None
    with clock.at(AFTERNOON):
        assert tour(world) is not None


def test_what_one_stall_sells_and_what_is_paid_there_is_fetched_there(world: World) -> None:
    gathers(world)
    to_be_fetched(world, (world.mackerel, 1))
    placed = place_order(
        market=world.market, actor=GUEST, wanted=wants((world.mackerel, 1), (world.tofu, 1)), key="at-the-stalls"
    )

    assert tour(world) is None
    with pytest.raises(NotGathered):
        receive(world, placed)


def test_an_order_is_ready_with_its_last_part(world: World) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))
    first, last = goods_parts(world, placed)

    receive_part(market=world.market, actor=SYSTEM, part_id=first.pk)
    half = parcel(world, placed)
    assert (half.shelf, half.ready_at) == (1, None)
    with in_market(world.market.pk):
        [row] = shelf_orders(gathers(world), NOON)
        assert [stall.pk for stall in row.missing] == [last.stall_id]

    receive_part(market=world.market, actor=SYSTEM, part_id=last.pk)

    assert (parcel(world, placed).shelf, parcel(world, placed).ready_at) == (1, NOON)
    with in_market(world.market.pk):
        told = ParcelNotice.objects.order_by("due_at").values_list("about", "due_at")
        assert list(told) == [("ready", NOON + timedelta(minutes=2)), ("again", NOON + timedelta(hours=2))]


def test_a_press_twice_is_one(world: World) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))

    receive(world, placed)
    receive(world, placed)

    with in_market(world.market.pk):
        assert Pick.objects.count() == 2
        assert ParcelNotice.objects.count() == 2


def test_a_press_by_mistake_is_taken_back_with_the_number(world: World) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))
    receive(world, placed)

    for part in goods_parts(world, placed):
        unreceive_part(market=world.market, actor=SYSTEM, part_id=part.pk)

    assert (parcel(world, placed).shelf, parcel(world, placed).ready_at) == (None, None)
    assert [part.state for part in goods_parts(world, placed)] == ["ready", "ready"]


def test_a_stall_that_is_not_ready_comes_at_the_end(world: World) -> None:
    gathers(world)
    to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))
    made = tour(world)
    first = stops(world, made)[0]
    with in_market(world.market.pk):
        pick = Pick.objects.get(part_id=first[1][0])

    put_off(market=world.market, actor=SYSTEM, pick_id=pick.pk)
    put_off(market=world.market, actor=SYSTEM, pick_id=pick.pk)

    assert [name for name, _parts in stops(world, made)][-1] == first[0]
    with in_market(world.market.pk):
        assert Pick.objects.get(pk=pick.pk).position == 2


def test_what_is_weighed_is_weighed_before_it_leaves_the_stall(world: World) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.hairtail, 1), (world.tofu, 1))
    fish = goods_parts(world, placed)[0]

    with pytest.raises(NotWeighed):
        receive_part(market=world.market, actor=SYSTEM, part_id=fish.pk)


def test_everything_is_handed_out_at_once(world: World) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))
    receive_part(market=world.market, actor=SYSTEM, part_id=goods_parts(world, placed)[0].pk)
    with pytest.raises(StillMissing) as refused:
        hand_out(market=world.market, actor=SYSTEM, order_id=placed.order_id)
    assert refused.value.facts == {"stall": "두부가게"}
    receive(world, placed)

    for _press in range(2):
        given = hand_out(market=world.market, actor=SYSTEM, order_id=placed.order_id)

    assert (given.shelf, given.given_at) == (None, NOON)
    assert order_row(world, placed).state == "closed"
    assert [part.state for part in parts(world, placed)] == ["handed_over", "handed_over"]


def test_a_number_that_is_free_again_is_given_to_the_next(world: World) -> None:
    gathers(world, shelves=1)
    first, second = (to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1)) for _n in range(2))
    receive(world, first)
    receive(world, second)
    assert (parcel(world, first).shelf, parcel(world, second).shelf) == (1, None)

    hand_out(market=world.market, actor=SYSTEM, order_id=first.order_id)
    third = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))
    receive(world, third)

    assert parcel(world, third).shelf == 1


def test_the_place_of_an_order_that_ended_elsewhere_is_free_again(world: World) -> None:
    gathers(world, shelves=1)
    first, second = (to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1)) for _ in range(2))
    receive(world, first)
    assert parcel(world, first).shelf == 1

    end_ungiven(market=world.market, actor=SYSTEM, order_id=first.order_id, money_back=True)
    receive(world, second)

    assert (parcel(world, first).shelf, parcel(world, second).shelf) == (None, 1)


def test_who_comes_is_found_by_phone_order_or_shelf_number(world: World) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))
    receive(world, placed)

    with in_market(world.market.pk):
        found = {
            text: [one.order_id for one in find_waiting(text)] for text in ("2000", "010-0000-2000", "1", "99", "")
        }
    mine = [placed.order_id]
    assert found == {"2000": mine, "010-0000-2000": mine, "1": mine, "99": [], "": []}


def test_what_nobody_fetches_asks_for_a_hand(world: World) -> None:
    gathers(world)
    write_keep_rule(
        market=world.market, actor=SYSTEM, told=NewRule(clock.calendar_day(), 2, "생물은 그날 저녁에 치워요.")
    )
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))
    receive(world, placed)

    with in_market(world.market.pk):
        assert keep_hours() == 2
        assert unclaimed(NOON + timedelta(hours=2)) == []
        assert [one.order_id for one in unclaimed(NOON + timedelta(hours=2, minutes=1))] == [placed.order_id]


def test_the_wave_shows_what_is_missing_of_each_order(world: World) -> None:
    gathers(world)
    placed = to_be_brought(world, (world.mackerel, 1), (world.tofu, 1))
    bring(world, wants_home(world, (world.cabbage, 1)))
    fish, _tofu = goods_parts(world, placed)
    receive_part(market=world.market, actor=SYSTEM, part_id=fish.pk)
    note_boxes(market=world.market, actor=SYSTEM, order_id=placed.order_id, told=Boxes(2, is_cold=True))

    with in_market(world.market.pk):
        wave = next_wave(NOON)
        assert wave is not None
        rows = orders_of_wave(wave.pk)
        seen = [([stall.name for stall in row.missing], row.parcel and row.parcel.boxes) for row in rows]
    assert seen == [(["두부가게"], 2), (["푸른채소"], None)]
    assert parcel(world, placed).shelf is None


@pytest.mark.parametrize("count", [0, 21])
def test_so_many_boxes_cannot_be(world: World, count: int) -> None:
    gathers(world)
    placed = to_be_brought(world, (world.mackerel, 1))
    receive(world, placed)

    with pytest.raises(BadBoxes):
        note_boxes(market=world.market, actor=SYSTEM, order_id=placed.order_id, told=Boxes(count))
    assert parcel(world, placed).boxes == 1


@pytest.mark.parametrize(
    "told", [NewPlan(tour_minutes=9), NewPlan(shelves=-1), NewPlan(shelves=201), NewPlan(brings="birds")]
)
def test_a_plan_that_cannot_be_is_refused(world: World, told: NewPlan) -> None:
    with pytest.raises(BadPlan):
        set_plan(market=world.market, actor=SYSTEM, told=told)


def test_a_rule_that_cannot_be_is_refused_and_a_good_one_stays(world: World) -> None:
    today = clock.calendar_day()
    for told in (
        NewRule(today - timedelta(days=1), 4, "치워요."),
        NewRule(today, 0, "치워요."),
        NewRule(today, 73, "치워요."),
        NewRule(today, 4, " "),
    ):
        with pytest.raises(BadRule):
            write_keep_rule(market=world.market, actor=SYSTEM, told=told)
    rule = write_keep_rule(market=world.market, actor=SYSTEM, told=NewRule(today, 4, "치워요."))

    with in_market(world.market.pk), pytest.raises(IntegrityError), transaction.atomic():
        KeepRule.objects.filter(pk=rule.pk).update(hours=5)


def test_where_stalls_bring_it_there_are_no_tours(world: World) -> None:
    gathers(world, brings="stalls")
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))

    assert make_tour(market=world.market, actor=SYSTEM, at_once=True) is None
    receive(world, placed)
    assert parcel(world, placed).ready_at == NOON
