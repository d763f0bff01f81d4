from __future__ import annotations

import pytest

from jangteo.adapters._simulator.faults import Dial
from jangteo.adapters._simulator.server import Request
from jangteo.adapters._wire import BadShape

KINDS = {"confirm": ("slow", "garbage"), "read": ("slow",)}


def request(body: bytes, method: str = "POST", host: str = "127.0.0.1") -> Request:
    return Request(method, "/_dial", {}, {}, body, (host, 50_000))


def test_queued_faults_come_in_order_and_once() -> None:
    dial = Dial(KINDS)
    dial.next_up("confirm", "garbage", "slow")

    assert [dial.take("confirm") for _ in range(3)] == ["garbage", "slow", None]


def test_kinds_do_not_share_a_queue() -> None:
    dial = Dial(KINDS)
    dial.next_up("confirm", "slow")

    assert dial.take("read") is None
    assert dial.take("confirm") == "slow"


def test_one_seed_gives_one_course() -> None:
    courses = []
    for _ in range(2):
        dial = Dial(KINDS, seed=11)
        dial.rate("confirm", "slow", 3_000)
        dial.rate("confirm", "garbage", 2_000)
        courses.append([dial.take("confirm") for _ in range(200)])

    assert courses[0] == courses[1]
    assert set(courses[0]) == {"slow", "garbage", None}


@pytest.mark.parametrize(("basis_points", "expected"), [(10_000, {"slow"}), (0, {None})])
def test_the_ends_of_the_rate_are_always_and_never(basis_points: int, expected: set[str | None]) -> None:
    dial = Dial(KINDS, seed=3)
    dial.rate("read", "slow", basis_points)

    assert {dial.take("read") for _ in range(50)} == expected


def test_rates_of_a_kind_stay_within_the_whole() -> None:
    dial = Dial(KINDS)
    dial.rate("confirm", "slow", 6_000)

    with pytest.raises(BadShape, match="confirm"):
        dial.rate("confirm", "garbage", 4_001)


def test_reset_forgets_and_starts_the_draws_again() -> None:
    dial = Dial(KINDS, seed=11)
    dial.rate("confirm", "slow", 5_000)
    first = [dial.take("confirm") for _ in range(50)]

    dial.next_up("confirm", "garbage")
    dial.reset(seed=11)
    dial.rate("confirm", "slow", 5_000)

    assert [dial.take("confirm") for _ in range(50)] == first


def test_the_dial_is_turned_by_json() -> None:
    dial = Dial(KINDS)

    reply = dial.answer(request(b'{"next": {"confirm": ["slow"]}, "rates": {"read": {"slow": 10000}}, "slow_ms": 5}'))

    assert reply.status == 200
    assert dial.take("confirm") == "slow"
    assert dial.take("read") == "slow"
    assert dial.slow_ms == 5


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"next": {"confirm": "slow"}}',
        b'{"next": {"confirm": ["storm"]}}',
        b'{"next": {"refund": ["slow"]}}',
        b'{"rates": {"confirm": {"slow": "often"}}}',
        b'{"rates": {"confirm": ["slow"]}}',
        b'{"slow_ms": -1}',
    ],
)
def test_an_order_that_makes_no_sense_is_refused(body: bytes) -> None:
    dial = Dial(KINDS)

    assert dial.answer(request(body)).status == 400
    assert dial.take("confirm") is None


def test_only_this_machine_turns_the_dial() -> None:
    dial = Dial(KINDS)

    reply = dial.answer(request(b'{"next": {"confirm": ["slow"]}}', host="192.168.0.7"))

    assert reply.status == 403
    assert dial.take("confirm") is None
