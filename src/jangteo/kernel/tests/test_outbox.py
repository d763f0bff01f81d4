from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from jangteo.kernel import clock
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox import emit
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown, deliver_due
from jangteo.kernel.tenancy import in_market

pytestmark = pytest.mark.django_db


def queue(key: str = "one") -> None:
    with in_market(1), transaction.atomic():
        emit("test.topic", key=key, number=7)


def row() -> OutboxRow:
    return OutboxRow.objects.get()


@pytest.fixture
def no_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own transaction is not one of ours."""
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)


def ends(ending: Ending) -> Callable[[OutboxRow], Ending]:
    return lambda _row: ending


@pytest.mark.usefixtures("no_transaction")
def test_an_effect_is_done_once() -> None:
    queue()
    queue()

    handled = [deliver_due({"test.topic": ends(Done())}) for _ in range(2)]

    assert handled == [1, 0]
    assert (row().status, row().outcome, row().attempts) == ("finished", "done", 1)


@pytest.mark.usefixtures("no_transaction")
def test_a_final_no_ends_it_with_its_reason() -> None:
    queue()

    deliver_due({"test.topic": ends(Rejected("NOT_CANCELABLE"))})

    assert (row().status, row().outcome, row().note) == ("finished", "rejected", "NOT_CANCELABLE")


@pytest.mark.usefixtures("no_transaction")
def test_an_unknown_end_is_tried_again_later_and_later() -> None:
    queue()
    start = clock.now()
    waits = []
    for _ in range(4):
        with clock.at(row().run_at + timedelta(milliseconds=1)):
            before = clock.now()
            assert deliver_due({"test.topic": ends(Unknown("timeout"))}) == 1
            waits.append(row().run_at - before)

    assert waits == [timedelta(seconds=s) for s in (2, 4, 8, 16)]
    assert row().created_at < start
    assert row().status == "queued"


@pytest.mark.usefixtures("no_transaction")
def test_a_crash_is_an_unknown_end() -> None:
    queue()

    def crash(_row: OutboxRow) -> Ending:
        raise ZeroDivisionError

    deliver_due({"test.topic": crash})

    assert (row().status, row().outcome, row().note) == ("queued", "unknown", "ZeroDivisionError")


@pytest.mark.usefixtures("no_transaction")
def test_an_effect_whose_worker_died_is_due_again_after_its_lease() -> None:
    queue()
    OutboxRow.objects.update(status="running", run_at=clock.now() + timedelta(minutes=3), attempts=1)

    assert deliver_due({"test.topic": ends(Done())}) == 0
    with clock.at(clock.now() + timedelta(minutes=4)):
        assert deliver_due({"test.topic": ends(Done())}) == 1


@pytest.mark.usefixtures("no_transaction")
def test_topics_nobody_handles_wait() -> None:
    queue()

    assert deliver_due({"other.topic": ends(Done())}) == 0
    assert row().status == "queued"


def test_an_effect_never_runs_inside_a_transaction() -> None:
    queue()

    with pytest.raises(RuntimeError, match="transaction"):
        deliver_due({"test.topic": ends(Done())})
