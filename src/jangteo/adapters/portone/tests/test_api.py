from __future__ import annotations

import hashlib

import pytest

from jangteo.adapters._wire import Answer
from jangteo.adapters.portone import codes
from jangteo.adapters.portone.api import PortOneAccount, refusal, wire_key
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown


@pytest.mark.parametrize("status", [400, 403, 404, 409])
@pytest.mark.parametrize("kind", sorted(codes.FINAL))
def test_a_final_type_is_a_refusal_with_any_4xx(kind: str, status: int) -> None:
    refused = refusal(Answer(status, {"type": kind, "message": "안 돼요."}))

    assert isinstance(refused, GatewayRejected)
    assert (refused.code, refused.message) == (kind, "안 돼요.")


@pytest.mark.parametrize("status", [302, 408, 429, 500, 502, 503])
def test_a_final_type_with_a_status_that_asks_for_patience_is_unknown(status: int) -> None:
    assert isinstance(refusal(Answer(status, {"type": "INVALID_REQUEST"})), GatewayUnknown)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (502, "PG_PROVIDER"),
        (409, "PG_PROVIDER"),
        (409, "IDEMPOTENCY_OUTSTANDING_REQUEST"),
        (409, "CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN"),
        (400, "TYPE_OF_TOMORROW"),
    ],
)
def test_a_type_that_may_hide_moved_money_is_unknown(status: int, kind: str) -> None:
    unknown = refusal(Answer(status, {"type": kind, "message": "안 돼요."}))

    assert isinstance(unknown, GatewayUnknown)
    assert str(unknown) == f"HTTP {status} {kind}"


@pytest.mark.parametrize("body", [None, [], {}, {"type": 7}, {"code": "INVALID_REQUEST"}, {"message": "안 돼요."}])
def test_an_error_in_another_shape_is_unknown(body: object) -> None:
    assert isinstance(refusal(Answer(400, body)), GatewayUnknown)


def test_a_refusal_without_a_message_is_still_one() -> None:
    refused = refusal(Answer(404, {"type": "PAYMENT_NOT_FOUND"}))

    assert isinstance(refused, GatewayRejected)
    assert refused.message == ""


@pytest.mark.parametrize("key", ["k", "refund:order-1:part:7:refused", "환불", "k" * 1_000])
def test_every_key_becomes_one_that_portone_takes(key: str) -> None:
    sent = wire_key(key)

    assert sent == f'"{hashlib.sha256(key.encode()).hexdigest()}"'
    assert 16 <= len(sent.strip('"')) <= 256


def test_no_key_is_no_key() -> None:
    with pytest.raises(ValueError, match="idempotency"):
        wire_key("")


def test_an_account_does_not_tell_its_secrets() -> None:
    account = PortOneAccount("store-1", "channel-key-1", "api-secret-1", "webhook-secret-1")

    assert "store-1" in repr(account)
    assert "secret-1" not in repr(account)
