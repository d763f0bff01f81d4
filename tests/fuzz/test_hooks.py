"""Gateways' messages come from anybody who knows the address: whatever they hold, it is answered at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.payments import gateways
from jangteo.faces.api import limits
from jangteo.faces.api.limits import Limit
from jangteo.kernel.models import InboxRow, OutboxRow
from tests.world import make_world, order

ANY_TEXT = st.text(st.characters(), max_size=80)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT
ANY_JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner), max_leaves=8)
CLIENT = Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture(scope="module")
def order_ref(committed_db: str, toss: None) -> str:
    world = make_world()
    return order(world, (world.tofu, 1), tender="card").ref


@pytest.fixture(autouse=True)
def _no_end_of_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STRANGE_HOOKS", Limit("fuzz", 10**9, timedelta(minutes=10)))


@pytest.fixture(scope="module")
def toss() -> Iterator[None]:
    nowhere = "http://127.0.0.1:9"
    gateways.use({"toss": TossGateway(base_url=nowhere, sdk_url=nowhere, secret_key="test_sk", client_key="test_ck")})
    yield
    gateways.use({})


def envelopes(order_ref: str) -> st.SearchStrategy[bytes]:
    """Messages that look right in places and are wrong in others, with a real order's name now and then."""
    value = ANY_JSON | st.just(order_ref)
    payment = st.fixed_dictionaries({"paymentKey": value, "orderId": value, "status": value})
    events = st.sampled_from(["PAYMENT_STATUS_CHANGED", "CANCEL_STATUS_CHANGED", "payout.changed"]) | ANY_TEXT
    named = st.fixed_dictionaries({"eventType": events, "createdAt": value, "data": payment | value})
    deposit = st.fixed_dictionaries({"secret": value, "status": value, "transactionKey": value, "orderId": value})
    return st.binary(max_size=300) | (named | deposit | ANY_JSON).map(lambda message: json.dumps(message).encode())


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_message_breaks_anything(order_ref: str, data: st.DataObject) -> None:
    body = data.draw(envelopes(order_ref))
    delivery = data.draw(st.none() | st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=120))
    headers = {} if delivery is None else {"tosspayments-webhook-transmission-id": delivery}

    response = CLIENT.post("/hooks/toss/", body, "application/json", headers=headers)

    assert response.status_code in (200, 400, 429)
    assert response.content == b""
    hinted = OutboxRow.objects.filter(topic="payment.hint")
    assert InboxRow.objects.count() == hinted.count() <= limits.HINTS_OF_ORDER.most
    assert set(hinted.values_list("payload__order_ref", flat=True)) <= {order_ref}
