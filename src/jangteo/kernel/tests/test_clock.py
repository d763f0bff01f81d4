from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.kernel import clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 20, 18, 59, 59, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 19, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_trading_day_turns_at_four_in_korea(moment: datetime, day: date) -> None:
    assert clock.business_day(moment) == day


@given(st.integers(0, 4_102_444_800))
def test_every_moment_lies_within_its_trading_day(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    start, end = clock.day_bounds(clock.business_day(moment))
    assert start <= moment < end
    assert end - start == timedelta(days=1)


def test_time_stands_still_inside_at_and_goes_on_after() -> None:
    moment = clock.korean(date(2026, 11, 20), time(12))
    with clock.at(moment):
        assert clock.now() == moment
    assert clock.now() != moment


def test_a_moment_without_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zone"), clock.at(clock.now().replace(tzinfo=None)):
        pass
