from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.queries import hours_now, open_market, stall_by_code, stall_hours, streets_of_stalls
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import World, make_world


def _market(cycle: Cycle | None) -> Market:
    stored = dict(cycle.to_json()) if cycle else {}
    return Market(name="시장", cycle=stored, opens_at=time(7), closes_at=time(20))


def _korean(day: int, hour: int, minute: int = 0) -> datetime:
    return clock.korean(date(2026, 11, day), time(hour, minute))


@pytest.mark.parametrize(
    ("now", "is_open", "opens_next"),
    [
        (_korean(20, 6, 59), False, _korean(20, 7)),
        (_korean(20, 7), True, None),
        (_korean(20, 19, 59), True, None),
        (_korean(20, 20), False, _korean(21, 7)),
    ],
)
def test_a_daily_market_is_open_within_its_hours(now: datetime, is_open: bool, opens_next: datetime | None) -> None:
    hours = hours_now(_market(Cycle(daily=True)), now)

    assert (hours.is_open, hours.closes_at, hours.opens_next) == (is_open, time(20), opens_next)


def test_a_five_day_market_opens_on_its_next_day() -> None:
    market = _market(Cycle(daily=False, digits=(2, 7)))

    assert hours_now(market, _korean(20, 12)).opens_next == _korean(22, 7)
    assert hours_now(market, _korean(22, 12)).is_open is True


def test_an_unknown_rhythm_is_taken_as_every_day() -> None:
    assert hours_now(_market(None), _korean(20, 12)).is_open is True


@pytest.mark.parametrize(("door", "is_open"), [("open", True), ("paused", False), ("closed", False)])
def test_a_stall_is_open_when_its_door_is(door: str, is_open: bool) -> None:
    stall = Stall(door=door, opens_at=time(7), closes_at=time(20))

    assert stall_hours(stall, datetime(2026, 11, 20, 3, 0, tzinfo=UTC)).is_open is is_open


def test_only_an_open_market_has_an_address(world: World) -> None:
    assert open_market("jangteo") == world.market
    assert open_market("nowhere") is None


def test_streets_and_stalls_are_those_of_the_market_in_scope(world: World) -> None:
    other = make_world(slug="other", digit="2")

    with in_market(world.market.pk):
        streets = streets_of_stalls()
        foreign = stall_by_code(other.fish.code)

    assert [[stall.name for stall in row.stalls] for row in streets] == [
        ["순자네 수산", "푸른채소", "두부가게", "낯선 반찬"]
    ]
    assert foreign is None
