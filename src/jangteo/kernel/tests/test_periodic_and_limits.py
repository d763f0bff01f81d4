from __future__ import annotations

from datetime import timedelta

import pytest

from jangteo.kernel import clock
from jangteo.kernel.limits import TooOften, check_rate
from jangteo.kernel.periodic import Job, run_due

pytestmark = pytest.mark.django_db


def test_a_job_runs_once_per_round() -> None:
    ran: list[str] = []
    job = Job("test", timedelta(minutes=1), lambda: ran.append("x"))
    start = clock.now()

    for seconds in (0, 30, 59, 60, 119, 121):
        with clock.at(start + timedelta(seconds=seconds)):
            run_due([job])

    assert len(ran) == 3


def test_a_failing_job_does_not_stop_the_next() -> None:
    ran: list[str] = []

    def fail() -> None:
        raise ZeroDivisionError

    jobs = [Job("bad", timedelta(minutes=1), fail), Job("good", timedelta(minutes=1), lambda: ran.append("x"))]

    assert run_due(jobs) == 2
    assert ran == ["x"]


def test_the_sixth_try_in_a_window_is_too_often_and_the_next_window_is_new() -> None:
    start = clock.now()
    with clock.at(start):
        for _ in range(5):
            check_rate("code:a", most=5, window=timedelta(minutes=10))
        check_rate("code:b", most=5, window=timedelta(minutes=10))
        with pytest.raises(TooOften) as often:
            check_rate("code:a", most=5, window=timedelta(minutes=10))

    assert often.value.facts == {"minutes": 10}
    with clock.at(start + timedelta(minutes=10)):
        check_rate("code:a", most=5, window=timedelta(minutes=10))
