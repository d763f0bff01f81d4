"""What the payments domain relies on, asked of every card gateway over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from jangteo.domains.payments.ports import GatewayRejected, GatewayState, GatewayUnknown, Snapshot
from tests.contract.benches import CARD_BENCHES, CardBench, Lack

ORDER = "order-2026-0001"


@pytest.fixture(params=CARD_BENCHES, ids=lambda bench: bench.__name__)
def bench(request: pytest.FixtureRequest) -> Iterator[CardBench]:
    with request.param() as opened:
        yield opened


def paid(bench: CardBench, amount_won: int = 30_000, tax_free_won: int = 0, order_ref: str = ORDER) -> str:
    """A payment that was confirmed; returns its key."""
    payment_key = bench.authorise(order_ref, amount_won, tax_free_won)
    bench.gateway.confirm(payment_key=payment_key, order_ref=order_ref, amount_won=amount_won, key=f"cap:{order_ref}")
    return payment_key


def refund(bench: CardBench, payment_key: str, amount_won: int, tax_free_won: int = 0, key: str = "ref:1") -> Snapshot:
    return bench.gateway.cancel(
        payment_key=payment_key, reason="품절", amount_won=amount_won, tax_free_won=tax_free_won, key=key
    )


def read(bench: CardBench, payment_key: str) -> Snapshot:
    found = bench.gateway.read(payment_key=payment_key)
    assert found is not None
    return found


def test_confirm_takes_the_whole_amount(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 12_000)

    taken = bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")

    assert (taken.payment_key, taken.order_ref) == (payment_key, ORDER)
    assert (taken.state, taken.total_won, taken.balance_won) == (GatewayState.DONE, 30_000, 30_000)
    assert taken.method
    assert taken.approved_at is not None
    assert taken.approved_at.utcoffset() is not None
    assert taken.receipt_url.startswith("http")
    assert taken.cancels == ()


def test_what_confirm_said_is_what_both_reads_say(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)

    taken = bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")

    assert bench.gateway.read(payment_key=payment_key) == taken
    assert bench.gateway.read_order(order_ref=ORDER) == taken


def test_confirm_again_with_the_same_key_answers_the_same(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)
    first = bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")

    again = bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")

    assert again == first


def test_confirm_again_with_another_key_answers_how_the_payment_stands(bench: CardBench) -> None:
    payment_key = paid(bench, 30_000)
    refund(bench, payment_key, 10_000)

    again = bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:other")

    assert again == read(bench, payment_key)
    assert (again.state, again.balance_won) == (GatewayState.PART_CANCELLED, 20_000)


def test_a_wrong_amount_is_refused_and_nothing_is_taken(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 300, 0)

    with pytest.raises(GatewayRejected):
        bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")

    assert read(bench, payment_key).state is GatewayState.IN_PROGRESS


def test_somebody_elses_payment_does_not_pay_an_order(bench: CardBench) -> None:
    stranger = paid(bench, 30_000, order_ref="order-of-a-stranger")

    with pytest.raises(GatewayRejected):
        bench.gateway.confirm(payment_key=stranger, order_ref=ORDER, amount_won=30_000, key="cap:1")


def test_a_declined_card_is_refused_for_good(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)
    bench.trouble("confirm", "decline")

    with pytest.raises(GatewayRejected) as refused:
        bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")

    assert refused.value.code
    assert refused.value.message
    assert read(bench, payment_key).state is GatewayState.FAILED


def test_an_unknown_payment_reads_as_none(bench: CardBench) -> None:
    assert bench.gateway.read(payment_key="nobody-knows-this-key") is None
    assert bench.gateway.read_order(order_ref="nobody-knows-this-order") is None


@pytest.mark.parametrize("key", ["", ".", "..", "../orders/1", "a/b", "a?b=c", "a#b", "한글", "k" * 201])
def test_a_payment_key_from_the_browser_leads_nowhere_else(bench: CardBench, key: str) -> None:
    assert bench.gateway.read(payment_key=key) is None
    with pytest.raises(GatewayRejected):
        bench.gateway.confirm(payment_key=key, order_ref=ORDER, amount_won=30_000, key="cap:1")


@pytest.mark.parametrize("order_ref", ["", "..", "a/b/c/d", "order 1", "순자네-주문-1", "o" * 65])
def test_an_order_reference_of_another_shape_is_nobodys(bench: CardBench, order_ref: str) -> None:
    assert bench.gateway.read_order(order_ref=order_ref) is None


def test_a_full_cancel_leaves_nothing(bench: CardBench) -> None:
    payment_key = paid(bench, 30_000)

    back = refund(bench, payment_key, 30_000)

    assert (back.state, back.total_won, back.balance_won) == (GatewayState.CANCELLED, 30_000, 0)
    assert [(cancel.amount_won, cancel.tax_free_won) for cancel in back.cancels] == [(30_000, 0)]
    assert read(bench, payment_key) == back


def test_partial_cancels_add_up_won_for_won(bench: CardBench) -> None:
    payment_key = paid(bench, 30_000, 12_000)

    refund(bench, payment_key, 7_001, 5_000, key="ref:1")
    refund(bench, payment_key, 1, 0, key="ref:2")
    back = refund(bench, payment_key, 10_000, 7_000, key="ref:3")

    assert (back.state, back.balance_won) == (GatewayState.PART_CANCELLED, 12_998)
    assert [cancel.amount_won for cancel in back.cancels] == [7_001, 1, 10_000]
    assert sum(cancel.tax_free_won for cancel in back.cancels) == 12_000
    assert len({cancel.key for cancel in back.cancels}) == 3


def test_the_last_partial_cancel_makes_it_cancelled(bench: CardBench) -> None:
    payment_key = paid(bench, 30_000)
    refund(bench, payment_key, 29_999, key="ref:1")

    back = refund(bench, payment_key, 1, key="ref:2")

    assert (back.state, back.balance_won) == (GatewayState.CANCELLED, 0)


def test_a_cancel_of_more_than_is_left_is_refused(bench: CardBench) -> None:
    payment_key = paid(bench, 30_000)
    refund(bench, payment_key, 10_000, key="ref:1")

    with pytest.raises(GatewayRejected):
        refund(bench, payment_key, 20_001, key="ref:2")

    assert read(bench, payment_key).balance_won == 20_000


def test_more_tax_free_than_was_paid_tax_free_is_refused(bench: CardBench) -> None:
    payment_key = paid(bench, 30_000, 12_000)

    with pytest.raises(GatewayRejected):
        refund(bench, payment_key, 13_000, 12_001)

    assert read(bench, payment_key).cancels == ()


def test_cancelling_twice_with_one_key_gives_back_once(bench: CardBench) -> None:
    payment_key = paid(bench, 30_000)
    first = refund(bench, payment_key, 10_000, key="ref:1")

    again = refund(bench, payment_key, 10_000, key="ref:1")

    assert again == first
    assert read(bench, payment_key).balance_won == 20_000


def test_a_cancelled_payment_cannot_be_cancelled_again(bench: CardBench) -> None:
    payment_key = paid(bench, 30_000)
    refund(bench, payment_key, 30_000, key="ref:1")

    with pytest.raises(GatewayRejected):
        refund(bench, payment_key, 1, key="ref:2")


def test_a_payment_that_was_never_taken_cannot_be_cancelled(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)

    with pytest.raises(GatewayRejected):
        refund(bench, payment_key, 30_000)


@pytest.mark.parametrize(("amount_won", "tax_free_won"), [(0, 0), (-1, 0), (1_000, 1_001), (1_000, -1)])
def test_amounts_that_cannot_be_meant_never_leave(bench: CardBench, amount_won: int, tax_free_won: int) -> None:
    payment_key = paid(bench, 30_000, 12_000)

    with pytest.raises(ValueError, match="amount"):
        refund(bench, payment_key, amount_won, tax_free_won)

    assert read(bench, payment_key).cancels == ()


def test_a_time_out_after_the_money_moved_is_unknown_and_a_read_tells(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)
    bench.trouble("confirm", "timeout_after_commit")

    with pytest.raises(GatewayUnknown):
        bench.hasty.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")

    found = bench.gateway.read_order(order_ref=ORDER)
    assert found is not None
    assert (found.payment_key, found.state) == (payment_key, GatewayState.DONE)


def test_a_cancel_that_timed_out_can_be_repeated_with_its_key(bench: CardBench) -> None:
    payment_key = paid(bench, 30_000)
    bench.trouble("cancel", "timeout_after_commit")
    with pytest.raises(GatewayUnknown):
        bench.hasty.cancel(payment_key=payment_key, reason="품절", amount_won=10_000, tax_free_won=0, key="ref:1")

    back = refund(bench, payment_key, 10_000, key="ref:1")

    assert (back.balance_won, len(back.cancels)) == (20_000, 1)


@pytest.mark.parametrize("fault", ["broken_after_commit", "server_error_after_commit", "garbage", "unknown_status"])
def test_an_answer_lost_on_the_way_is_unknown_and_the_payment_done(bench: CardBench, fault: str) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)
    bench.trouble("confirm", fault)

    with pytest.raises(GatewayUnknown):
        bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")

    assert read(bench, payment_key).state is GatewayState.DONE


@pytest.mark.parametrize("fault", ["server_error", "in_flight", "provider_error", "unknown_code"])
def test_an_answer_that_decides_nothing_is_unknown_and_a_repeat_succeeds(bench: CardBench, fault: str) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)
    bench.trouble("confirm", fault)

    with pytest.raises(GatewayUnknown):
        bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")
    assert read(bench, payment_key).state is GatewayState.IN_PROGRESS

    taken = bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")
    assert taken.state is GatewayState.DONE


def test_a_slow_answer_is_waited_for(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)
    bench.trouble("confirm", "slow")

    taken = bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")

    assert taken.state is GatewayState.DONE


@pytest.mark.parametrize("fault", ["server_error", "garbage", "unknown_status"])
def test_a_read_that_fails_says_nothing_about_the_payment(bench: CardBench, fault: str) -> None:
    payment_key = paid(bench)
    bench.trouble("read", fault)
    bench.trouble("read_order", fault)

    with pytest.raises(GatewayUnknown):
        bench.gateway.read(payment_key=payment_key)
    with pytest.raises(GatewayUnknown):
        bench.gateway.read_order(order_ref=ORDER)


def test_one_key_sent_from_many_threads_takes_the_money_once(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)

    def confirm(_: int) -> Snapshot | None:
        try:
            return bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")
        except GatewayUnknown:
            return None

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(confirm, range(8)))

    assert answers - {None} == {read(bench, payment_key)}


def test_threads_share_a_gateway_without_mixing_answers(bench: CardBench) -> None:
    orders = {f"order-{number:04}": 1_000 + number for number in range(24)}

    def pay(order_ref: str) -> Snapshot:
        payment_key = bench.authorise(order_ref, orders[order_ref], 0)
        return bench.gateway.confirm(
            payment_key=payment_key, order_ref=order_ref, amount_won=orders[order_ref], key=f"cap:{order_ref}"
        )

    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(pay, orders))

    assert {snapshot.order_ref: snapshot.total_won for snapshot in taken} == orders


def test_a_forged_webhook_is_a_hint_and_the_read_tells_the_truth(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)
    if Lack.WEBHOOKS in bench.lacks:
        with pytest.raises(ValueError, match="no webhooks"):
            bench.gateway.parse_webhook(body=bench.claim(payment_key, ORDER), headers={})
        return

    hint = bench.gateway.parse_webhook(body=bench.claim(payment_key, ORDER), headers={})

    assert (hint.payment_key, hint.order_ref) == (payment_key, ORDER)
    assert read(bench, payment_key).state is GatewayState.IN_PROGRESS


def test_the_same_webhook_body_has_the_same_delivery_id(bench: CardBench) -> None:
    body, other = bench.claim("key-1", ORDER), bench.claim("key-2", ORDER)
    if Lack.WEBHOOKS in bench.lacks:
        with pytest.raises(ValueError, match="no webhooks"):
            bench.gateway.parse_webhook(body=body, headers={})
        return

    first, again, different = (
        bench.gateway.parse_webhook(body=sent, headers={}).delivery_id for sent in (body, body, other)
    )

    assert first == again
    assert first != different


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{}", b"{", b"\xff\xfe", b'"DONE"', b'{"eventType": 7}', b"[" * 100_000]
)
def test_a_body_that_is_no_webhook_is_refused(bench: CardBench, body: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        bench.gateway.parse_webhook(body=body, headers={})


def test_the_browser_gets_what_the_window_needs(bench: CardBench) -> None:
    ask = partial(
        bench.gateway.browser_checkout,
        order_ref=ORDER,
        order_name="애호박 외 2건",
        amount_won=30_000,
        tax_free_won=12_000,
        success_url="https://market.example/pay/ok",
        fail_url="https://market.example/pay/no",
    )
    if Lack.BROWSER_SCRIPT in bench.lacks:
        with pytest.raises(GatewayRejected, match="REDIRECT_ONLY"):
            ask()
        return

    checkout = ask()

    assert (checkout.order_ref, checkout.amount_won, checkout.tax_free_won) == (ORDER, 30_000, 12_000)
    assert checkout.sdk_url.startswith("http")
    assert checkout.client_key
