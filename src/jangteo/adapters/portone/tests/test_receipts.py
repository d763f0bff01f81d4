from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from jangteo.adapters._simulator.server import Reply, json_reply
from jangteo.adapters.portone.api import wire_key
from jangteo.adapters.portone.receipts import PortOneReceipts
from jangteo.adapters.portone.simulator import PortOneSimulator
from jangteo.adapters.portone.tests.practice import START, Watch, account_of
from jangteo.adapters.portone.tests.recorder import ACCOUNT, PATIENT_S, Recorder, problem
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown
from jangteo.domains.payments.receipts_port import (
    CashReceipt,
    CashReceipts,
    Identifier,
    IdentifierKind,
    NewCashReceipt,
    ReceiptState,
    ReceiptUse,
)
from jangteo.kernel.clock import KST

NEW = NewCashReceipt(
    payment_ref="order-0001",
    order_name="애호박 외 2건",
    use=ReceiptUse.PERSONAL,
    identifier=Identifier(IdentifierKind.PHONE, "01000001234"),
    amount_won=30_000,
    tax_free_won=12_000,
    vat_won=1_636,
    paid_at=datetime(2026, 11, 3, 9, 59, tzinfo=KST),
)
ISSUED = {"status": "ISSUED", "paymentId": "order-0001", "issueNumber": "000000001", "amount": 30_000} | {
    "taxFreeAmount": 12_000,
    "url": "https://pay.example/cash/1",
    "issuedAt": "2026-11-03T01:00:00Z",
}


@pytest.fixture
def simulator() -> Iterator[PortOneSimulator]:
    with PortOneSimulator(seed=1, clock=Watch()) as running:
        yield running


@pytest.fixture
def receipts(simulator: PortOneSimulator) -> Iterator[PortOneReceipts]:
    opened = PortOneReceipts(base_url=simulator.url, account=account_of(simulator), timeout_s=PATIENT_S)
    yield opened
    opened.close()


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture
def recorded(recorder: Recorder) -> Iterator[PortOneReceipts]:
    opened = PortOneReceipts(base_url=recorder.url, account=ACCOUNT, timeout_s=PATIENT_S)
    yield opened
    opened.close()


def test_a_receipt_is_issued_read_and_taken_back(simulator: PortOneSimulator, receipts: CashReceipts) -> None:
    issued = receipts.issue(receipt=NEW, key="receipt:1")

    assert issued == CashReceipt(
        payment_ref="order-0001",
        state=ReceiptState.ISSUED,
        issue_number="000000001",
        amount_won=30_000,
        tax_free_won=12_000,
        url=f"{simulator.url}/cash-receipt/000000001",
        issued_at=START,
        cancelled_at=None,
    )
    assert receipts.read(payment_ref="order-0001") == issued

    back = receipts.cancel(payment_ref="order-0001", key="receipt-back:1")
    assert back == replace(issued, state=ReceiptState.CANCELLED, cancelled_at=START)
    assert receipts.read(payment_ref="order-0001") == back


def test_issuing_and_taking_back_twice_changes_nothing(receipts: CashReceipts) -> None:
    first = receipts.issue(receipt=NEW, key="receipt:1")
    assert receipts.issue(receipt=NEW, key="receipt:other") == first

    back = receipts.cancel(payment_ref="order-0001", key="receipt-back:1")
    assert receipts.cancel(payment_ref="order-0001", key="receipt-back:other") == back


def test_a_second_receipt_of_another_amount_is_refused(receipts: CashReceipts) -> None:
    receipts.issue(receipt=NEW, key="receipt:1")

    with pytest.raises(GatewayRejected, match="CASH_RECEIPT_ALREADY_ISSUED"):
        receipts.issue(receipt=replace(NEW, amount_won=29_000), key="receipt:2")
    with pytest.raises(GatewayRejected, match="CASH_RECEIPT_ALREADY_ISSUED"):
        receipts.issue(receipt=replace(NEW, tax_free_won=0), key="receipt:3")


def test_a_smaller_receipt_follows_one_that_was_taken_back(receipts: CashReceipts) -> None:
    receipts.issue(receipt=NEW, key="receipt:1")
    receipts.cancel(payment_ref="order-0001", key="receipt-back:1")

    again = receipts.issue(receipt=replace(NEW, amount_won=20_000, vat_won=727), key="receipt:2")

    assert (again.state, again.amount_won, again.issue_number) == (ReceiptState.ISSUED, 20_000, "000000002")


def test_no_receipt_reads_as_none_and_cannot_be_taken_back(receipts: CashReceipts) -> None:
    assert receipts.read(payment_ref="order-0001") is None
    with pytest.raises(GatewayRejected, match="CASH_RECEIPT_NOT_FOUND"):
        receipts.cancel(payment_ref="order-0001", key="receipt-back:1")


@pytest.mark.parametrize("fault", ["broken_after_commit", "server_error_after_commit"])
def test_a_receipt_whose_answer_was_lost_is_found_by_the_repeat(
    simulator: PortOneSimulator, receipts: CashReceipts, fault: str
) -> None:
    simulator.dial.next_up("issue_receipt", fault)
    with pytest.raises(GatewayUnknown):
        receipts.issue(receipt=NEW, key="receipt:1")

    assert receipts.issue(receipt=NEW, key="receipt:1").issue_number == "000000001"


