from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import httpx
import pytest

from jangteo.adapters._wire import tls
from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.payouts import TossPayouts
from jangteo.adapters.toss.simulator import PracticeShop, TossSimulator
from jangteo.adapters.toss.tests.stage import (
    STALL,
    TODAY,
    TOMORROW,
    Shop,
    Watch,
    order,
    registered,
    toss_payouts,
    wanted,
)
from jangteo.domains.payments.payouts_port import PayeeKind, PayeeState, PayoutBalance, PayoutState
from jangteo.domains.payments.ports import BankAccount, GatewayRejected, GatewayUnknown

FAILING = BankAccount("295", "77701777777", "김순자")


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (PayeeKind.COMPANY, PayeeState.LIMITED),
        (PayeeKind.SOLE_TRADER, PayeeState.UNIDENTIFIED),
        (PayeeKind.PERSON, PayeeState.UNIDENTIFIED),
    ],
)
def test_a_stall_is_registered_and_read(payouts: TossPayouts, kind: PayeeKind, state: PayeeState) -> None:
    known = registered(payouts, replace(STALL, kind=kind))

    assert (known.ref, known.state) == ("stall-0001", state)
    assert payouts.payee(payee_key=known.key) == known
    assert payouts.payee(payee_key="seller_of_nobody") is None


def test_a_reference_is_taken_once(payouts: TossPayouts) -> None:
    first = registered(payouts)

    assert payouts.register(payee=STALL, key="payee:stall-0001") == first
    with pytest.raises(GatewayRejected):
        payouts.register(payee=STALL, key="payee:other")


def test_a_stall_moves_to_another_bank(simulator: TossSimulator, payouts: TossPayouts) -> None:
    known = registered(payouts)

    assert payouts.change(payee_key=known.key, payee=replace(STALL, account=FAILING), key="change:1") == known

    assert simulator.payouts.seller(known.key).account == ("295", "77701777777")


def test_the_balance_grows_when_sales_are_settled(simulator: TossSimulator, payouts: TossPayouts, watch: Watch) -> None:
    simulator.payouts.funded_won = 0
    shop = simulator.shop
    gateway = TossGateway(
        base_url=simulator.url, secret_key=shop.secret_key, client_key=shop.client_key, sdk_url=simulator.sdk_url
    )
    with closing(gateway):
        key = simulator.authorise(order(won=34_000))
        gateway.confirm(payment_key=key, order_ref="order-0001", amount_won=34_000, key="cap:1")
    assert payouts.balance() == PayoutBalance(available_won=0, pending_won=33_140)

    watch.pass_by(timedelta(days=2))

    assert payouts.balance() == PayoutBalance(available_won=33_140, pending_won=0)


def test_a_payout_for_tomorrow_waits_goes_and_ends(
    simulator: TossSimulator, payouts: TossPayouts, watch: Watch
) -> None:
    (asked,) = payouts.send(payouts=[wanted(registered(payouts))], key="run:1")
    assert (asked.state, asked.pay_on, asked.amount_won) == (PayoutState.REQUESTED, TOMORROW, 5_000)
    assert payouts.balance().available_won == 49_995_000
    assert simulator.payouts.run_batch() == []

    watch.pass_by(timedelta(days=1))
    simulator.payouts.run_batch()

    assert payouts.payout(payout_key=asked.key) == replace(asked, state=PayoutState.COMPLETED)
    assert payouts.payout(payout_key="FPA_of_nobody") is None


def test_a_payout_for_today_is_under_way_at_once(payouts: TossPayouts) -> None:
    (asked,) = payouts.send(payouts=[wanted(registered(payouts), pay_on=None)], key="run:1")

    assert (asked.state, asked.pay_on) == (PayoutState.IN_PROGRESS, TODAY)


def test_a_transfer_that_the_bank_refuses_ends_as_failed_and_the_money_stays(
    simulator: TossSimulator, payouts: TossPayouts
) -> None:
    (asked,) = payouts.send(
        payouts=[wanted(registered(payouts, replace(STALL, account=FAILING)), pay_on=None)], key="run:1"
    )

    simulator.payouts.run_batch()

    ended = payouts.payout(payout_key=asked.key)
    assert ended is not None
    assert (ended.state, ended.failure) == (PayoutState.FAILED, "TRANSFER_FAILED")
    assert payouts.balance().available_won == 50_000_000


