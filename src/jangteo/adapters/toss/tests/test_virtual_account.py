from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.simulator import PracticeShop, TossSimulator
from jangteo.adapters.toss.simulator.book import Refusal
from jangteo.adapters.toss.tests.stage import Shop, Watch, order
from jangteo.adapters.toss.webhooks import hint
from jangteo.domains.payments.ports import BankAccount, GatewayRejected, GatewayState, GatewayUnknown, Snapshot

ORDER = order(account=True, tax_free_won=12_000)
HOME = BankAccount("004", "12345678901234", "김순자")


@pytest.fixture
def gateway(simulator: TossSimulator) -> Iterator[TossGateway]:
    with closing(connect(simulator)) as opened:
        yield opened


def connect(simulator: TossSimulator) -> TossGateway:
    return TossGateway(
        base_url=simulator.url,
        secret_key=simulator.shop.secret_key,
        client_key=simulator.shop.client_key,
        sdk_url=simulator.sdk_url,
    )


def issued(simulator: TossSimulator, gateway: TossGateway) -> Snapshot:
    key = simulator.authorise(ORDER)
    return gateway.confirm(payment_key=key, order_ref="order-0001", amount_won=30_000, key="cap:1")


def deposited(simulator: TossSimulator, gateway: TossGateway) -> str:
    key = issued(simulator, gateway).payment_key
    simulator.deposit(key)
    return key


def refund(
    gateway: TossGateway, payment_key: str, won: int, tax_free_won: int = 0, to: BankAccount | None = None
) -> Snapshot:
    return gateway.cancel(
        payment_key=payment_key,
        reason="품절",
        amount_won=won,
        tax_free_won=tax_free_won,
        key=f"ref:{won}",
        refund_to=to,
    )


def read(gateway: TossGateway, payment_key: str) -> Snapshot:
    found = gateway.read(payment_key=payment_key)
    assert found is not None
    return found


def test_confirm_issues_an_account_that_waits_for_the_deposit(
    simulator: TossSimulator, gateway: TossGateway, watch: Watch
) -> None:
    waiting = issued(simulator, gateway)

    assert (waiting.state, waiting.total_won, waiting.balance_won) == (GatewayState.WAITING_DEPOSIT, 30_000, 30_000)
    assert (waiting.method, waiting.approved_at) == ("가상계좌", None)
    assert waiting.account is not None
    assert (waiting.account.bank, len(waiting.account.number)) == ("020", 14)
    assert waiting.account.due_at == watch.moment + timedelta(hours=24)
    assert gateway.read_order(order_ref="order-0001") == waiting


def test_confirming_again_answers_the_same_account(simulator: TossSimulator, gateway: TossGateway) -> None:
    first = issued(simulator, gateway)

    again = gateway.confirm(payment_key=first.payment_key, order_ref="order-0001", amount_won=30_000, key="cap:other")

    assert again == first


def test_a_deposit_makes_it_done(simulator: TossSimulator, gateway: TossGateway, watch: Watch) -> None:
    key = deposited(simulator, gateway)

    done = read(gateway, key)

    assert (done.state, done.approved_at) == (GatewayState.DONE, watch.moment)
    assert done.account is not None


def test_a_second_deposit_is_not_taken(simulator: TossSimulator, gateway: TossGateway) -> None:
    key = deposited(simulator, gateway)

    with pytest.raises(Refusal):
        simulator.deposit(key)


def test_scenario_8_a_deposit_taken_back_waits_again_and_counts_once(
    simulator: TossSimulator, gateway: TossGateway
) -> None:
    key = deposited(simulator, gateway)

    simulator.undo_deposit(key)
    assert (read(gateway, key).state, read(gateway, key).approved_at) == (GatewayState.WAITING_DEPOSIT, None)

    simulator.deposit(key)
    assert (read(gateway, key).state, read(gateway, key).balance_won) == (GatewayState.DONE, 30_000)


def test_an_account_is_over_after_its_due_time_without_a_webhook(watch: Watch) -> None:
    with Shop() as shop:
        practice = PracticeShop(webhook_url=shop.url)
        with TossSimulator(shop=practice, seed=1, clock=watch) as simulator, closing(connect(simulator)) as gateway:
            key = issued(simulator, gateway).payment_key
            told = [shop.next(), shop.next()]
            watch.pass_by(timedelta(hours=24))
            assert read(gateway, key).state is GatewayState.WAITING_DEPOSIT

            watch.pass_by(timedelta(seconds=1))

            assert read(gateway, key).state is GatewayState.EXPIRED
            with pytest.raises(Refusal):
                simulator.deposit(key)
    assert len(told) == 2
    assert shop.received.empty()


def test_scenario_9_a_deposit_told_of_too_late_is_money_all_the_same(
    simulator: TossSimulator, gateway: TossGateway, watch: Watch
) -> None:
    key = issued(simulator, gateway).payment_key
    watch.pass_by(timedelta(hours=25))
    assert read(gateway, key).state is GatewayState.EXPIRED

    simulator.deposit(key, late=True)

    assert read(gateway, key).state is GatewayState.DONE
    assert refund(gateway, key, 30_000, 12_000, HOME).balance_won == 0


