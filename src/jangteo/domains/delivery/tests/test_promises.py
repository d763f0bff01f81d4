"""Whatever people press in whatever order: no order in two waves, none past a cut-off, none beyond the seats."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jangteo.domains.delivery import errors
from jangteo.domains.delivery.actions.expect_wave import expect_wave
from jangteo.domains.delivery.actions.revise_promise import revise_promise
from jangteo.domains.delivery.actions.revise_wave import revise_wave
from jangteo.domains.delivery.jobs import mark_late_waves
from jangteo.domains.delivery.models import Promise, Seat, Wave
from jangteo.domains.delivery.queries import late_waves, promises_of
from jangteo.domains.delivery.tests.seats import next_wave, rise, sit
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, delivers, make_world

LATER = (NOON + timedelta(hours=6), NOON + timedelta(hours=8))
numbers = iter(range(1, 10_000_000, 100))


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    delivers(world, capacity=3)
    return world


presses = st.lists(
    st.tuples(st.sampled_from(["sit", "rise"]), st.integers(0, 7), st.integers(0, 2), st.integers(-240, 20)),
    max_size=40,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses)
def test_nothing_is_promised_that_cannot_be_kept(world: World, told: list[tuple[str, int, int, int]]) -> None:
    base, first = next(numbers), next_wave(world)
    for deed, order, ahead, minutes in told:
        # The cut-off of the first wave is three in the afternoon.
        with clock.at(NOON + timedelta(hours=3, minutes=minutes)):
            if deed == "rise":
                rise(market=world.market, order_id=base + order)
                continue
            try:
                sit(market=world.market, wave_id=first + ahead, order_id=base + order)
            except (errors.WaveFull, errors.SeatTaken, errors.PastCutOff):
                continue
    with in_market(world.market.pk):
        for wave in Wave.objects.all():
            seats = list(Seat.objects.filter(wave=wave, freed_at=None))
            assert len(seats) == wave.taken <= wave.capacity == 3
        mine = list(Seat.objects.filter(order_id__gte=base, order_id__lt=base + 100).select_related("wave"))
        assert len({seat.order_id for seat in mine}) == len(mine)
        for seat in mine:
            assert seat.taken_at < seat.wave.cut_off_at
            (promise,) = promises_of(seat.order_id)
            assert (promise.from_at, promise.until_at) == (seat.wave.starts_at, seat.wave.ends_at)
            seat_is_given_back = seat.freed_at is None and rise(market=world.market, order_id=seat.order_id)
            assert seat_is_given_back or seat.freed_at is not None


def test_a_promise_said_anew_keeps_what_was_said(world: World) -> None:
    sit(market=world.market, wave_id=next_wave(world), order_id=1)
    for _ in range(2):
        revise_promise(market=world.market, actor=SYSTEM, order_id=1, span=LATER, why=Promise.Why.ASKED)
    with in_market(world.market.pk):
        assert [(one.why, one.from_at) for one in promises_of(1)] == [
            ("asked", LATER[0]),
            ("first", NOON + timedelta(hours=5)),
        ]


def test_a_promise_that_cannot_be_is_refused(world: World) -> None:
    sit(market=world.market, wave_id=next_wave(world), order_id=1)
    gone = (NOON - timedelta(hours=2), NOON - timedelta(hours=1))
    for span, why in ((LATER[::-1], Promise.Why.ASKED), (gone, Promise.Why.ASKED), (LATER, Promise.Why.FIRST)):
        with pytest.raises(errors.BadPromise):
            revise_promise(market=world.market, actor=SYSTEM, order_id=1, span=span, why=why)
    rise(market=world.market, order_id=1)
    for order in (1, 2):
        with pytest.raises(errors.NothingPromised):
            revise_promise(market=world.market, actor=SYSTEM, order_id=order, span=LATER, why=Promise.Why.ASKED)


@action
def expects(*, market: Market, wave_id: int, minutes: int) -> None:
    expect_wave(wave_id=wave_id, at=NOON + timedelta(hours=7, minutes=minutes))


def waiting(world: World) -> list[int]:
    with in_market(world.market.pk):
        return [wave.pk for wave in late_waves()]


def test_a_wave_that_will_be_late_is_put_before_the_association_until_it_has_told(world: World) -> None:
    wave = next_wave(world)
    sit(market=world.market, wave_id=wave, order_id=1)
    expects(market=world.market, wave_id=wave, minutes=0)
    mark_late_waves()
    assert waiting(world) == []
    expects(market=world.market, wave_id=wave, minutes=20)
    mark_late_waves()
    assert waiting(world) == [wave]
    revise_wave(market=world.market, actor=SYSTEM, wave_id=wave, minutes=30, why=Promise.Why.LATE_COURIER)
    mark_late_waves()
    assert waiting(world) == []
    expects(market=world.market, wave_id=wave, minutes=45)
    mark_late_waves()
    assert waiting(world) == [wave]


def test_a_wave_without_orders_is_late_for_nobody(world: World) -> None:
    wave = next_wave(world)
    sit(market=world.market, wave_id=wave, order_id=1)
    rise(market=world.market, order_id=1)
    expects(market=world.market, wave_id=wave, minutes=60)
    mark_late_waves()
    assert waiting(world) == []
    with pytest.raises(errors.NothingPromised):
        revise_wave(market=world.market, actor=SYSTEM, wave_id=wave, minutes=30, why=Promise.Why.WEATHER)
