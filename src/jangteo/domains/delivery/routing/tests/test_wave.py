from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from jangteo.domains.delivery.ports import Effort, Spot
from jangteo.domains.delivery.routing.plain import PlainRouter
from jangteo.domains.delivery.routing.wave import News, Wave, WavePlan, after, changed_hands, plan_wave, pooled
from jangteo.domains.delivery.straight import StraightLines
from tests.bench.wave_town import FIVE, HUB, evening

HALF_WAY = Spot(HUB.lat + 5_000, HUB.lng + 5_000)


def planned(wave: Wave, rounds: int = 60) -> WavePlan:
    effort = Effort(seconds=None, rounds=rounds)
    return plan_wave(wave, router=PlainRouter(), distances=StraightLines(), effort=effort)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 1_000), orders=st.integers(0, 25), couriers=st.integers(0, 3))
def test_every_order_is_in_one_round_or_left_and_keeps_its_window_and_load(
    seed: int, orders: int, couriers: int
) -> None:
    wave = evening(seed, orders=orders, couriers=couriers)
    parcels = {one.order: one for one in wave.parcels}

    plan = planned(wave, 30)

    placed = [order for stops in plan.rounds.values() for stop in stops for order in stop.orders]
    assert Counter([*placed, *plan.left]) == Counter(list(parcels))
    for stops in plan.rounds.values():
        assert all(parcels[order].opens <= stop.at <= parcels[order].closes for stop in stops for order in stop.orders)
        assert sum(parcels[order].grams for stop in stops for order in stop.orders) <= 90_000


def test_orders_of_one_building_are_one_stop() -> None:
    wave = evening(1)
    same = [
        replace(one, building="한빛아파트 101동", spot=HALF_WAY, opens=FIVE, closes=FIVE + 7200)
        for one in wave.parcels[:5]
    ]

    plan = planned(replace(wave, parcels=same))

    assert [sorted(stop.orders) for stops in plan.rounds.values() for stop in stops] == [[0, 1, 2, 3, 4]]


def test_a_building_is_two_stops_where_windows_do_not_meet_or_one_cannot_carry_it() -> None:
    one = replace(evening(1).parcels[0], building="b", grams=5_000, opens=0, closes=100)
    later = replace(one, order=900, opens=200, closes=300)
    heavy = replace(one, order=901, grams=6_000)

    assert [[parcel.order for parcel in door.parcels] for door in pooled([one, later], 10_000)] == [[0], [900]]
    assert [[parcel.order for parcel in door.parcels] for door in pooled([one, heavy], 10_000)] == [[0], [901]]


def test_a_cancelled_order_is_gone_and_everything_else_stays_where_it_was() -> None:
    wave = evening(4, orders=20, couriers=3)
    plan = planned(wave)

    second = planned(after(wave, plan, News(now=FIVE, cancelled=frozenset({7}))))

    assert set(second.courier_of()) == set(plan.courier_of()) - {7}
    assert changed_hands(plan, second) == 0


def test_what_is_aboard_stays_with_its_courier_and_what_is_delivered_is_over() -> None:
    wave = evening(5, orders=20, couriers=3)
    plan = planned(wave)
    first = next(who for who, stops in plan.rounds.items() if len(stops) > 2)
    aboard = [order for stop in plan.rounds[first] for order in stop.orders]
    done = frozenset(plan.rounds[first][0].orders)
    news = News(FIVE + 600, done, loaded=dict.fromkeys(aboard, first), places={first: HALF_WAY})

    second = planned(after(wave, plan, news))

    assert {order for order, who in second.courier_of().items() if who == first} >= set(aboard) - done
    assert not done & set(second.courier_of())
    assert second.left == ()


def test_what_a_courier_who_dropped_out_carried_is_fetched_and_brought_by_others() -> None:
    wave = evening(6, orders=15, couriers=3)
    plan = planned(wave)
    gone = next(who for who, stops in plan.rounds.items() if stops)
    aboard = [order for stop in plan.rounds[gone] for order in stop.orders]
    news = News(FIVE, loaded=dict.fromkeys(aboard, gone), gone={gone: HALF_WAY})
    again = after(wave, plan, news)

    second = planned(again)

    assert {one.order for one in again.parcels if one.fetch_from == HALF_WAY} == set(aboard)
    assert gone not in second.rounds
    assert set(second.courier_of()) | set(second.left) == set(plan.courier_of())
    assert second.left == ()


def test_what_is_aboard_is_brought_late_rather_than_not_and_said_to_be_late() -> None:
    wave = evening(5, orders=12, couriers=2)
    plan = planned(wave)
    who = next(who for who, stops in plan.rounds.items() if len(stops) > 2)
    aboard = [order for stop in plan.rounds[who] for order in stop.orders]
    after_all_windows = max(one.closes for one in wave.parcels) + 60
    news = News(after_all_windows, loaded=dict.fromkeys(aboard, who), places={who: HALF_WAY})

    second = planned(after(wave, plan, news))

    assert sorted(second.late) == sorted(aboard)
    assert set(second.left) == set(plan.courier_of()) - set(aboard)
    assert {order for order, by in second.courier_of().items() if by == who} == set(aboard)


def test_what_somebody_outside_the_wave_has_aboard_is_left_for_a_person() -> None:
    wave = evening(5, orders=3, couriers=2)
    lost = [replace(one, loaded_by=999) for one in wave.parcels]

    assert planned(replace(wave, parcels=lost)).left == (0, 1, 2)


def test_a_new_plan_moves_more_when_moving_is_free() -> None:
    """The control of the tests above: without whom an order was planned for, hands change."""
    wave = evening(4, orders=20, couriers=3)
    plan = planned(wave)
    again = after(wave, plan, News(now=FIVE, cancelled=frozenset({7})))
    forgotten = replace(again, parcels=[replace(one, planned_for=None) for one in again.parcels])

    assert changed_hands(plan, planned(forgotten)) > 0


def test_no_couriers_means_that_every_order_is_left_for_a_person() -> None:
    wave = evening(1, orders=3, couriers=0)

    assert planned(wave) == WavePlan({}, (0, 1, 2), 0, {})