def test_cancelling_before_the_deposit_moves_no_money_and_needs_no_account(
    simulator: TossSimulator, gateway: TossGateway
) -> None:
    key = issued(simulator, gateway).payment_key

    ended = refund(gateway, key, 30_000, 12_000)

    assert (ended.state, ended.balance_won, ended.cancels) == (GatewayState.CANCELLED, 0, ())
    with pytest.raises(Refusal):
        simulator.deposit(key)


def test_before_the_deposit_only_all_of_it_can_be_cancelled(simulator: TossSimulator, gateway: TossGateway) -> None:
    key = issued(simulator, gateway).payment_key

    with pytest.raises(GatewayRejected) as refused:
        refund(gateway, key, 10_000)

    assert refused.value.code == "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT"


def test_a_deposit_goes_back_only_to_an_account(simulator: TossSimulator, gateway: TossGateway) -> None:
    key = deposited(simulator, gateway)

    with pytest.raises(GatewayRejected):
        refund(gateway, key, 10_000)
    assert read(gateway, key).cancels == ()

    back = refund(gateway, key, 11_000, 1_000, HOME)

    assert (back.state, back.balance_won) == (GatewayState.PART_CANCELLED, 19_000)
    assert [(cancel.amount_won, cancel.tax_free_won) for cancel in back.cancels] == [(11_000, 1_000)]


@pytest.mark.parametrize("fault", ["broken_after_commit", "server_error_after_commit", "garbage"])
def test_a_lost_answer_leaves_an_account_that_a_read_finds(
    simulator: TossSimulator, gateway: TossGateway, fault: str
) -> None:
    key = simulator.authorise(ORDER)
    simulator.dial.next_up("confirm", fault)

    with pytest.raises(GatewayUnknown):
        gateway.confirm(payment_key=key, order_ref="order-0001", amount_won=30_000, key="cap:1")

    assert read(gateway, key).state is GatewayState.WAITING_DEPOSIT


def test_both_webhooks_tell_of_issue_deposit_fall_back_and_cancel(watch: Watch) -> None:
    with Shop() as shop:
        practice = PracticeShop(webhook_url=shop.url)
        with TossSimulator(shop=practice, seed=1, clock=watch) as simulator, closing(connect(simulator)) as gateway:
            key = deposited(simulator, gateway)
            simulator.undo_deposit(key)
            simulator.deposit(key)
            refund(gateway, key, 30_000, 12_000, HOME)
            told = [shop.next() for _ in range(10)]
            paid = read(gateway, key)
    documents = [json.loads(sent.body) for sent in told]
    course = ["WAITING_FOR_DEPOSIT", "DONE", "WAITING_FOR_DEPOSIT", "DONE", "CANCELED"]

    assert [one["data"]["status"] for one in documents[::2]] == course
    assert [one["status"] for one in documents[1::2]] == course
    assert {frozenset(one) for one in documents[1::2]} == {
        frozenset({"createdAt", "secret", "status", "transactionKey", "orderId"})
    }
    for sent in told[1::2]:
        claimed = hint(sent.body, sent.headers)
        assert (claimed.payment_key, claimed.order_ref) == (None, "order-0001")
        assert paid.bears(claimed.secret_mark)


def test_scenario_4_a_forged_deposit_message_lacks_the_secret_and_the_read_tells_the_truth(watch: Watch) -> None:
    with Shop() as shop:
        practice = PracticeShop(webhook_url=shop.url)
        with TossSimulator(shop=practice, seed=1, clock=watch) as simulator, closing(connect(simulator)) as gateway:
            simulator.dial.next_up("webhook", "lost", "forged")
            key = issued(simulator, gateway).payment_key
            genuine, forged = shop.next(), shop.next()
            waiting = read(gateway, key)

    assert waiting.bears(hint(genuine.body, genuine.headers).secret_mark)
    assert json.loads(forged.body)["status"] == "DONE"
    assert not waiting.bears(hint(forged.body, forged.headers).secret_mark)
    assert waiting.state is GatewayState.WAITING_DEPOSIT


def test_a_message_without_a_secret_says_nothing_about_it(simulator: TossSimulator, gateway: TossGateway) -> None:
    claimed = hint(
        b'{"eventType":"PAYMENT_STATUS_CHANGED","data":{"paymentKey":"k","orderId":"order-0001"}}', headers={}
    )

    assert issued(simulator, gateway).bears(claimed.secret_mark)
    assert not issued_without_secret().bears(replace(claimed, secret="ps_other").secret_mark)


def issued_without_secret() -> Snapshot:
    return Snapshot("k", "order-0001", GatewayState.DONE, 1, 1, "", None, "", ())


def test_neither_secrets_nor_accounts_of_a_hint_are_written_out() -> None:
    shown = repr(replace(issued_without_secret(), secret="ps_abc"))

    assert "ps_abc" not in shown
