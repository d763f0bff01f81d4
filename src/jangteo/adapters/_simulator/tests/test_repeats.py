from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from jangteo.adapters._simulator.repeats import OtherRequest, Repeats
from jangteo.adapters._simulator.server import Reply, json_reply

HOUR = timedelta(hours=1)
FIRST, SECOND = json_reply("first"), json_reply("second")


class Watch:
    moment = datetime(2026, 11, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


def test_the_first_answer_is_given_again_until_its_time_is_over() -> None:
    watch = Watch()
    repeats = Repeats(watch, HOUR)

    assert repeats.once("key", lambda: FIRST) == FIRST
    assert repeats.once("key", lambda: SECOND) == FIRST
    assert repeats.once("other key", lambda: SECOND) == SECOND
    watch.moment += HOUR
    assert repeats.once("key", lambda: SECOND) == SECOND


def test_a_repeat_while_the_first_is_running_gets_nothing() -> None:
    repeats = Repeats(Watch(), HOUR)
    inner: list[Reply | None] = []

    def work() -> Reply:
        inner.append(repeats.once("key", lambda: SECOND))
        return FIRST

    assert repeats.once("key", work) == FIRST
    assert inner == [None]


def test_another_request_under_a_used_key_is_told_apart() -> None:
    repeats = Repeats(Watch(), HOUR)
    repeats.once("key", lambda: FIRST, asked=b"1,000 won")

    with pytest.raises(OtherRequest):
        repeats.once("key", lambda: SECOND, asked=b"2,000 won")


def test_work_that_broke_off_can_be_done_again() -> None:
    repeats = Repeats(Watch(), HOUR)

    def broken() -> Reply:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        repeats.once("key", broken)

    assert repeats.once("key", lambda: SECOND) == SECOND
