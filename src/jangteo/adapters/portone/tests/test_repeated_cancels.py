"""Refunds that are repeated, late, or at once: against the practice gateway over real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from jangteo.adapters.portone.client import PortOneGateway
from jangteo.adapters.portone.simulator import PortOneSimulator
from jangteo.adapters.portone.tests.practice import Watch, account_of, order
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown, Snapshot

REFERENCE = "order-0001"


@pytest.fixture(autouse=True)
def paid(simulator: PortOneSimulator) -> None:
    simulator.pay(order(REFERENCE))


def connect(simulator: PortOneSimulator, before_call: Callable[[], None] = lambda: None) -> PortOneGateway:
    return PortOneGateway(
        base_url=simulator.url,
        account=account_of(simulator),
        sdk_url=simulator.sdk_url,
        timeout_s=20.0,
        before_call=before_call,
    )


@pytest.fixture
def gateway(simulator: PortOneSimulator) -> Iterator[PortOneGateway]:
    opened = connect(simulator)
    yield opened
    opened.close()


def refund(gateway: PortOneGateway, key: str, amount_won: int = 10_000) -> Snapshot:
    return gateway.cancel(payment_key=REFERENCE, reason="품절", amount_won=amount_won, tax_free_won=0, key=key)


@pytest.mark.parametrize("fault", ["broken_after_commit", "server_error_after_commit", "garbage", "unknown_status"])
def test_a_refund_repeated_after_the_idempotency_keys_are_forgotten_is_done_once(
    simulator: PortOneSimulator, gateway: PortOneGateway, watch: Watch, fault: str
) -> None:
    simulator.dial.next_up("cancel", fault)
    with pytest.raises(GatewayUnknown):
        refund(gateway, "ref:1")
    watch.pass_by(timedelta(hours=4))

    back = refund(gateway, "ref:1")

    assert (back.balance_won, len(back.cancels)) == (20_000, 1)


@pytest.mark.parametrize("fault", ["server_error", "in_flight", "provider_error", "unknown_code"])
def test_a_refund_that_was_not_done_is_done_by_the_repeat(
    simulator: PortOneSimulator, gateway: PortOneGateway, fault: str
) -> None:
    simulator.dial.next_up("cancel", fault)
    with pytest.raises(GatewayUnknown):
        refund(gateway, "ref:1")

    assert refund(gateway, "ref:1").balance_won == 20_000


def test_two_refunds_with_keys_of_their_own_are_two(gateway: PortOneGateway) -> None:
    refund(gateway, "ref:1", 9_000)

    assert refund(gateway, "ref:2", 9_000).balance_won == 12_000


def test_scenario_11_a_refund_that_another_one_overtook_has_to_look_again(
    simulator: PortOneSimulator, gateway: PortOneGateway
) -> None:
    calls: list[int] = []

    def overtake() -> None:
        calls.append(1)
        if len(calls) == 2:
            refund(gateway, "ref:of-a-colleague", 18_000)

    slower = connect(simulator, overtake)
    with pytest.raises(GatewayUnknown, match="CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN"):
        refund(slower, "ref:mine", 18_000)

    with pytest.raises(GatewayRejected, match="CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT"):
        refund(slower, "ref:mine", 18_000)
    left = gateway.read(payment_key=REFERENCE)
    assert left is not None
    assert (left.balance_won, len(left.cancels)) == (12_000, 1)
    slower.close()


def test_one_refund_sent_from_many_threads_gives_back_once(gateway: PortOneGateway) -> None:
    def send(_: int) -> int | None:
        try:
            return refund(gateway, "ref:1").balance_won
        except GatewayUnknown:
            return None

    with ThreadPoolExecutor(8) as threads:
        balances = set(threads.map(send, range(8)))

    assert balances - {None} == {20_000}
    assert refund(gateway, "ref:1").balance_won == 20_000


def test_scenario_10_every_cancellation_is_there_whatever_order_it_is_heard_of(gateway: PortOneGateway) -> None:
    refund(gateway, "ref:1", 1_000)
    last = refund(gateway, "ref:2", 2_000)

    assert [cancel.amount_won for cancel in last.cancels] == [1_000, 2_000]
    assert refund(gateway, "ref:1", 1_000) == last
