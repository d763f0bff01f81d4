from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from jangteo.adapters._simulator.server import Reply, Request, json_reply
from jangteo.adapters.portone.simulator import PortOneSimulator
from jangteo.adapters.portone.simulator.repeats import BadKey, Repeats
from jangteo.adapters.portone.tests.practice import Watch, order

KEY = "0123456789abcdef"


def cancel(http: httpx.Client, key: str, amount: int) -> httpx.Response:
    body = {"reason": "품절", "amount": amount}
    return http.post("/payments/order-0001/cancel", json=body, headers={"Idempotency-Key": key})


def problem(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["type"]


@pytest.mark.parametrize("written", [KEY, f'"{KEY}"'])
def test_a_key_is_kept_for_three_hours(
    simulator: PortOneSimulator, http: httpx.Client, watch: Watch, written: str
) -> None:
    simulator.pay(order())
    first = cancel(http, written, 1_000)

    assert cancel(http, KEY, 1_000).json() == first.json()
    watch.pass_by(timedelta(hours=3))
    assert cancel(http, written, 1_000).json() != first.json()
    assert http.get("/payments/order-0001").json()["amount"]["cancelled"] == 2_000


def test_a_refusal_is_kept_too(simulator: PortOneSimulator, http: httpx.Client) -> None:
    simulator.open(order())
    assert problem(cancel(http, KEY, 1_000)) == (409, "PAYMENT_NOT_PAID")
    simulator.pay(order())

    assert problem(cancel(http, KEY, 1_000)) == (409, "PAYMENT_NOT_PAID")


@pytest.mark.parametrize("key", ["short", "k" * 257, "with a space in it", "with:a:colon:in:it"])
def test_a_key_of_another_shape_is_refused(simulator: PortOneSimulator, http: httpx.Client, key: str) -> None:
    simulator.pay(order())

    assert problem(cancel(http, key, 1_000)) == (400, "INVALID_REQUEST")


def test_a_key_that_stood_for_another_request_is_refused(simulator: PortOneSimulator, http: httpx.Client) -> None:
    simulator.pay(order())
    cancel(http, KEY, 1_000)

    assert problem(cancel(http, KEY, 2_000)) == (400, "INVALID_REQUEST")


def test_a_repeat_while_the_first_is_running_gets_nothing() -> None:
    repeats = Repeats(Watch())
    asked = Request("POST", "/payments/x/cancel", {}, {"idempotency-key": KEY}, b"{}", ("127.0.0.1", 1))
    inner: list[Reply | None] = []

    def work() -> Reply:
        inner.append(repeats.once(asked, lambda: json_reply("never")))
        return json_reply("first")

    assert repeats.once(asked, work) == json_reply("first")
    assert inner == [None]
    assert repeats.once(asked, lambda: json_reply("second")) == json_reply("first")
    with pytest.raises(BadKey):
        repeats.once(Request("POST", "/", {}, {"idempotency-key": "no"}, b"", ("127.0.0.1", 1)), work)
