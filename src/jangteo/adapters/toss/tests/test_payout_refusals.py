from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial

import httpx
import pytest

from jangteo.adapters._wire import tls
from jangteo.adapters.toss.payouts import TossPayouts
from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.adapters.toss.tests.stage import STALL, TOMORROW, registered, toss_payouts, wanted
from jangteo.domains.payments.payouts_port import NewPayout, PayoutState
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown

MEANT = NewPayout("run-1", "seller_1", 5_000, "시장정산", TOMORROW)


@pytest.mark.parametrize("fault", ["broken_after_commit", "server_error_after_commit", "garbage"])
def test_after_a_lost_answer_the_payout_is_found_by_our_reference(
    simulator: TossSimulator, payouts: TossPayouts, fault: str
) -> None:
    known = registered(payouts)
    simulator.dial.next_up("payout", fault)

    with pytest.raises(GatewayUnknown):
        payouts.send(payouts=[wanted(known, "run-1")], key="run:1")

    found = payouts.find(ref="run-1", pay_on=TOMORROW)
    assert found is not None
    assert (found.amount_won, found.state) == (5_000, PayoutState.REQUESTED)
    assert payouts.send(payouts=[wanted(known, "run-1")], key="run:1") == (found,)


def test_a_time_out_after_the_work_is_unknown(simulator: TossSimulator, payouts: TossPayouts) -> None:
    known = registered(payouts)
    simulator.dial.next_up("payout", "timeout_after_commit")

    with closing(toss_payouts(simulator, timeout_s=0.3)) as hasty, pytest.raises(GatewayUnknown):
        hasty.send(payouts=[wanted(known, "run-1")], key="run:1")

    assert payouts.find(ref="run-1", pay_on=TOMORROW) is not None


@pytest.mark.parametrize("fault", ["server_error", "in_flight", "provider_error", "unknown_code"])
def test_an_answer_that_decides_nothing_is_unknown_and_nothing_was_sent(
    simulator: TossSimulator, payouts: TossPayouts, fault: str
) -> None:
    known = registered(payouts)
    simulator.dial.next_up("payout", fault)

    with pytest.raises(GatewayUnknown):
        payouts.send(payouts=[wanted(known, "run-1")], key="run:1")

    assert payouts.find(ref="run-1", pay_on=TOMORROW) is None


@pytest.mark.parametrize("fault", ["server_error", "garbage"])
def test_a_read_that_fails_says_nothing(simulator: TossSimulator, payouts: TossPayouts, fault: str) -> None:
    (asked,) = payouts.send(payouts=[wanted(registered(payouts))], key="run:1")
    reads: list[Callable[[], object]] = [
        payouts.balance,
        partial(payouts.payout, payout_key=asked.key),
        partial(payouts.payee, payee_key=asked.payee_key),
        partial(payouts.find, ref=asked.ref, pay_on=TOMORROW),
    ]
    for read in reads:
        simulator.dial.next_up("payout_read", fault)
        with pytest.raises(GatewayUnknown):
            read()


def test_a_refusal_during_registration_comes_sealed_too(simulator: TossSimulator, payouts: TossPayouts) -> None:
    simulator.dial.next_up("seller", "slow")

    with pytest.raises(GatewayRejected) as refused:
        payouts.register(payee=replace(STALL, email=""), key="payee:1")

    assert refused.value.code == "INVALID_REQUEST"
    assert "email" in refused.value.message


@pytest.mark.parametrize(
    ("payout", "says"),
    [
        (replace(MEANT, ref="run 1"), "reference"),
        (replace(MEANT, ref="r" * 51), "reference"),
        (replace(MEANT, amount_won=0), "won"),
        (replace(MEANT, amount_won=1_000_000_000), "won"),
        (replace(MEANT, memo=""), "memo"),
    ],
)
def test_a_payout_that_cannot_be_meant_never_leaves(payouts: TossPayouts, payout: NewPayout, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        payouts.send(payouts=[payout], key="run:1")


@pytest.mark.parametrize("count", [0, 101])
def test_a_call_takes_one_to_a_hundred(payouts: TossPayouts, count: int) -> None:
    known = registered(payouts)

    with pytest.raises(ValueError, match="100"):
        payouts.send(payouts=[wanted(known, f"run-{number}") for number in range(count)], key="run:1")


def test_one_reference_twice_in_a_call_never_leaves(payouts: TossPayouts) -> None:
    known = registered(payouts)

    with pytest.raises(ValueError, match="different"):
        payouts.send(payouts=[wanted(known), wanted(known)], key="run:1")


@pytest.mark.parametrize("ref", ["stall", "s" * 21, "순자네-채소-1"])
def test_a_payee_under_another_reference_never_leaves(payouts: TossPayouts, ref: str) -> None:
    with pytest.raises(ValueError, match="reference"):
        registered(payouts, replace(STALL, ref=ref))


def test_an_unsealed_body_is_refused(simulator: TossSimulator) -> None:
    answer = httpx.post(
        f"{simulator.url}/v2/sellers", json={}, auth=(simulator.shop.secret_key, ""), verify=tls(), timeout=20
    )

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID_REQUEST")


def test_a_stranger_is_refused_before_anything_is_opened(simulator: TossSimulator) -> None:
    stranger = TossPayouts(base_url=simulator.url, secret_key="test_sk_other", security_key="f" * 64)

    with closing(stranger), pytest.raises(GatewayRejected) as refused:
        stranger.register(payee=STALL, key="payee:1")

    assert refused.value.code == "UNAUTHORIZED_KEY"


def test_another_security_key_is_unknown_because_the_refusal_cannot_be_read(simulator: TossSimulator) -> None:
    other = TossPayouts(base_url=simulator.url, secret_key=simulator.shop.secret_key, security_key="f" * 64)

    with closing(other), pytest.raises(GatewayUnknown, match="unreadable"):
        other.register(payee=STALL, key="payee:1")