def test_only_what_has_not_begun_can_be_called_back(payouts: TossPayouts) -> None:
    known = registered(payouts)
    waits, runs = payouts.send(payouts=[wanted(known, "a"), wanted(known, "b", pay_on=None)], key="run:1")

    assert payouts.call_back(payout_key=waits.key, key="back:1") == replace(waits, state=PayoutState.CANCELLED)
    with pytest.raises(GatewayRejected):
        payouts.call_back(payout_key=runs.key, key="back:2")
    assert payouts.balance().available_won == 49_995_000


def test_a_long_memo_is_cut_to_what_a_bank_book_shows(simulator: TossSimulator, payouts: TossPayouts) -> None:
    long = replace(wanted(registered(payouts)), memo="십일월 시장 정산금")

    (asked,) = payouts.send(payouts=[long], key="run:1")

    assert simulator.payouts.payout(asked.key).wanted.memo == "십일월 시장 "


def test_one_that_cannot_be_stops_all(payouts: TossPayouts) -> None:
    known, stranger = registered(payouts), registered(payouts, replace(STALL, ref="stall-0002", kind=PayeeKind.PERSON))

    with pytest.raises(GatewayRejected) as refused:
        payouts.send(payouts=[wanted(known, "a"), wanted(stranger, "b")], key="run:1")

    assert refused.value.code == "FORBIDDEN_SELLER_PAYOUT"
    assert payouts.find(ref="a", pay_on=TOMORROW) is None


def test_over_ten_million_asks_for_kyc_and_goes_after_it(simulator: TossSimulator, payouts: TossPayouts) -> None:
    known = registered(payouts)
    payouts.send(payouts=[wanted(known, "just", 10_000_000)], key="run:1")

    with pytest.raises(GatewayRejected):
        payouts.send(payouts=[wanted(known, "more", 10_000_001)], key="run:2")
    assert payouts.payee(payee_key=known.key) == replace(known, state=PayeeState.HELD)

    simulator.payouts.check_seller(known.key, "APPROVED")
    (sent,) = payouts.send(payouts=[wanted(known, "more", 10_000_001)], key="run:3")
    assert sent.state is PayoutState.REQUESTED


def test_more_than_the_balance_is_refused(simulator: TossSimulator, payouts: TossPayouts) -> None:
    simulator.payouts.funded_won = 9_999

    with pytest.raises(GatewayRejected):
        payouts.send(payouts=[wanted(registered(payouts), won=10_000)], key="run:1")


@pytest.mark.parametrize(
    ("forward", "pay_on"),
    [
        (timedelta(0), TODAY),
        (timedelta(0), date(2026, 11, 7)),
        (timedelta(0), date(2027, 11, 4)),
        (timedelta(hours=5), None),
        (timedelta(days=4), None),
    ],
)
def test_days_and_hours_at_which_nothing_is_paid_are_refused(
    payouts: TossPayouts, watch: Watch, forward: timedelta, pay_on: date | None
) -> None:
    watch.pass_by(forward)

    with pytest.raises(GatewayRejected):
        payouts.send(payouts=[wanted(registered(payouts), pay_on=pay_on)], key="run:1")


def test_an_answer_about_other_payouts_is_unknown(payouts: TossPayouts) -> None:
    known = registered(payouts)
    payouts.send(payouts=[wanted(known)], key="run:1")

    for other in (wanted(known, ref="run-2"), wanted(known, won=5_001), replace(wanted(known), payee_key="seller_2")):
        with pytest.raises(GatewayUnknown, match="other pay-outs"):
            payouts.send(payouts=[other], key="run:1")


