from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from standardwebhooks import Webhook

from jangteo.adapters.portone.tests.recorder import SECRET
from jangteo.adapters.portone.webhooks import hint
from jangteo.domains.payments.ports import Hint
from jangteo.kernel.clock import now

OTHER_SECRET = "whsec_" + base64.b64encode(b"somebody else's secret").decode()
PAID = {
    "type": "Transaction.Paid",
    "timestamp": "2026-11-03T01:00:00Z",
    "data": {"storeId": "store-1", "paymentId": "order-1", "transactionId": "tx-1", "fieldOfTomorrow": 1},
}


def body(document: object = PAID) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def signature(sent: bytes, at: datetime, *, secret: str = SECRET, webhook_id: str = "msg-1") -> str:
    return Webhook(secret).sign(webhook_id, at, sent.decode())


def headers(sent: bytes, at: datetime | None = None, **changes: str) -> dict[str, str]:
    moment = at or now()
    return {
        "webhook-id": "msg-1",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": signature(sent, moment),
    } | {name.replace("_", "-"): value for name, value in changes.items()}


def test_a_genuine_webhook_names_the_payment_and_its_delivery() -> None:
    sent = body()

    assert hint(sent, headers(sent), SECRET) == Hint("msg-1", "order-1", "order-1")


@pytest.mark.parametrize("write", [str.title, str.upper, str.lower])
def test_scenario_5_header_names_may_be_written_in_any_case(write: type[str]) -> None:
    sent = body()
    given = {write(name): value for name, value in headers(sent).items()}

    assert hint(sent, given, SECRET).delivery_id == "msg-1"


def test_scenario_5_korean_in_the_body_is_signed_as_the_bytes_it_is() -> None:
    sent = body(PAID | {"memo": "애호박"})

    assert hint(sent, headers(sent), SECRET).order_ref == "order-1"


def test_scenario_5_the_same_message_again_has_the_same_delivery_id() -> None:
    sent = body()
    given = headers(sent)

    assert hint(sent, given, SECRET) == hint(sent, given, SECRET)


def test_scenario_5_a_changed_body_is_refused() -> None:
    sent = body()

    with pytest.raises(ValueError, match="signature"):
        hint(sent.replace(b"order-1", b"order-2"), headers(sent), SECRET)


@pytest.mark.parametrize(("off", "says"), [(timedelta(minutes=-6), "too old"), (timedelta(minutes=6), "too new")])
def test_scenario_5_another_time_than_now_is_refused(off: timedelta, says: str) -> None:
    sent = body()

    with pytest.raises(ValueError, match=says):
        hint(sent, headers(sent, now() + off), SECRET)


@pytest.mark.parametrize("off", [timedelta(minutes=-4), timedelta(minutes=4)])
def test_clocks_may_differ_a_little(off: timedelta) -> None:
    sent = body()

    assert hint(sent, headers(sent, now() + off), SECRET).delivery_id == "msg-1"


def test_a_new_time_on_an_old_signature_is_refused() -> None:
    sent = body()
    given = headers(sent, now() - timedelta(hours=1)) | {"webhook-timestamp": str(int(now().timestamp()))}

    with pytest.raises(ValueError, match="signature"):
        hint(sent, given, SECRET)


def test_another_id_on_a_used_signature_is_refused() -> None:
    sent = body()

    with pytest.raises(ValueError, match="signature"):
        hint(sent, headers(sent, webhook_id="msg-2"), SECRET)


def test_somebody_elses_signature_is_refused() -> None:
    sent, moment = body(), now()

    with pytest.raises(ValueError, match="signature"):
        hint(sent, headers(sent, moment, webhook_signature=signature(sent, moment, secret=OTHER_SECRET)), SECRET)


@pytest.mark.parametrize("ours_first", [True, False])
def test_while_secrets_change_one_of_two_signatures_is_enough(ours_first: bool) -> None:
    sent, moment = body(), now()
    both = [signature(sent, moment), signature(sent, moment, secret=OTHER_SECRET)]

    given = headers(sent, moment, webhook_signature=" ".join(both if ours_first else reversed(both)))

    assert hint(sent, given, SECRET).delivery_id == "msg-1"


@pytest.mark.parametrize(
    "written", ["", "v1", "v1,", "v1,!!!", "v2,AAAA", ",", "v1,AAAA v1", "nonsense", "v1,AA,AA", "v1,한글"]
)
def test_a_signature_of_another_shape_is_refused(written: str) -> None:
    sent = body()

    with pytest.raises(ValueError, match=r".+"):
        hint(sent, headers(sent, webhook_signature=written), SECRET)


@pytest.mark.parametrize("written", ["", "now", "nan", "inf", "1e400", "-1"])
def test_a_time_of_another_shape_is_refused(written: str) -> None:
    sent = body()

    with pytest.raises(ValueError, match=r".+"):
        hint(sent, headers(sent, webhook_timestamp=written), SECRET)


@pytest.mark.parametrize("missing", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_missing_header_is_refused(missing: str) -> None:
    sent = body()

    with pytest.raises(ValueError, match="headers"):
        hint(sent, {name: value for name, value in headers(sent).items() if name != missing}, SECRET)


def test_a_shop_without_a_secret_believes_nobody() -> None:
    sent = body()

    with pytest.raises(ValueError, match="secret"):
        hint(sent, headers(sent), "")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ValueError, match=r".+"):
        hint(b"\xff\xfe", headers(body()), SECRET)


def test_a_delivery_id_that_cannot_be_kept_is_refused() -> None:
    sent, moment, long_id = body(), now(), "m" * 201
    given = headers(sent, moment, webhook_id=long_id, webhook_signature=signature(sent, moment, webhook_id=long_id))

    with pytest.raises(ValueError, match="too long"):
        hint(sent, given, SECRET)


@pytest.mark.parametrize(
    "event",
    [
        "Transaction.Ready",
        "Transaction.Failed",
        "Transaction.PartialCancelled",
        "Transaction.DisputeCreated",
        "Transaction.OfTomorrow",
    ],
)
def test_every_event_about_a_payment_names_it(event: str) -> None:
    sent = body(PAID | {"type": event})

    assert hint(sent, headers(sent), SECRET).order_ref == "order-1"


@pytest.mark.parametrize("event", ["BillingKey.Issued", "Something.OfTomorrow"])
def test_events_about_other_things_name_no_payment(event: str) -> None:
    sent = body({"type": event, "data": {"billingKey": "b-1"}})

    assert hint(sent, headers(sent), SECRET) == Hint("msg-1", None, None)


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "Transaction.Paid",
        {},
        {"type": 7},
        {"type": "Transaction.Paid"},
        {"type": "Transaction.Paid", "data": []},
        {"type": "Transaction.Paid", "data": {}},
        {"type": "Transaction.Paid", "data": {"paymentId": ["order-1"]}},
        {"type": "Transaction.Paid", "data": {"paymentId": "o" * 65}},
    ],
)
def test_a_signed_body_of_another_shape_is_refused(document: Mapping[str, object] | None) -> None:
    sent = body(document)

    with pytest.raises(ValueError, match=r"webhook|type|data|paymentId"):
        hint(sent, headers(sent), SECRET)
