"""What the payments domain relies on, asked of the gateways whose money moves while the customer is in the window.

Most of it is asked in the words of `test_card_gateways`. What differs: a payment that was authorised is paid, so
`confirm` can take nothing and hold nothing back, and a webhook is believed to come from the gateway or refused.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.domains.payments.ports import GatewayState, GatewayUnknown
from tests.contract.benches import WINDOW_BENCHES, CardBench
from tests.contract.test_card_gateways import (
    ORDER,
    read,
    refund,
    test_a_body_that_is_no_webhook_is_refused,
    test_a_cancel_of_more_than_is_left_is_refused,
    test_a_cancel_that_timed_out_can_be_repeated_with_its_key,
    test_a_cancelled_payment_cannot_be_cancelled_again,
    test_a_full_cancel_leaves_nothing,
    test_a_payment_key_from_the_browser_leads_nowhere_else,
    test_a_read_that_fails_says_nothing_about_the_payment,
    test_a_slow_answer_is_waited_for,
    test_a_time_out_after_the_money_moved_is_unknown_and_a_read_tells,
    test_amounts_that_cannot_be_meant_never_leave,
    test_an_answer_lost_on_the_way_is_unknown_and_the_payment_done,
    test_an_order_reference_of_another_shape_is_nobodys,
    test_an_unknown_payment_reads_as_none,
    test_cancelling_twice_with_one_key_gives_back_once,
    test_confirm_again_with_another_key_answers_how_the_payment_stands,
    test_confirm_again_with_the_same_key_answers_the_same,
    test_confirm_takes_the_whole_amount,
    test_more_tax_free_than_was_paid_tax_free_is_refused,
    test_one_key_sent_from_many_threads_takes_the_money_once,
    test_partial_cancels_add_up_won_for_won,
    test_somebody_elses_payment_does_not_pay_an_order,
    test_the_browser_gets_what_the_window_needs,
    test_the_last_partial_cancel_makes_it_cancelled,
    test_threads_share_a_gateway_without_mixing_answers,
    test_what_confirm_said_is_what_both_reads_say,
)

__all__ = [
    "test_a_body_that_is_no_webhook_is_refused",
    "test_a_cancel_of_more_than_is_left_is_refused",
    "test_a_cancel_that_timed_out_can_be_repeated_with_its_key",
    "test_a_cancelled_payment_cannot_be_cancelled_again",
    "test_a_full_cancel_leaves_nothing",
    "test_a_payment_key_from_the_browser_leads_nowhere_else",
    "test_a_read_that_fails_says_nothing_about_the_payment",
    "test_a_slow_answer_is_waited_for",
    "test_a_time_out_after_the_money_moved_is_unknown_and_a_read_tells",
    "test_amounts_that_cannot_be_meant_never_leave",
    "test_an_answer_lost_on_the_way_is_unknown_and_the_payment_done",
    "test_an_order_reference_of_another_shape_is_nobodys",
    "test_an_unknown_payment_reads_as_none",
    "test_cancelling_twice_with_one_key_gives_back_once",
    "test_confirm_again_with_another_key_answers_how_the_payment_stands",
    "test_confirm_again_with_the_same_key_answers_the_same",
    "test_confirm_takes_the_whole_amount",
    "test_more_tax_free_than_was_paid_tax_free_is_refused",
    "test_one_key_sent_from_many_threads_takes_the_money_once",
    "test_partial_cancels_add_up_won_for_won",
    "test_somebody_elses_payment_does_not_pay_an_order",
    "test_the_browser_gets_what_the_window_needs",
    "test_the_last_partial_cancel_makes_it_cancelled",
    "test_threads_share_a_gateway_without_mixing_answers",
    "test_what_confirm_said_is_what_both_reads_say",
]


@pytest.fixture(params=WINDOW_BENCHES, ids=lambda bench: bench.__name__)
def bench(request: pytest.FixtureRequest) -> Iterator[CardBench]:
    with request.param() as opened:
        yield opened


def test_another_amount_is_told_as_it_was_paid_because_it_has_to_go_back(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 300, 0)

    taken = bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")
    back = refund(bench, payment_key, taken.balance_won)

    assert (taken.state, taken.total_won) == (GatewayState.DONE, 300)
    assert (back.state, back.balance_won) == (GatewayState.CANCELLED, 0)


def test_a_payment_is_paid_whether_or_not_anybody_confirms_it(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)

    assert read(bench, payment_key).state is GatewayState.DONE


def test_a_confirmation_without_an_answer_can_be_asked_again(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)
    bench.trouble("confirm", "server_error")
    with pytest.raises(GatewayUnknown):
        bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")

    taken = bench.gateway.confirm(payment_key=payment_key, order_ref=ORDER, amount_won=30_000, key="cap:1")

    assert (taken.state, taken.balance_won) == (GatewayState.DONE, 30_000)


def test_an_unsigned_webhook_is_not_even_a_hint(bench: CardBench) -> None:
    payment_key = bench.authorise(ORDER, 30_000, 0)

    with pytest.raises(ValueError, match=r".+"):
        bench.gateway.parse_webhook(body=bench.claim(payment_key, ORDER), headers={})
