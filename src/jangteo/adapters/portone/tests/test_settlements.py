from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from jangteo.adapters._simulator.server import json_reply
from jangteo.adapters.portone.settlements import Amounts, PartnerSettlement, PortOneSettlements
from jangteo.adapters.portone.simulator import PortOneSimulator, PracticeSettlement
from jangteo.adapters.portone.tests.practice import account_of
from jangteo.adapters.portone.tests.recorder import ACCOUNT, PATIENT_S, Recorder, problem
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
SALE = PracticeSettlement("s-1", "stall-1", "ORDER", MONDAY, 8_900, 10_000, 1_000, 100)
GIVEN_BACK = PracticeSettlement("s-2", "stall-1", "ORDER_CANCEL", MONDAY, -8_900, -10_000, -1_000, -100)
BY_HAND = PracticeSettlement("s-3", "stall-2", "MANUAL", TUESDAY, 500)


@pytest.fixture
def simulator() -> Iterator[PortOneSimulator]:
    with PortOneSimulator(seed=1) as running:
        running.settle(SALE, GIVEN_BACK, BY_HAND)
        yield running


@pytest.fixture
def settlements(simulator: PortOneSimulator) -> Iterator[PortOneSettlements]:
    opened = PortOneSettlements(base_url=simulator.url, account=account_of(simulator), timeout_s=PATIENT_S)
    yield opened
    opened.close()


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture
def recorded(recorder: Recorder) -> Iterator[PortOneSettlements]:
    opened = PortOneSettlements(base_url=recorder.url, account=ACCOUNT, timeout_s=PATIENT_S)
    yield opened
    opened.close()


def test_a_sale_is_settled_less_the_fee_and_its_vat(settlements: PortOneSettlements) -> None:
    sale, given_back = settlements.on_days([MONDAY])

    assert sale == PartnerSettlement(
        id="s-1",
        partner_id="stall-1",
        kind="ORDER",
        status="PAYOUT_SCHEDULED",
        day=MONDAY,
        amounts=Amounts(
            settlement_won=8_900,
            settlement_tax_free_won=0,
            order_won=10_000,
            payment_won=10_000,
            platform_fee_won=1_000,
            platform_fee_vat_won=100,
        ),
    )
    assert (given_back.kind, given_back.amounts.settlement_won) == ("ORDER_CANCEL", -8_900)


def test_days_are_chosen(settlements: PortOneSettlements) -> None:
    (by_hand,) = settlements.on_days([TUESDAY])

    assert (by_hand.kind, by_hand.amounts) == ("MANUAL", Amounts(500, 0))
    assert settlements.on_days([date(2026, 11, 4)]) == []
    assert len(settlements.on_days([MONDAY, TUESDAY])) == 3


def test_a_long_list_is_read_to_its_end(simulator: PortOneSimulator, settlements: PortOneSettlements) -> None:
    day = date(2026, 11, 9)
    simulator.settle(*(replace(SALE, id=f"more-{number}", day=day) for number in range(250)))

    found = settlements.on_days([day])

    assert [settlement.id for settlement in found] == [f"more-{number}" for number in range(250)]


def test_a_transfer_is_read_by_its_id(settlements: PortOneSettlements) -> None:
    sale, by_hand = settlements.transfer(transfer_id="s-1"), settlements.transfer(transfer_id="s-3")

    assert sale is not None
    assert by_hand is not None
    assert (sale.status, sale.amounts.platform_fee_won) == ("SCHEDULED", 1_000)
    assert (by_hand.kind, by_hand.amounts) == ("MANUAL", Amounts(500, 0))
    assert settlements.transfer(transfer_id="nobody-knows") is None


@pytest.mark.parametrize("transfer_id", ["", ".."])
def test_an_id_leads_nowhere_else(settlements: PortOneSettlements, transfer_id: str) -> None:
    with pytest.raises(GatewayRejected):
        settlements.transfer(transfer_id=transfer_id)


@pytest.mark.parametrize("fault", ["server_error", "garbage", "broken"])
def test_a_read_that_fails_is_unknown(simulator: PortOneSimulator, settlements: PortOneSettlements, fault: str) -> None:
    simulator.dial.next_up("settlements", fault)

    with pytest.raises(GatewayUnknown):
        settlements.on_days([MONDAY])


def test_the_list_is_asked_for_in_the_query(recorded: PortOneSettlements, recorder: Recorder) -> None:
    recorder.will_say(json_reply({"items": [], "page": {"number": 0, "size": 100, "totalCount": 0}}))

    assert recorded.on_days([MONDAY]) == []

    (sent,) = recorder.requests
    assert (sent.method, sent.path, sent.body) == ("GET", "/platform/partner-settlements", b"")
    assert json.loads(sent.query["requestBody"]) == {
        "filter": {"settlementDates": ["2026-11-02"]},
        "page": {"number": 0, "size": 100},
        "isForTest": False,
    }


def test_half_a_list_is_no_list(recorded: PortOneSettlements, recorder: Recorder) -> None:
    recorder.will_say(json_reply({"items": [], "page": {"number": 0, "size": 100, "totalCount": 7}}))

    with pytest.raises(GatewayUnknown, match="0 of 7"):
        recorded.on_days([MONDAY])


ITEM = {"type": "MANUAL", "id": "s-1", "partner": {"id": "stall-1"}, "status": "PAID_OUT", "amount": 1} | {
    "taxFreeAmount": 0,
    "settlementDate": "2026-11-02",
    "settlementCurrency": "KRW",
}


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "OF_TOMORROW"},
        {"settlementCurrency": "USD"},
        {"settlementDate": "2026-13-01"},
        {"settlementDate": 20261102},
        {"amount": "1"},
        {"amount": 1.5},
        {"amount": True},
        {"taxFreeAmount": None},
        {"type": "ORDER"},
        {"partner": "stall-1"},
        {"id": ""},
    ],
)
def test_a_settlement_of_another_shape_is_unknown(
    recorded: PortOneSettlements, recorder: Recorder, changes: dict[str, object]
) -> None:
    recorder.will_say(json_reply({"items": [ITEM | changes], "page": {"totalCount": 1}}))

    with pytest.raises(GatewayUnknown, match="unreadable settlement"):
        recorded.on_days([MONDAY])


def test_a_shop_without_partner_settlement_is_told_so(recorded: PortOneSettlements, recorder: Recorder) -> None:
    recorder.will_say(problem("PLATFORM_NOT_ENABLED", 403))

    with pytest.raises(GatewayUnknown, match="PLATFORM_NOT_ENABLED"):
        recorded.on_days([MONDAY])
