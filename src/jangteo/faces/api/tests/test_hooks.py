from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from structlog.testing import capture_logs

from jangteo.domains.ordering.models import Order
from jangteo.faces.api import limits
from jangteo.faces.api.edge import MOST_BYTES
from jangteo.faces.api.tests.callers import Caller, wish
from jangteo.faces.api.tests.footprint import footprint
from jangteo.kernel import clock
from jangteo.kernel.models import InboxRow, OutboxRow
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

TOSS = "/hooks/toss/"
CLIENT = Client(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def noon(card: None) -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def order_ref(world: World) -> str:
    """What the gateway calls a card order that waits for its money."""
    placed = Caller().order(wish((world.tofu, 1), tender="card"))
    with in_market(world.market.pk):
        return Order.objects.get(token=placed.body["token"]).ref


def paid(order_ref: str, payment_key: str = "tviva20261120") -> bytes:
    data = {"paymentKey": payment_key, "orderId": order_ref, "status": "DONE"}
    return json.dumps(
        {"eventType": "PAYMENT_STATUS_CHANGED", "createdAt": "2026-11-20T12:00:00", "data": data}
    ).encode()


def deposited(order_ref: str) -> bytes:
    return json.dumps(
        {
            "createdAt": "2026-11-20T12:00:00.000000",
            "secret": "ps_secret",
            "orderId": order_ref,
            "status": "DONE",
            "transactionKey": "9FF15E1A29D0E77C218F57262BFA4986",
        }
    ).encode()


def send(body: bytes, delivery: str = "", path: str = TOSS) -> tuple[int, bytes]:
    headers = {"tosspayments-webhook-transmission-id": delivery} if delivery else {}
    response = CLIENT.post(path, body, "application/json", headers=headers)
    return response.status_code, response.content


def hints() -> list[str]:
    return list(OutboxRow.objects.filter(topic="payment.hint").values_list("payload__order_ref", flat=True))


@pytest.mark.parametrize("envelope", [paid, deposited])
def test_a_message_has_its_payment_read_again(order_ref: str, envelope: object) -> None:
    body = envelope(order_ref)  # type: ignore[operator]  # one of the two functions above

    assert send(body) == (200, b"")
    assert hints() == [order_ref]
    stored = InboxRow.objects.get()
    assert (stored.source, bytes(stored.body)) == ("toss", body)


def test_what_a_message_claims_is_not_believed(world: World, order_ref: str) -> None:
    send(paid(order_ref))

    with in_market(world.market.pk):
        assert Order.objects.get(ref=order_ref).state == "awaiting_payment"


def test_the_same_delivery_is_read_once(order_ref: str) -> None:
    assert [send(paid(order_ref), "delivery-1") for _ in range(3)] == [(200, b"")] * 3
    assert [send(paid(order_ref)) for _ in range(3)] == [(200, b"")] * 3
    assert send(paid(order_ref), "delivery-2") == (200, b"")

    assert hints() == [order_ref] * 3


def test_an_unknown_payment_is_heard_politely_and_noted(order_ref: str) -> None:
    before = footprint()

    with capture_logs() as logged:
        assert send(paid("nobody-ordered-this")) == (200, b"")

    assert [(line["event"], line["log_level"]) for line in logged] == [("hook_about_nothing_of_ours", "warning")]
    assert "nobody-ordered-this" not in str(logged)
    assert footprint() == before


def test_a_message_about_no_payment_changes_nothing(order_ref: str) -> None:
    before = footprint()

    assert send(json.dumps({"eventType": "CUSTOMER_STATUS_CHANGED", "data": {}}).encode()) == (200, b"")
    assert footprint() == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"eventType": "SOMETHING_ELSE"}',
        b'{"eventType": "PAYMENT_STATUS_CHANGED"}',
        b"{}",
    ],
)
def test_what_no_gateway_sends_is_refused(order_ref: str, body: bytes) -> None:
    before = footprint()

    with capture_logs() as logged:
        assert send(body) == (400, b"")

    assert [line["event"] for line in logged] == ["hook_malformed"]
    assert footprint() == before


def test_a_message_that_is_too_large_is_not_read(order_ref: str) -> None:
    assert send(paid(order_ref) + b" " * MOST_BYTES) == (413, b"")
    assert hints() == []


def test_only_posts_and_only_known_gateways(order_ref: str) -> None:
    assert CLIENT.get(TOSS).status_code == 405
    assert send(paid(order_ref), path="/hooks/nobody/") == (404, b"")
    assert hints() == []


def test_forged_messages_do_not_hammer_the_gateway(order_ref: str) -> None:
    most = limits.HINTS_OF_ORDER.most
    statuses = [send(paid(order_ref), f"forged-{number}")[0] for number in range(most + 5)]

    assert statuses == [200] * most + [429] * 5
    assert hints() == [order_ref] * most


def test_strangers_are_not_listened_to_for_ever(order_ref: str) -> None:
    most = limits.STRANGE_HOOKS.most
    with capture_logs() as logged:
        statuses = [send(paid(f"forged-{number}"))[0] for number in range(most + 5)]

    assert statuses == [200] * most + [429] * 5
    assert len(logged) == most
    assert send(paid(order_ref)) == (200, b"")
    assert hints() == [order_ref]


@pytest.mark.parametrize("secret", ["\x00", "\ud800", "비밀"])
def test_a_secret_of_strange_letters_is_heard_like_any_other(order_ref: str, secret: str) -> None:
    message = json.loads(deposited(order_ref)) | {"secret": secret}

    assert send(json.dumps(message).encode()) == (200, b"")
    assert hints() == [order_ref]