def test_one_key_pays_once_and_one_reference_pays_once(payouts: TossPayouts) -> None:
    known = registered(payouts)
    first = payouts.send(payouts=[wanted(known)], key="run:1")

    assert payouts.send(payouts=[wanted(known)], key="run:1") == first
    with pytest.raises(GatewayRejected):
        payouts.send(payouts=[wanted(known)], key="run:2")
    assert payouts.balance().available_won == 49_995_000


def test_every_page_is_searched(simulator: TossSimulator, payouts: TossPayouts) -> None:
    known = registered(payouts)
    payouts.send(payouts=[wanted(known, f"run-{number}") for number in range(7)], key="run:1")

    with closing(toss_payouts(simulator, page_size=3)) as paged:
        found = paged.find(ref="run-6", pay_on=TOMORROW)
        assert found is not None
        assert found.ref == "run-6"
        assert paged.find(ref="run-7", pay_on=TOMORROW) is None
        assert paged.find(ref="run-6", pay_on=TODAY) is None


def test_a_hundred_go_at_once_in_the_order_asked_for(payouts: TossPayouts) -> None:
    known = registered(payouts)
    refs = [f"run-{number:03}" for number in range(100)]

    sent = payouts.send(payouts=[wanted(known, ref) for ref in refs], key="run:1")

    assert [payout.ref for payout in sent] == refs


def test_the_signed_webhooks_tell_of_ends_and_of_payees(watch: Watch) -> None:
    with Shop() as shop:
        practice = PracticeShop(webhook_url=shop.url)
        with (
            TossSimulator(shop=practice, seed=1, clock=watch) as simulator,
            closing(toss_payouts(simulator)) as payouts,
        ):
            simulator.payouts.funded_won = 5_000
            known = registered(payouts, replace(STALL, kind=PayeeKind.SOLE_TRADER))
            simulator.payouts.check_seller(known.key, "PARTIALLY_APPROVED")
            (asked,) = payouts.send(payouts=[wanted(known, pay_on=None)], key="run:1")
            simulator.payouts.run_batch()
            told = [shop.next(), shop.next()]
            hints = [payouts.parse_webhook(body=sent.body, headers=sent.headers) for sent in told]

    assert [(hint.payee_key, hint.payout_key) for hint in hints] == [(known.key, None), (None, asked.key)]
    assert len({hint.delivery_id for hint in hints}) == 2


def test_the_banks_can_be_driven_from_outside(simulator: TossSimulator, payouts: TossPayouts) -> None:
    (asked,) = payouts.send(payouts=[wanted(registered(payouts), pay_on=None)], key="run:1")

    httpx.post(f"{simulator.url}/_bank", json={"run_batch": True}, verify=tls(), timeout=20)

    ended = payouts.payout(payout_key=asked.key)
    assert ended is not None
    assert ended.state is PayoutState.COMPLETED


def test_the_gateways_people_and_the_balance_can_be_driven_from_outside(
    simulator: TossSimulator, payouts: TossPayouts
) -> None:
    known = registered(payouts, replace(STALL, kind=PayeeKind.SOLE_TRADER))

    def drive(order: dict[str, object]) -> int:
        return httpx.post(f"{simulator.url}/_bank", json=order, verify=tls(), timeout=20).status_code

    assert [drive({"fund": 1_000}), drive({"check_seller": known.key, "status": "APPROVED"})] == [200, 200]
    assert drive({"check_seller": "seller_of_nobody", "status": "APPROVED"}) == 404
    assert payouts.balance().available_won == 50_001_000
    found = payouts.payee(payee_key=known.key)
    assert found is not None
    assert found.state is PayeeState.APPROVED


def test_webhooks_of_payouts_go_to_an_address_of_their_own(watch: Watch) -> None:
    with Shop() as payments, Shop() as others:
        shop = PracticeShop(webhook_url=payments.url, payout_webhook_url=others.url, webhook_waits_s=())
        with TossSimulator(seed=1, clock=watch, shop=shop) as simulator, closing(toss_payouts(simulator)) as opened:
            simulator.payouts.check_seller(registered(opened).key, "APPROVED")
            simulator.authorise(order())

            assert b"seller.changed" in others.next().body
            assert payments.received.empty()
