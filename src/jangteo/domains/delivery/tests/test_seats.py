"""An order is promised only what can be kept, and a wave holds no more than it has seats."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from jangteo.domains.delivery import errors
from jangteo.domains.delivery.actions.set_rest_day import set_rest_day
from jangteo.domains.delivery.actions.stop_window import stop_window
from jangteo.domains.delivery.actions.stop_zone import stop_zone
from jangteo.domains.delivery.actions.write_window import write_window
from jangteo.domains.delivery.actions.write_zone import write_zone
from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.models import FeePolicy, Promise, Seat, Wave
from jangteo.domains.delivery.queries import fee_of, offers, promise_of
from jangteo.domains.delivery.rules import wave_id
from jangteo.domains.delivery.tests.seats import HOME, next_wave, rise, sit
from jangteo.domains.delivery.told import NewPlace, NewWindow, NewZone
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.errors import Refused
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, delivers, make_world

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    delivers(world)
    return world


def offered(world: World, address: Address | None = HOME) -> list[tuple[str, int]]:
    with in_market(world.market.pk):
        found = offers(world.market, address, 10_000, clock.now())
    return [(f"{one.starts.astimezone(clock.KST):%d %H:%M}", one.left) for one in found.offers]


def why_not(world: World, address: Address) -> str:
    with in_market(world.market.pk):
        return offers(world.market, address, 10_000, clock.now()).why_not


@pytest.mark.django_db
def test_a_market_that_set_nothing_up_does_not_deliver() -> None:
    world = make_world()
    assert why_not(world, HOME) == "delivery.none"


def test_the_windows_of_the_week_are_offered_with_their_seats(world: World) -> None:
    sit(market=world.market, wave_id=next_wave(world), order_id=1)
    days = ["20 17:00", "21 17:00", "22 17:00", "23 17:00", "24 17:00", "25 17:00", "26 17:00", "27 17:00"]
    assert offered(world) == [(day, 19 if day == days[0] else 20) for day in days]


def test_a_seat_holds_the_address_the_fee_and_the_first_promise(world: World) -> None:
    wave = next_wave(world)
    sit(market=world.market, wave_id=wave, order_id=7)
    with in_market(world.market.pk):
        seat, promise = Seat.objects.get(order_id=7), promise_of(7)
        assert (seat.address, seat.total_won, seat.customer_won) == ("장터동 101호", 3_000, 3_000)
        assert promise is not None
        assert (promise.from_at, promise.until_at) == (NOON + timedelta(hours=5), NOON + timedelta(hours=7))
        assert Wave.objects.get(pk=wave).taken == 1


def test_a_picked_place_stands_before_what_was_typed(world: World) -> None:
    place, _window = delivers_place(world)
    seat = sit(market=world.market, wave_id=next_wave(world), order_id=7, address=Address("101호", place))
    assert seat.address == "장터동 101호"


def delivers_place(world: World) -> tuple[int, None]:
    with in_market(world.market.pk):
        found = offers(world.market, HOME, 0, clock.now()).located
    assert found is not None
    assert found.place_id is not None
    return found.place_id, None


def test_the_last_second_before_the_cut_off_still_counts(world: World) -> None:
    wave = next_wave(world)
    with clock.at(NOON + timedelta(hours=3) - timedelta(seconds=1)):
        sit(market=world.market, wave_id=wave, order_id=1)
    with clock.at(NOON + timedelta(hours=3)):
        with pytest.raises(errors.PastCutOff) as refused:
            sit(market=world.market, wave_id=wave, order_id=2)
        assert refused.value.facts == {"until": "15:00"}
        assert offered(world)[0] == ("21 17:00", 20)


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        (Address("먼바다동 1"), errors.OutsideZones),
        (Address(" "), errors.PlaceMissing),
        (Address("101호", place_id=987654), errors.PlaceMissing),
        (Address("장터동 1", lat_e6=126_000_000, lon_e6=37_000_000), errors.BadCoordinates),
        (Address("장터동 1", lat_e6=37_000_000), errors.BadCoordinates),
    ],
)
def test_an_address_that_cannot_be_brought_to_changes_nothing(
    world: World, address: Address, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        sit(market=world.market, wave_id=next_wave(world), order_id=1, address=address)
    assert why_not(world, address) == refusal.code
    with in_market(world.market.pk):
        assert (Seat.objects.count(), Promise.objects.count(), Wave.objects.count()) == (0, 0, 0)


def test_a_dong_alone_does_not_say_which_door(world: World) -> None:
    place, _ = delivers_place(world)
    with pytest.raises(errors.DetailMissing):
        sit(market=world.market, wave_id=next_wave(world), order_id=1, address=Address("", place))


@pytest.mark.parametrize("wave", [0, 1, -5, 10**17, 2**62, 999_000_000 + date(2026, 11, 21).toordinal()])
def test_a_wave_that_never_was_is_refused(world: World, wave: int) -> None:
    with pytest.raises(errors.NoSuchWave):
        sit(market=world.market, wave_id=wave, order_id=1)


def test_days_beyond_the_week_or_gone_by_are_no_waves(world: World) -> None:
    with in_market(world.market.pk):
        window = offers(world.market, None, 0, clock.now()).offers[0].wave_id // 1_000_000
    for day in (date(2026, 11, 19), date(2026, 11, 28)):
        with pytest.raises(errors.NoSuchWave):
            sit(market=world.market, wave_id=wave_id(window, day), order_id=1)
    sit(market=world.market, wave_id=wave_id(window, date(2026, 11, 27)), order_id=1)


def test_a_full_wave_takes_nobody_until_somebody_leaves(world: World) -> None:
    wave = next_wave(world)
    for order in range(20):
        sit(market=world.market, wave_id=wave, order_id=order)
    with pytest.raises(errors.WaveFull):
        sit(market=world.market, wave_id=wave, order_id=99)
    assert offered(world)[0] == ("21 17:00", 20)
    assert rise(market=world.market, order_id=3) is not None
    assert rise(market=world.market, order_id=3) is None
    sit(market=world.market, wave_id=wave, order_id=99)


def test_an_order_sits_in_one_wave_only(world: World) -> None:
    wave = next_wave(world)
    sit(market=world.market, wave_id=wave, order_id=1)
    for other in (wave, wave + 1):
        with pytest.raises(errors.SeatTaken):
            sit(market=world.market, wave_id=other, order_id=1)


def test_rest_days_and_windows_that_stopped_are_not_offered(world: World) -> None:
    wave = next_wave(world)
    set_rest_day(market=world.market, actor=SYSTEM, day=date(2026, 11, 20), why="김장 나눔")
    with pytest.raises(errors.NoSuchWave):
        sit(market=world.market, wave_id=wave, order_id=1)
    assert offered(world)[0][0] == "21 17:00"
    set_rest_day(market=world.market, actor=SYSTEM, day=date(2026, 11, 20), rests=False)
    assert offered(world)[0][0] == "20 17:00"
    stop_window(market=world.market, actor=SYSTEM, window_id=wave // 1_000_000)
    assert offered(world) == []
    with pytest.raises(errors.NoSuchWave):
        sit(market=world.market, wave_id=wave, order_id=1)


def test_a_stall_that_opens_after_the_window_begins_cannot_be_promised(world: World) -> None:
    early = NewWindow(EVERY_DAY, time(0, 20), time(2), cut_off_minutes=10, capacity=5)
    row = write_window(market=world.market, actor=SYSTEM, told=early)
    tomorrow = wave_id(row.pk, date(2026, 11, 21))
    with pytest.raises(errors.NotReadyInTime) as refused:
        sit(market=world.market, wave_id=tomorrow, order_id=1, stall_ids=(world.fish.pk,))
    assert refused.value.facts == {"stall": "순자네 수산"}
    with in_market(world.market.pk):
        kept = offers(world.market, HOME, 0, clock.now(), (world.fish.pk,)).offers
    assert {one.starts.astimezone(clock.KST).hour for one in kept} == {17}


def test_other_hours_leave_the_old_wave_as_it_was_promised(world: World) -> None:
    wave = next_wave(world)
    sit(market=world.market, wave_id=wave, order_id=1)
    later = NewWindow(EVERY_DAY, time(18), time(20), cut_off_minutes=60, capacity=4)
    write_window(market=world.market, actor=SYSTEM, told=later, window_id=wave // 1_000_000)
    assert offered(world)[0] == ("20 18:00", 4)
    with in_market(world.market.pk):
        promise = promise_of(1)
        assert promise is not None
        assert promise.from_at == NOON + timedelta(hours=5)


def test_fewer_seats_never_take_one_away(world: World) -> None:
    wave = next_wave(world)
    for order in range(3):
        sit(market=world.market, wave_id=wave, order_id=order)
    fewer = NewWindow(EVERY_DAY, time(17), time(19), cut_off_minutes=30, capacity=2)
    write_window(market=world.market, actor=SYSTEM, told=fewer, window_id=wave // 1_000_000)
    with pytest.raises(errors.WaveFull):
        sit(market=world.market, wave_id=wave, order_id=9)
    with in_market(world.market.pk):
        row = Wave.objects.get(pk=wave)
        assert (row.taken, row.capacity) == (3, 3)
        assert row.cut_off_at == NOON + timedelta(hours=4, minutes=30)


def test_an_address_within_the_radius_needs_no_name(world: World) -> None:
    round_it = NewZone("둘레 1km", (), 37_470_000, 126_630_000, 1_000)
    zone = write_zone(market=world.market, actor=SYSTEM, told=round_it)
    near = Address("어느 골목 3", lat_e6=37_475_000, lon_e6=126_630_000)
    seat = sit(market=world.market, wave_id=next_wave(world), order_id=1, address=near)
    assert (seat.zone_id, seat.place_id, seat.lat_e6) == (zone.pk, None, 37_475_000)
    far = Address("어느 골목 3", lat_e6=37_485_000, lon_e6=126_630_000)
    assert why_not(world, far) == "delivery.outside_zones"
    stop_zone(market=world.market, actor=SYSTEM, zone_id=zone.pk)
    assert why_not(world, near) == "delivery.outside_zones"


def test_an_old_district_is_understood_and_the_new_one_said(world: World) -> None:
    told = NewZone("개항장", (NewPlace("인천 제물포구 송현동"),))
    write_zone(market=world.market, actor=SYSTEM, told=told)
    with in_market(world.market.pk):
        found = offers(world.market, Address("인천 동구 송현동 12-3"), 0, clock.now()).located
    assert found is not None
    assert (found.text, found.was, found.now) == ("인천 제물포구 송현동 12-3", "동구", "제물포구")


def test_the_newest_fee_that_has_begun_counts(world: World) -> None:
    with in_market(world.market.pk):
        dear = fee_of(29_999, NOON)
        free = fee_of(30_000, NOON)
    assert dear is not None
    assert free is not None
    assert (dear.customer_won, free.customer_won, free.stalls_won) == (3_000, 0, 3_000)


def test_the_database_keeps_fees_promises_and_seats(world: World) -> None:
    sit(market=world.market, wave_id=next_wave(world), order_id=1)
    with in_market(world.market.pk):
        for rows in (FeePolicy.objects.all(), Promise.objects.all()):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                rows.delete()
        with pytest.raises(IntegrityError, match="wave_holds"), transaction.atomic():
            Wave.objects.update(taken=21)
        with pytest.raises(IntegrityError, match="fee_shares_come_to_it"), transaction.atomic():
            Seat.objects.update(stalls_won=1)
    assert connection.in_atomic_block
