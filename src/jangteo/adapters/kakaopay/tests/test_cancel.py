from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from jangteo.adapters._wire import tls
from jangteo.adapters.kakaopay.client import KakaoPayGateway
from jangteo.adapters.kakaopay.tests.bench import Watched, pay
from jangteo.domains.payments.ports import CannotAsk, GatewayRejected, GatewayUnknown, Snapshot


def refund(gateway: KakaoPayGateway, tid: str, *, won: int = 10_000, tax_free: int = 0, key: str = "ref:1") -> Snapshot:
    return gateway.cancel(payment_key=tid, reason="품절", amount_won=won, tax_free_won=tax_free, key=key)


def read(gateway: KakaoPayGateway, tid: str) -> Snapshot:
    found = gateway.read(payment_key=tid)
    assert found is not None
    return found


def by_hand(watched: Watched, tid: str, won: int, tax_free: int = 0) -> None:
    """A cancellation in KakaoPay's own partner pages."""
    httpx.post(
        f"{watched.url}/online/v1/payment/cancel",
        json={"cid": "TC0ONETIME", "tid": tid, "cancel_amount": won, "cancel_tax_free_amount": tax_free},
        headers={"Authorization": "SECRET_KEY DEV_practice"},
        verify=tls(),
    ).raise_for_status()


def test_cancel_says_the_balance_it_was_computed_from(gateway: KakaoPayGateway, watched: Watched) -> None:
    tid = pay(watched, gateway, 12_000)
    refund(gateway, tid, won=7_000, tax_free=2_000, key="ref:1")
    watched.requests.clear()

    refund(gateway, tid, won=10_000, tax_free=10_000, key="ref:2")

    assert watched.bodies("cancel") == [
        {
            "cid": "TC0ONETIME",
            "cid_secret": "a" * 24,
            "tid": tid,
            "cancel_amount": 10_000,
            "cancel_tax_free_amount": 10_000,
            "cancel_available_amount": 23_000,
            "payload": "refund/10000/ref:2",
        }
    ]
    assert watched.calls() == ["order", "cancel", "order"]


@pytest.mark.parametrize("fault", ["broken_after_commit", "server_error_after_commit"])
def test_a_cancellation_whose_answer_was_lost_is_read_and_not_sent_again(
    gateway: KakaoPayGateway, watched: Watched, fault: str
) -> None:
    tid = pay(watched, gateway)
    watched.dial.next_up("cancel", fault)
    with pytest.raises(GatewayUnknown):
        refund(gateway, tid)
    watched.requests.clear()

    again = refund(gateway, tid)

    assert (again.balance_won, len(again.cancels)) == (20_000, 1)
    assert watched.calls() == ["order"]


def test_a_spoilt_answer_to_a_cancellation_does_not_matter(gateway: KakaoPayGateway, watched: Watched) -> None:
    tid = pay(watched, gateway)
    watched.dial.next_up("cancel", "garbage")

    assert refund(gateway, tid).balance_won == 20_000


@pytest.mark.parametrize("fault", ["in_flight", "provider_error", "unknown_code"])
def test_a_refused_cancellation_is_never_final(gateway: KakaoPayGateway, watched: Watched, fault: str) -> None:
    tid = pay(watched, gateway)
    watched.dial.next_up("cancel", fault)

    with pytest.raises(GatewayUnknown):
        refund(gateway, tid)

    assert refund(gateway, tid).balance_won == 20_000


def test_a_refund_that_overtakes_itself_gives_back_once(gateway: KakaoPayGateway, watched: Watched) -> None:
    tid = pay(watched, gateway)
    watched.meeting = threading.Barrier(4)

    def ask(_: int) -> Snapshot:
        return refund(gateway, tid)

    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(ask, range(4)))

    found = read(gateway, tid)
    assert (found.balance_won, len(found.cancels)) == (20_000, 1)
    assert answers == {found}
    assert watched.calls().count("cancel") == 4


def test_of_two_refunds_from_one_balance_the_second_is_asked_again(gateway: KakaoPayGateway, watched: Watched) -> None:
    tid = pay(watched, gateway)
    watched.meeting = threading.Barrier(2)

    def ask(key: str) -> bool:
        try:
            refund(gateway, tid, key=key)
        except GatewayUnknown:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(ask, ["ref:1", "ref:2"])) == [False, True]
    assert [one.amount_won for one in read(gateway, tid).cancels] == [10_000]

    watched.meeting = None
    for key in ("ref:1", "ref:2"):
        refund(gateway, tid, key=key)
    assert [one.amount_won for one in read(gateway, tid).cancels] == [10_000, 10_000]


def test_many_refunds_at_once_all_come_through_once(gateway: KakaoPayGateway, watched: Watched) -> None:
    tid = pay(watched, gateway)

    def ask(number: int) -> None:
        while True:
            try:
                refund(gateway, tid, won=1_000 + number, key=f"ref:{number}")
            except GatewayUnknown:
                continue
            return

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, range(8)))

    found = read(gateway, tid)
    assert sorted(cancel.amount_won for cancel in found.cancels) == [1_000 + number for number in range(8)]
    assert found.balance_won == 30_000 - 8_028


def test_a_cancellation_by_hand_counts_and_moves_the_balance(gateway: KakaoPayGateway, watched: Watched) -> None:
    tid = pay(watched, gateway, 12_000)
    refund(gateway, tid, won=5_000, tax_free=3_000)
    by_hand(watched, tid, 4_000, 4_000)

    found = refund(gateway, tid, won=6_000, tax_free=5_000, key="ref:2")

    assert [(one.amount_won, one.tax_free_won) for one in found.cancels] == [
        (5_000, 3_000),
        (4_000, 4_000),
        (6_000, 5_000),
    ]
    with pytest.raises(GatewayRejected, match="NOT_CANCELABLE_AMOUNT"):
        refund(gateway, tid, won=1_000, tax_free=1_000, key="ref:3")


def test_what_the_payment_cannot_give_never_leaves(gateway: KakaoPayGateway, watched: Watched) -> None:
    tid = pay(watched, gateway, 12_000)

    with pytest.raises(GatewayRejected):
        refund(gateway, tid, won=18_001, tax_free=0)
    with pytest.raises(CannotAsk, match="TAX_FREE_NOT_SAID"):
        gateway.cancel(payment_key=tid, reason="품절", amount_won=1, tax_free_won=None, key="ref:1")
    with pytest.raises(GatewayRejected):
        refund(gateway, "T-nobody-knows")

    assert watched.calls() == ["order", "order"]


@pytest.mark.parametrize("key", ["", "k" * 151, "키", "a b", "a\nb"])
def test_a_key_that_cannot_be_kept_never_leaves(gateway: KakaoPayGateway, watched: Watched, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        refund(gateway, "T1", key=key)

    assert watched.requests == []
