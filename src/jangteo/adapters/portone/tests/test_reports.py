from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from jangteo.adapters._simulator.server import json_reply
from jangteo.adapters.portone.client import PortOneGateway
from jangteo.adapters.portone.reports import PortOneReports
from jangteo.adapters.portone.simulator import PortOneSimulator
from jangteo.adapters.portone.tests.practice import START, Watch, account_of, order
from jangteo.adapters.portone.tests.recorder import ACCOUNT, PATIENT_S, Recorder
from jangteo.domains.payments.ports import GatewayState, GatewayUnknown
from jangteo.domains.payments.reports_port import GatewayTransaction

DAY = timedelta(days=1)
EVENT = {
    "type": "CANCELLED",
    "id": "event-1",
    "paymentId": "order-1",
    "transactionId": "tx-1",
    "channel": {"type": "LIVE"},
    "createdAt": "2026-11-03T02:00:00Z",
    "currency": "KRW",
    "eventAmount": -30_000,
    "method": {"type": "PaymentMethodCard"},
}


@pytest.fixture
def reports(simulator: PortOneSimulator) -> Iterator[PortOneReports]:
    opened = PortOneReports(base_url=simulator.url, account=account_of(simulator), timeout_s=PATIENT_S, page=10)
    yield opened
    opened.close()


def listed(*items: object, page: int = 1_000) -> tuple[GatewayTransaction, ...]:
    """What becomes of an answer with these items."""
    with Recorder() as recorder:
        recorder.will_say(json_reply({"items": list(items)}))
        reports = PortOneReports(base_url=recorder.url, account=ACCOUNT, page=page)
        try:
            return reports.transactions(since=START, until=START + DAY)
        finally:
            reports.close()


def test_a_payment_and_each_of_its_cancellations_are_one_movement_each(
    simulator: PortOneSimulator, reports: PortOneReports, watch: Watch
) -> None:
    gateway = PortOneGateway(base_url=simulator.url, account=account_of(simulator), sdk_url=simulator.sdk_url)
    simulator.pay(order())
    for key, amount_won, tax_free_won in (("ref:1", 10_000, 0), ("ref:2", 20_000, 12_000)):
        watch.pass_by(timedelta(minutes=1))
        back = gateway.cancel(
            payment_key="order-0001", reason="품절", amount_won=amount_won, tax_free_won=tax_free_won, key=key
        )
    gateway.close()

    paid, part, rest = reports.transactions(since=START, until=START + DAY)

    assert [movement.amount_won for movement in (paid, part, rest)] == [30_000, -10_000, -20_000]
    assert [movement.state for movement in (paid, part, rest)] == [
        GatewayState.DONE,
        GatewayState.PART_CANCELLED,
        GatewayState.CANCELLED,
    ]
    assert [part.key, rest.key] == [cancel.key for cancel in back.cancels]
    assert (rest.order_ref, rest.method, rest.at) == ("order-0001", "카드", START + timedelta(minutes=2))


def test_a_cancellation_is_listed_on_its_own_day(
    simulator: PortOneSimulator, reports: PortOneReports, watch: Watch
) -> None:
    gateway = PortOneGateway(base_url=simulator.url, account=account_of(simulator), sdk_url=simulator.sdk_url)
    simulator.pay(order())
    watch.pass_by(DAY)
    gateway.cancel(payment_key="order-0001", reason="품절", amount_won=1_000, tax_free_won=0, key="ref:1")
    gateway.close()

    first, second = (
        reports.transactions(since=START + days * DAY, until=START + (days + 1) * DAY) for days in range(2)
    )

    assert [movement.amount_won for movement in first] == [30_000]
    assert [movement.amount_won for movement in second] == [-1_000]


def test_a_long_day_is_read_page_by_page(simulator: PortOneSimulator, reports: PortOneReports) -> None:
    ids = [f"order-{number:04}" for number in range(30)]
    for payment_id in ids:
        simulator.pay(order(payment_id))

    found = reports.transactions(since=START, until=START + DAY)

    assert [movement.order_ref for movement in found] == ids
    assert len({movement.key for movement in found}) == 30


def test_what_moved_no_money_is_not_listed(simulator: PortOneSimulator, reports: PortOneReports) -> None:
    simulator.open(order("order-0001"))
    simulator.dial.next_up("pay", "decline")
    simulator.pay(order("order-0002"))
    simulator.pay(order("order-0003"), channel_type="TEST")

    assert reports.transactions(since=START, until=START + DAY) == ()


@pytest.mark.parametrize("fault", ["server_error", "garbage", "broken"])
def test_a_list_that_fails_is_unknown(simulator: PortOneSimulator, reports: PortOneReports, fault: str) -> None:
    simulator.dial.next_up("list", fault)

    with pytest.raises(GatewayUnknown):
        reports.transactions(since=START, until=START + DAY)


def test_times_need_their_zone(reports: PortOneReports) -> None:
    with pytest.raises(ValueError, match="time zone"):
        reports.transactions(since=datetime(2026, 11, 3), until=START)  # noqa: DTZ001 - that is the point


def test_what_lies_outside_the_time_is_left_out_whatever_the_list_says() -> None:
    moments = ("2026-11-03T00:59:59Z", "2026-11-03T01:00:00Z", "2026-11-04T00:59:59Z", "2026-11-04T01:00:00Z")
    events = [EVENT | {"id": f"event-{number}", "createdAt": at} for number, at in enumerate(moments)]

    found = listed(*({"paymentEvent": event, "cursor": event["id"]} for event in reversed(events)))

    assert [movement.key for movement in found] == ["event-1", "event-2"]


def test_a_cancellation_that_portone_does_not_name_goes_by_its_event() -> None:
    (movement,) = listed({"paymentEvent": EVENT, "cursor": "c-1"})

    assert (movement.key, movement.amount_won) == ("event-1", -30_000)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "OF_TOMORROW"},
        {"currency": "USD"},
        {"createdAt": None},
        {"createdAt": "yesterday"},
        {"eventAmount": "-30000"},
        {"eventAmount": None},
        {"paymentId": ""},
        {"channel": None},
        {"id": None},
        {"cancellation": {}},
        {"type": "PAID", "transactionId": None},
    ],
)
def test_one_movement_that_cannot_be_read_spoils_the_list(changes: dict[str, object]) -> None:
    with pytest.raises(GatewayUnknown, match="unreadable movement"):
        listed({"paymentEvent": EVENT | changes, "cursor": "c-1"})


@pytest.mark.parametrize("item", [{"cursor": "c-1"}, {"paymentEvent": EVENT}, {"paymentEvent": [], "cursor": "c-1"}])
def test_an_item_of_another_shape_spoils_the_list(item: dict[str, object]) -> None:
    with pytest.raises(GatewayUnknown, match="unreadable movement"):
        listed(item)


def test_a_list_that_never_ends_is_not_read_for_ever() -> None:
    with Recorder() as recorder:
        recorder.will_say(json_reply({"items": [{"paymentEvent": EVENT, "cursor": "c-1"}]}))
        reports = PortOneReports(base_url=recorder.url, account=ACCOUNT, page=1)

        with pytest.raises(GatewayUnknown, match="circles"):
            reports.transactions(since=START, until=START + DAY)
        reports.close()

    first, second = (json.loads(sent.query["requestBody"]) for sent in recorder.requests)
    assert first == {
        "storeId": "store-1",
        "from": "2026-11-03T01:00:00+00:00",
        "until": "2026-11-04T01:00:00+00:00",
        "size": 1,
    }
    assert second == first | {"cursor": "c-1"}
