"""Orders of a wave go out in rounds, and each comes to one end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks

from jangteo.domains.catalog import photo_files
from jangteo.domains.delivery.models import Promise, Wave
from jangteo.domains.delivery.queries import promise_of
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.rounds import errors
from jangteo.domains.rounds.actions.forget_person import forget_person
from jangteo.domains.rounds.actions.press_stop import press_stop
from jangteo.domains.rounds.actions.try_again import try_again
from jangteo.domains.rounds.actions.write_rate import write_rate
from jangteo.domains.rounds.actions.write_rounds import write_rounds
from jangteo.domains.rounds.jobs import forget_doors, tell_late_rounds
from jangteo.domains.rounds.models import Earning, Lack, Round, Stop, StopMove
from jangteo.domains.rounds.personal import PART
from jangteo.domains.rounds.planning import plan
from jangteo.domains.rounds.pressed import Press
from jangteo.domains.rounds.queries import pay_by_day, unsettled, way_of
from jangteo.domains.rounds.rules import PHOTO_DAYS, building_of, grams_of, next_ten
from jangteo.domains.rounds.states import RANK, STOP_TRANSITIONS, StopState
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import SYSTEM, Actor
from jangteo.kernel.personal import Forgotten, Person
from jangteo.kernel.tenancy import in_market
from tests.brought import bring, order_row, parts, seat, wants_home
from tests.riding import Courier, courier, door, out, press, send_out, stop_of
from tests.world import NOON, World


@action
def forget(*, market: Market, actor: Actor, person: Person) -> list[Forgotten]:
    return forget_person(person=person)


def failed(world: World, who: Courier, stop: Stop, why: str = "nobody", steps: tuple[str, ...] = ()) -> Stop:
    told = Press(stop.pk, "failed", clock.now(), why=why, steps=steps)
    return press_stop(market=world.market, actor=SYSTEM, courier_id=who.pk, press=told)


def test_every_order_of_the_wave_is_in_one_round_and_a_building_is_one_door(world: World) -> None:
    both = [courier(world), courier(world)]

    placed, wave_id = out(world, 4, both)

    with in_market(world.market.pk):
        stops = list(Stop.objects.filter(round__wave_id=wave_id))
    assert sorted(stop.order_id for stop in stops) == sorted(one.order_id for one in placed)
    assert {stop.building for stop in stops} == {"장터동"}
    assert len({stop.round_id for stop in stops}) == 1


def test_done_hands_the_whole_order_over_and_pays_the_courier_once(world: World) -> None:
    who = courier(world)
    write_rate(market=world.market, actor=SYSTEM, starts=clock.calendar_day(), stop_won=2_500)
    (placed,), _wave = out(world, 1, [who])
    stop = stop_of(world, placed)

    for what in ("loaded", "here", "done", "done"):
        press(world, who, stop, what, door() if what == "done" else None)

    assert {part.state for part in parts(world, placed)} == {PartState.HANDED_OVER}
    assert order_row(world, placed).state == OrderState.CLOSED
    with in_market(world.market.pk):
        assert [(one.orders, one.won) for one in pay_by_day(who.pk)] == [(1, 2_500)]
        assert photo_files.file_of(stop_of(world, placed).photo, "large").exists()


@given(st.lists(st.sampled_from(["loaded", "here", "done", "failed"]), max_size=6))
def test_no_state_leads_back(presses: list[str]) -> None:
    state, ranks = StopState.PLANNED, {**RANK, StopState.DONE: 3, StopState.FAILED: 3, StopState.CALLED_OFF: 3}
    seen = [ranks[state]]
    for what in presses:
        to = StopState(what)
        if to in STOP_TRANSITIONS[state]:
            state = to
        seen.append(ranks[state])
    assert seen == sorted(seen)


def test_tracking_never_goes_backwards(world: World) -> None:
    who = courier(world)
    (placed,), _wave = out(world, 1, [who])
    stop = stop_of(world, placed)

    states = [press(world, who, stop, what).state for what in ("here", "loaded", "here", "done", "loaded")[:4]]

    assert states == [StopState.HERE, StopState.HERE, StopState.HERE, StopState.DONE]
    with pytest.raises(errors.CalledOff):
        press(world, who, stop, "loaded")
    with in_market(world.market.pk):
        assert list(StopMove.objects.order_by("pk").values_list("was", "became")) == [
            ("planned", "here"),
            ("here", "done"),
        ]


def test_the_moment_of_a_press_without_a_network_is_kept_and_never_before_the_last_one(world: World) -> None:
    who = courier(world)
    (placed,), _wave = out(world, 1, [who])
    stop = stop_of(world, placed)
    with clock.at(NOON + timedelta(hours=8)):
        for what, minutes in (("loaded", 300), ("done", 20)):
            told = Press(stop.pk, what, NOON + timedelta(minutes=minutes))
            press_stop(market=world.market, actor=SYSTEM, courier_id=who.pk, press=told)

    with in_market(world.market.pk):
        moves = StopMove.objects.order_by("pk").values_list("at", "kept_at")
        late = NOON + timedelta(hours=8)
        assert list(moves) == [(NOON + timedelta(minutes=300), late), (NOON + timedelta(minutes=300), late)]


def test_another_couriers_stop_is_not_there(world: World) -> None:
    who, other = courier(world), courier(world)
    (placed,), _wave = out(world, 1, [who])

    with pytest.raises(Stop.DoesNotExist):
        press(world, other, stop_of(world, placed), "done")

    assert stop_of(world, placed).state == StopState.PLANNED


def test_what_no_stall_has_made_ready_is_not_loaded(world: World) -> None:
    who = courier(world)
    placed = bring(world, wants_home(world, (world.cabbage, 1)))
    send_out(world, seat(world, placed).wave_id, [who])

    with pytest.raises(errors.NotGathered):
        press(world, who, stop_of(world, placed), "loaded")


def test_nobody_at_the_door_needs_a_call_and_a_wait_and_the_order_goes_out_again(world: World) -> None:
    who = courier(world)
    (placed,), wave_id = out(world, 1, [who])
    stop = stop_of(world, placed)
    with pytest.raises(errors.StepsMissing):
        failed(world, who, stop, steps=("called",))

    failed(world, who, stop, steps=("called", "waited"))

    with in_market(world.market.pk):
        assert [one.pk for one in unsettled()[0]] == [stop.pk]
    with pytest.raises(errors.NothingToBring):
        send_out(world, wave_id, [who])
    try_again(market=world.market, actor=SYSTEM, stop_id=stop.pk)
    assert send_out(world, wave_id, [who]) == 1
    again = stop_of(world, placed)
    assert (again.pk != stop.pk, again.state) == (True, StopState.PLANNED)
    assert press(world, who, again, "done").state == StopState.DONE


def test_a_missing_good_is_noted_once_and_waits_for_the_office(world: World) -> None:
    who = courier(world)
    (placed,), _wave = out(world, 1, [who])
    stop = stop_of(world, placed)
    with in_market(world.market.pk):
        line = next(part for part in parts(world, placed) if not part.is_fee).lines.get()
    told = Press(stop.pk, "lack", clock.now(), line_id=line.pk)

    for _again in range(2):
        press_stop(market=world.market, actor=SYSTEM, courier_id=who.pk, press=told)

    with in_market(world.market.pk):
        assert [lack.good_name for lack in unsettled()[1]] == ["알배추"]
        assert stop_of(world, placed).state == StopState.PLANNED
    with pytest.raises(errors.BadPress):
        press_stop(
            market=world.market, actor=SYSTEM, courier_id=who.pk, press=Press(stop.pk, "lack", clock.now(), line_id=0)
        )


def test_who_drops_out_keeps_what_is_aboard_and_the_rest_goes_to_the_others(world: World) -> None:
    gone, other = courier(world), courier(world)
    placed, wave_id = out(world, 3, [gone])
    press(world, gone, stop_of(world, placed[0]), "loaded")

    send_out(world, wave_id, [other])

    assert [stop_of(world, one).round.courier_id for one in placed] == [gone.pk, other.pk, other.pk]
    with in_market(world.market.pk):
        left = Round.objects.get(courier_id=gone.pk).left_at
    assert left == NOON
    assert press(world, gone, stop_of(world, placed[0]), "done").state == StopState.DONE


def test_what_was_loaded_while_a_plan_was_made_stays_with_whoever_has_it(world: World) -> None:
    first, other = courier(world), courier(world)
    (placed,), wave_id = out(world, 1, [first])
    later = plan(world.market, wave_id, [other.pk])
    press(world, first, stop_of(world, placed), "loaded")

    write_rounds(market=world.market, actor=SYSTEM, plan=later)

    assert stop_of(world, placed).round.courier_id == first.pk


def test_a_cancelled_order_is_called_off_by_the_next_plan(world: World) -> None:
    who = courier(world)
    kept = bring(world, wants_home(world, (world.cabbage, 1)))
    dropped = bring(world, wants_home(world, (world.cabbage, 1)))
    wave_id = seat(world, kept).wave_id
    send_out(world, wave_id, [who])
    cancel_order(market=world.market, actor=SYSTEM, order_id=dropped.order_id)

    with pytest.raises(errors.CalledOff):
        press(world, who, stop_of(world, dropped), "loaded")
    send_out(world, wave_id, [who])

    assert stop_of(world, dropped).state == StopState.CALLED_OFF
    assert stop_of(world, kept).state == StopState.PLANNED


def test_nobody_chosen_plans_nothing(world: World) -> None:
    who = courier(world)
    placed, wave_id = out(world, 1, [who])

    with pytest.raises(errors.NoCouriers):
        send_out(world, wave_id, [])

    assert stop_of(world, placed[0]).state == StopState.PLANNED


def test_a_round_that_is_behind_says_a_new_time_and_warns_the_office(world: World) -> None:
    who = courier(world)
    (placed,), wave_id = out(world, 1, [who])
    with in_market(world.market.pk):
        ends_at = Wave.objects.get(pk=wave_id).ends_at
    with clock.at(ends_at + timedelta(minutes=3)):
        tell_late_rounds()
        tell_late_rounds()

        with in_market(world.market.pk):
            said = promise_of(placed.order_id)
            assert said is not None
            assert (said.why, said.until_at) == (Promise.Why.LATE_COURIER, ends_at + timedelta(minutes=20))
            assert Promise.objects.filter(order_id=placed.order_id).count() == 2
            assert Wave.objects.get(pk=wave_id).expected_at == ends_at + timedelta(minutes=3)


def test_the_customer_sees_how_many_doors_come_before(world: World) -> None:
    who = courier(world)
    (placed,), _wave = out(world, 1, [who])

    with in_market(world.market.pk):
        way = way_of(placed.order_id)

    assert way is not None
    assert (way.ahead, way.stop.state) == (0, StopState.PLANNED)


def test_photos_of_doors_are_gone_after_two_weeks(world: World) -> None:
    who = courier(world)
    (placed,), _wave = out(world, 1, [who])
    press(world, who, stop_of(world, placed), "done", door())
    name = stop_of(world, placed).photo

    with clock.at(NOON + timedelta(days=PHOTO_DAYS, minutes=1)):
        forget_doors()

    forgotten = stop_of(world, placed)
    assert (name != "", forgotten.photo, forgotten.building) == (True, "", "")


def test_a_door_is_the_persons_own_to_see_and_to_have_forgotten(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    who = courier(world)
    (placed,), _wave = out(world, 1, [who])
    press(world, who, stop_of(world, placed), "done", door())
    stop = stop_of(world, placed)
    file = photo_files.file_of(stop.photo, "large")
    with in_market(world.market.pk):
        mine, other = Person(0, order_row(world, placed).phone), Person(0, "01099999999")
        shown = [dict(row) for row in PART.kept(mine)[0].rows]
        nobodys = PART.kept(other)[0].rows
    assert file.exists()

    with django_capture_on_commit_callbacks(execute=True):
        forget(market=world.market, actor=SYSTEM, person=mine)

    after = stop_of(world, placed)
    assert shown == [{"address": stop.building, "photos": 1, "at": stop.changed_at}]
    assert (nobodys, stop.building != "") == ((), True)
    assert (after.photo, after.building, after.state, file.exists()) == ("", "", StopState.DONE, False)


@pytest.mark.parametrize("won", [-1, 100_001])
def test_a_rate_is_an_amount(world: World, won: int) -> None:
    with pytest.raises(errors.BadRate):
        write_rate(market=world.market, actor=SYSTEM, starts=clock.calendar_day(), stop_won=won)


def test_a_rate_does_not_change_what_was_earned(world: World) -> None:
    with pytest.raises(errors.BadRate):
        write_rate(market=world.market, actor=SYSTEM, starts=clock.calendar_day() - timedelta(days=1), stop_won=1_000)


def test_the_database_keeps_pay_and_steps(world: World) -> None:
    who = courier(world)
    write_rate(market=world.market, actor=SYSTEM, starts=clock.calendar_day(), stop_won=2_500)
    (placed,), _wave = out(world, 1, [who])
    press(world, who, stop_of(world, placed), "done")

    for rows in (Earning.objects, StopMove.objects):
        with in_market(world.market.pk), pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.all().delete()
    with in_market(world.market.pk):
        assert (Earning.objects.count(), Lack.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("address", "door_name"),
    [
        ("장터동 은행나무 아파트 101동 1203호", "장터동 은행나무 아파트 101동"),
        ("장터동 12-3 지하 1층", "장터동 12-3"),
        ("장터동 12-3", "장터동 12-3"),
    ],
)
def test_neighbours_share_a_door(address: str, door_name: str) -> None:
    assert building_of(7, False, address) == door_name
    assert building_of(7, True, address) == "place:7"


def test_weights_and_times_are_round() -> None:
    assert [grams_of(3, None, None), grams_of(3, 400, None), grams_of(3, 400, 350)] == [1_500, 1_200, 350]
    assert next_ten(NOON) == NOON
    assert next_ten(NOON + timedelta(seconds=1)) == NOON + timedelta(minutes=10)
