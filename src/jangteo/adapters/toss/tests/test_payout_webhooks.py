from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import pytest

from jangteo.adapters.toss.payout_webhooks import SIGNATURE, TRANSMISSION_TIME, hint, signature
from jangteo.adapters.toss.simulator import PracticeShop, TossSimulator
from jangteo.adapters.toss.tests.stage import Shop, Watch
from jangteo.adapters.toss.webhooks import hint as payment_hint
from jangteo.domains.payments.payouts_port import ForgedMessage, PayoutHint

KEY = "0123456789abcdef" * 4
TIME = "2026-11-03T10:00:00+09:00"
MESSAGE: dict[str, object] = {
    "eventType": "payout.changed",
    "createdAt": TIME,
    "version": "2022-11-16",
    "eventId": "event-1",
    "entityType": "payout",
    "entityBody": {"id": "FPA_1", "refPayoutId": "run-1", "status": "COMPLETED", "amount": {"value": 5000.0}},
}


def body(**changes: object) -> bytes:
    return json.dumps(MESSAGE | changes, ensure_ascii=False).encode()


def value(content: bytes, key: bytes, time: str = TIME) -> str:
    return base64.b64encode(signature(content, time, key)).decode()


def headers(content: bytes, key: bytes = KEY.encode()) -> dict[str, str]:
    return {SIGNATURE: f"v1:{value(content, b'old')},{value(content, key)}", TRANSMISSION_TIME: TIME}


def test_a_genuine_message_names_its_payout() -> None:
    assert hint(body(), headers(body()), KEY) == PayoutHint("event-1", "FPA_1", None)


def test_a_genuine_message_names_its_payee() -> None:
    content = body(eventType="seller.changed", entityBody={"id": "seller_1", "status": "APPROVED"})

    assert hint(content, headers(content), KEY) == PayoutHint("event-1", None, "seller_1")


def test_the_signature_is_over_the_raw_body_a_colon_and_the_time() -> None:
    # Made with: printf '%s' '{"a":1}:2026-11-03T10:00:00+09:00' | openssl dgst -sha256 -hmac key -binary | base64
    assert value(b'{"a":1}', b"key") == "ihE3AbDey6083oaW3j7V3TDTVrAj4ehedtYiJ+PfZtA="


@pytest.mark.parametrize("key", [KEY.encode(), bytes.fromhex(KEY)])
@pytest.mark.parametrize("form", ["v1:{0},{1}", "v1:{1},{0}", "v1:{0},v1:{1}", "v1:{1}", "v1: {0}, {1}"])
def test_either_value_and_either_form_of_the_key_will_do(key: bytes, form: str) -> None:
    written = form.format(value(body(), b"old"), value(body(), key))

    hint(body(), {SIGNATURE.title(): written, TRANSMISSION_TIME.title(): TIME}, KEY)


@pytest.mark.parametrize(
    "spoilt",
    [
        {},
        {SIGNATURE: "", TRANSMISSION_TIME: TIME},
        {SIGNATURE: "v1:", TRANSMISSION_TIME: TIME},
        {SIGNATURE: "v1:!!!,한글", TRANSMISSION_TIME: TIME},
        {SIGNATURE: "v1:" + value(body(), b"other"), TRANSMISSION_TIME: TIME},
        {SIGNATURE: "v1:" + value(body(), KEY.encode()), TRANSMISSION_TIME: "2026-11-03T10:00:01+09:00"},
        {SIGNATURE: "v1:" + value(body(), KEY.encode())},
        {SIGNATURE: "v1:" + value(body(), KEY.encode())[:-4], TRANSMISSION_TIME: TIME},
    ],
)
def test_a_message_whose_signature_does_not_fit_is_forged(spoilt: dict[str, str]) -> None:
    with pytest.raises(ForgedMessage):
        hint(body(), spoilt, KEY)


def test_a_body_written_anew_is_not_the_one_that_was_signed() -> None:
    anew = json.dumps(json.loads(body()), separators=(",", ":")).encode()

    with pytest.raises(ForgedMessage):
        hint(anew, headers(body()), KEY)


@pytest.mark.parametrize(
    "content",
    [
        b"null",
        b"{",
        body(eventType="PAYMENT_STATUS_CHANGED"),
        body(eventType=None),
        body(entityBody=None),
        body(entityBody={"id": ""}),
        body(eventId=None),
    ],
)
def test_a_signed_body_in_another_shape_is_refused_but_not_forged(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".+") as refused:
        hint(content, headers(content), KEY)

    assert not isinstance(refused.value, ForgedMessage)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Shop() as running:
        yield running


def test_the_practice_gateway_signs_what_it_sends_and_a_forgery_is_noticed(shop: Shop) -> None:
    practice = PracticeShop(webhook_url=shop.url)
    with TossSimulator(shop=practice, clock=Watch()) as simulator:
        account = ("004", "12345678901234")
        seller = simulator.payouts.register("stall-0001", "INDIVIDUAL", {}, account)
        simulator.dial.next_up("webhook", "forged")
        simulator.payouts.check_seller(seller.id, "PARTIALLY_APPROVED")
        genuine, forged = shop.next(), shop.next()

    assert hint(genuine.body, genuine.headers, practice.security_key).payee_key == seller.id
    assert payment_hint(genuine.body, genuine.headers).payment_key is None
    with pytest.raises(ForgedMessage):
        hint(forged.body, forged.headers, practice.security_key)