@pytest.mark.parametrize("fault", ["server_error", "in_flight", "provider_error", "unknown_code"])
def test_an_answer_that_decides_nothing_is_unknown(
    simulator: PortOneSimulator, receipts: CashReceipts, fault: str
) -> None:
    simulator.dial.next_up("issue_receipt", fault)

    with pytest.raises(GatewayUnknown):
        receipts.issue(receipt=NEW, key="receipt:1")
    assert receipts.read(payment_ref="order-0001") is None


@pytest.mark.parametrize("fault", ["server_error", "garbage", "unknown_status"])
def test_a_read_that_fails_says_nothing(simulator: PortOneSimulator, receipts: CashReceipts, fault: str) -> None:
    receipts.issue(receipt=NEW, key="receipt:1")
    simulator.dial.next_up("read_receipt", fault)

    with pytest.raises(GatewayUnknown):
        receipts.read(payment_ref="order-0001")


def test_issuing_is_sent_as_documented(recorded: PortOneReceipts, recorder: Recorder) -> None:
    recorder.will_say(json_reply({"cashReceipt": {}}), json_reply(ISSUED))

    recorded.issue(receipt=NEW, key="receipt:1")

    assert recorder.sent() == [("POST", "/cash-receipts"), ("GET", "/payments/order-0001/cash-receipt")]
    assert recorder.requests[0].headers["idempotency-key"] == wire_key("receipt:1")
    assert recorder.document(0) == {
        "storeId": "store-1",
        "channelKey": "channel-key-1",
        "paymentId": "order-0001",
        "type": "PERSONAL",
        "orderName": "애호박 외 2건",
        "currency": "KRW",
        "amount": {"total": 30_000, "taxFree": 12_000, "vat": 1_636},
        "customer": {"identityNumber": "01000001234", "identityNumberType": "PHONE"},
        "paidAt": "2026-11-03T09:59:00+09:00",
    }


def test_a_business_number_takes_a_corporate_receipt(recorded: PortOneReceipts, recorder: Recorder) -> None:
    recorder.will_say(json_reply({}), json_reply(ISSUED))
    business = Identifier(IdentifierKind.BUSINESS, "1234567890")

    recorded.issue(receipt=replace(NEW, use=ReceiptUse.CORPORATE, identifier=business), key="receipt:1")

    assert recorder.document(0)["type"] == "CORPORATE"
    assert recorder.document(0)["customer"] == {"identityNumber": "1234567890", "identityNumberType": "BUSINESS"}


def test_taking_back_names_the_store_beside_the_path(recorded: PortOneReceipts, recorder: Recorder) -> None:
    recorder.will_say(json_reply({}), json_reply(ISSUED | {"status": "CANCELLED"}))

    recorded.cancel(payment_ref="order-0001", key="receipt-back:1")

    sent = recorder.requests[0]
    assert (sent.method, sent.path) == ("POST", "/payments/order-0001/cash-receipt/cancel")
    assert (sent.query, sent.body) == ({"storeId": "store-1"}, b"")


@pytest.mark.parametrize(
    "replies",
    [
        [json_reply({}), problem("CASH_RECEIPT_NOT_FOUND", 404)],
        [json_reply({}), json_reply(ISSUED | {"paymentId": "order-0002"})],
        [json_reply({}), json_reply(ISSUED | {"amount": "30000"})],
        [json_reply({}), json_reply(ISSUED | {"issueNumber": ""})],
    ],
)
def test_a_receipt_that_does_not_show_afterwards_is_unknown(
    recorded: PortOneReceipts, recorder: Recorder, replies: list[Reply]
) -> None:
    recorder.will_say(*replies)

    with pytest.raises(GatewayUnknown):
        recorded.issue(receipt=NEW, key="receipt:1")


def test_a_receipt_still_standing_after_it_was_taken_back_is_unknown(
    recorded: PortOneReceipts, recorder: Recorder
) -> None:
    recorder.will_say(json_reply({}), json_reply(ISSUED))

    with pytest.raises(GatewayUnknown, match="not to be seen"):
        recorded.cancel(payment_ref="order-0001", key="receipt-back:1")


def test_a_receipt_that_failed_has_no_number(recorded: PortOneReceipts, recorder: Recorder) -> None:
    recorder.will_say(json_reply({"status": "FAILED", "paymentId": "order-0001"}))

    found = recorded.read(payment_ref="order-0001")

    assert found is not None
    assert (found.state, found.issue_number, found.amount_won) == (ReceiptState.FAILED, "", 0)


@pytest.mark.parametrize("reference", ["", ".", ".."])
def test_a_reference_leads_nowhere_else(recorded: PortOneReceipts, recorder: Recorder, reference: str) -> None:
    with pytest.raises(GatewayRejected):
        recorded.cancel(payment_ref=reference, key="receipt-back:1")
    assert recorder.requests == []


def test_whose_receipt_it_is_does_not_reach_the_log(
    receipts: PortOneReceipts, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    receipts.issue(receipt=NEW, key="receipt:1")

    assert "portone issue receipt: HTTP 200" in caplog.text
    assert "01000001234" not in caplog.text
    assert "01000001234" not in repr(NEW)
