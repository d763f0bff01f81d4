from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply
from jangteo.adapters._wire import BadShape, Record
from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.reports import TossReports, settlement, transaction
from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.adapters.toss.simulator.payload import taxes
from jangteo.adapters.toss.simulator.reports import fee_won, weekdays_after
from jangteo.adapters.toss.tests.stage import Watch, order
from jangteo.domains.payments.ports import BankAccount, GatewayRejected, GatewayState, GatewayUnknown
from jangteo.domains.payments.reports_port import DatedBy, GatewaySettlement, GatewayTransaction

SINCE = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=1)
DAY = date(2026, 11, 3)
ROW = {
    "transactionKey": "TX-1",
    "paymentKey": "key-1",
    "orderId": "order-1",
    "method": "카드",
    "status": "DONE",
    "transactionAt": "2026-11-03T10:00:00+09:00",
    "amount": 34_000,
}
SETTLED = {
    "transactionKey": "TX-1",
    "paymentKey": "key-1",
    "orderId": "order-1",
    "method": "카드",
    "amount": 34_000,
    "fees": [{"type": "BASE", "fee": "800"}, {"type": "INSTALLMENT", "fee": "60"}],
    "supplyAmount": 782,
    "vat": 78,
    "payOutAmount": 33_140,
    "soldDate": "2021-12-30",
    "paidOutDate": "2022-01-01",
}


@pytest.fixture
def gateway(simulator: TossSimulator) -> Iterator[TossGateway]:
    shop = simulator.shop
    gateway = TossGateway(
        base_url=simulator.url, secret_key=shop.secret_key, client_key=shop.client_key, sdk_url=simulator.sdk_url
    )
    with closing(gateway):
        yield gateway


@pytest.fixture
def books(simulator: TossSimulator) -> Iterator[TossReports]:
    with closing(connect(simulator.url)) as opened:
        yield opened


def connect(url: str, page_size: int = 1_000) -> TossReports:
    return TossReports(base_url=url, secret_key="test_sk_practice", timeout_s=20, page_size=page_size)


def pay(simulator: TossSimulator, gateway: TossGateway, ref: str, won: int, *, account: bool = False) -> str:
    key = simulator.authorise(order(ref, won, account=account))
    gateway.confirm(payment_key=key, order_ref=ref, amount_won=won, key=f"cap:{ref}")
    return key


def back(gateway: TossGateway, payment_key: str, won: int, to: BankAccount | None = None) -> None:
    gateway.cancel(
        payment_key=payment_key, reason="품절", amount_won=won, tax_free_won=0, key=f"ref:{won}", refund_to=to
    )


def test_payments_and_cancels_are_a_row_each_under_their_own_keys(
    simulator: TossSimulator, gateway: TossGateway, books: TossReports, watch: Watch
) -> None:
    key = pay(simulator, gateway, "order-0001", 30_000)
    watch.pass_by(timedelta(minutes=1))
    back(gateway, key, 10_000)
    watch.pass_by(timedelta(minutes=1))
    back(gateway, key, 20_000)

    rows = books.transactions(since=SINCE, until=UNTIL)

    assert [(row.state, row.amount_won) for row in rows] == [
        (GatewayState.DONE, 30_000),
        (GatewayState.PART_CANCELLED, -10_000),
        (GatewayState.CANCELLED, -20_000),
    ]
    paid = gateway.read(payment_key=key)
    assert paid is not None
    assert [row.key for row in rows[1:]] == [cancel.key for cancel in paid.cancels]
    assert {(row.payment_key, row.order_ref, row.method) for row in rows} == {(key, "order-0001", "카드")}


def test_an_account_moves_nothing_before_the_deposit_nor_after_it_was_taken_back(
    simulator: TossSimulator, gateway: TossGateway, books: TossReports
) -> None:
    key = pay(simulator, gateway, "order-0001", 30_000, account=True)
    simulator.deposit(key)
    assert [row.amount_won for row in books.transactions(since=SINCE, until=UNTIL)] == [0, 30_000]

    simulator.undo_deposit(key)

    assert [row.amount_won for row in books.transactions(since=SINCE, until=UNTIL)] == [0, 0]
    assert books.settlements(first=DAY, last=DAY) == ()


def test_every_page_is_read(simulator: TossSimulator, gateway: TossGateway) -> None:
    refs = [f"order-{number:04}" for number in range(7)]
    for ref in refs:
        pay(simulator, gateway, ref, 1_000)

    with closing(connect(simulator.url, page_size=3)) as books:
        assert [row.order_ref for row in books.transactions(since=SINCE, until=UNTIL)] == refs
        assert [row.order_ref for row in books.settlements(first=DAY, last=DAY)] == refs


def test_the_end_of_a_range_is_not_in_it(
    simulator: TossSimulator, gateway: TossGateway, books: TossReports, watch: Watch
) -> None:
    pay(simulator, gateway, "order-0001", 1_000)

    assert books.transactions(since=SINCE, until=watch.moment) == ()
    assert len(books.transactions(since=watch.moment, until=UNTIL)) == 1


def test_a_time_without_a_zone_is_refused(books: TossReports) -> None:
    with pytest.raises(ValueError, match="zone"):
        books.transactions(since=SINCE.replace(tzinfo=None), until=UNTIL)


def test_a_settlement_comes_to_what_the_documents_show(
    simulator: TossSimulator, gateway: TossGateway, books: TossReports
) -> None:
    key = pay(simulator, gateway, "order-0001", 34_000)

    (row,) = books.settlements(first=DAY, last=DAY)

    assert (row.amount_won, row.fee_won, row.vat_won, row.paid_won) == (34_000, 860, 78, 33_140)
    assert (row.sold_on, row.paid_on) == (DAY, date(2026, 11, 5))
    assert (row.payment_key, row.order_ref) == (key, "order-0001")
    assert row.key == books.transactions(since=SINCE, until=UNTIL)[0].key


@pytest.mark.parametrize(("fee", "supply", "vat"), [(860, 782, 78), (1_492, 1_356, 136), (859_950, 781_773, 78_177)])
def test_a_fee_is_split_as_in_settlements_that_were_seen(fee: int, supply: int, vat: int) -> None:
    assert taxes(fee) == (supply, vat)


@pytest.mark.parametrize(("amount", "fee"), [(0, 0), (34_000, 860), (39, 0), (40, 1), (100, 2)])
def test_a_fee_is_rounded_down(amount: int, fee: int) -> None:
    assert fee_won(amount) == fee


def test_settlements_of_a_payment_in_parts_add_up_to_what_was_left(
    simulator: TossSimulator, gateway: TossGateway, books: TossReports
) -> None:
    key = pay(simulator, gateway, "order-0001", 34_001)
    for won in (7_001, 333, 12_345):
        back(gateway, key, won)
    rows = books.settlements(first=DAY, last=DAY)

    assert sum(row.amount_won for row in rows) == 14_322
    assert sum(row.fee_won for row in rows) == fee_won(14_322)
    assert all(row.paid_won == row.amount_won - row.fee_won for row in rows)
    assert all(row.fee_won <= 0 and row.vat_won <= 0 for row in rows[1:])

    back(gateway, key, 14_322)

    rows = books.settlements(first=DAY, last=DAY)
    assert (sum(row.amount_won for row in rows), sum(row.paid_won for row in rows)) == (0, 0)
    assert (sum(row.fee_won for row in rows), sum(row.vat_won for row in rows)) == (0, 0)


def test_settlements_are_found_by_either_day(
    simulator: TossSimulator, gateway: TossGateway, books: TossReports
) -> None:
    pay(simulator, gateway, "order-0001", 1_000)
    paid_on = date(2026, 11, 5)

    assert len(books.settlements(first=paid_on, last=paid_on, dated_by=DatedBy.PAID)) == 1
    assert books.settlements(first=paid_on, last=paid_on) == ()
    assert books.settlements(first=DAY, last=DAY, dated_by=DatedBy.PAID) == ()


def test_a_late_evening_belongs_to_its_korean_day(
    simulator: TossSimulator, gateway: TossGateway, books: TossReports, watch: Watch
) -> None:
    watch.moment = datetime(2026, 11, 6, 14, 59, 59, tzinfo=UTC)
    pay(simulator, gateway, "order-0001", 1_000)
    watch.pass_by(timedelta(seconds=1))
    pay(simulator, gateway, "order-0002", 1_000)

    rows = books.settlements(first=date(2026, 11, 6), last=date(2026, 11, 7))

    assert [row.sold_on for row in rows] == [date(2026, 11, 6), date(2026, 11, 7)]
    assert [row.paid_on for row in rows] == [date(2026, 11, 10), date(2026, 11, 10)]


def test_weekends_do_not_count() -> None:
    assert weekdays_after(date(2026, 11, 5)) == date(2026, 11, 9)


def test_scenario_19_the_dial_makes_each_kind_of_break(
    simulator: TossSimulator, gateway: TossGateway, books: TossReports
) -> None:
    pay(simulator, gateway, "order-0001", 34_000)
    pay(simulator, gateway, "order-0002", 10_000)
    honest = books.settlements(first=DAY, last=DAY)

    def spoilt(fault: str) -> tuple[GatewaySettlement, ...]:
        simulator.dial.next_up("settlements", fault)
        return books.settlements(first=DAY, last=DAY)

    assert [row.fee_won for row in spoilt("other_fee")] == [861, 253]
    assert spoilt("missing_row") == honest[1:]
    (stray,) = set(spoilt("extra_row")) - set(honest)
    assert (stray.key, stray.amount_won, stray.fee_won) == ("0" * 32, 1_000, 25)
    simulator.dial.next_up("transactions", "missing_row")
    assert [row.order_ref for row in books.transactions(since=SINCE, until=UNTIL)] == ["order-0002"]
    simulator.dial.next_up("transactions", "extra_row")
    assert len(books.transactions(since=SINCE, until=UNTIL)) == 3


@pytest.mark.parametrize("fault", ["server_error", "garbage"])
def test_a_report_with_a_page_that_fails_is_no_report(
    simulator: TossSimulator, gateway: TossGateway, fault: str
) -> None:
    pay(simulator, gateway, "order-0001", 1_000)
    pay(simulator, gateway, "order-0002", 1_000)
    simulator.dial.slow_ms = 1
    simulator.dial.next_up("transactions", "slow", fault)
    simulator.dial.next_up("settlements", "slow", fault)

    with closing(connect(simulator.url, page_size=1)) as books:
        with pytest.raises(GatewayUnknown):
            books.transactions(since=SINCE, until=UNTIL)
        with pytest.raises(GatewayUnknown):
            books.settlements(first=DAY, last=DAY)


def test_a_wrong_key_is_refused(simulator: TossSimulator) -> None:
    stranger = TossReports(base_url=simulator.url, secret_key="test_sk_other")
    with closing(stranger) as books, pytest.raises(GatewayRejected) as refused:
        books.settlements(first=DAY, last=DAY)

    assert refused.value.code == "UNAUTHORIZED_KEY"


class Treadmill(Simulator):
    """Gives the same page for ever."""

    def __init__(self) -> None:
        super().__init__(SimulatorServer())
        self.asked: list[Request] = []

    def handle(self, request: Request) -> Reply:
        self.asked.append(request)
        return json_reply([SETTLED if request.path.endswith("settlements") else ROW])


def test_pages_that_repeat_end_as_unknown() -> None:
    with Treadmill() as treadmill, closing(connect(treadmill.url)) as books:
        with pytest.raises(GatewayUnknown, match="no end"):
            books.transactions(since=SINCE, until=UNTIL)
        with pytest.raises(GatewayUnknown, match="no end"):
            books.settlements(first=DAY, last=DAY)

    assert [dict(sent.query) for sent in treadmill.asked] == [
        {"startDate": "2026-11-03T00:00:00", "endDate": "2026-11-04T00:00:00", "limit": "1000"},
        {
            "startDate": "2026-11-03T00:00:00",
            "endDate": "2026-11-04T00:00:00",
            "limit": "1000",
            "startingAfter": "TX-1",
        },
        *(
            {"startDate": "2026-11-03", "endDate": "2026-11-03", "dateType": "soldDate", "page": page, "size": "1000"}
            for page in ("1", "2")
        ),
    ]


def test_a_transaction_is_read() -> None:
    assert transaction(Record(ROW)) == GatewayTransaction(
        "TX-1", "key-1", "order-1", GatewayState.DONE, 34_000, "카드", datetime(2026, 11, 3, 1, 0, tzinfo=UTC)
    )


@pytest.mark.parametrize("amount", [34_000, -34_000])
def test_a_cancelled_amount_went_back_whatever_its_sign(amount: int) -> None:
    assert transaction(Record(ROW | {"status": "CANCELED", "amount": amount})).amount_won == -34_000


def test_a_settlement_is_read_from_its_halves() -> None:
    assert settlement(Record(SETTLED)) == GatewaySettlement(
        "TX-1", "key-1", "order-1", "카드", 34_000, 860, 78, 33_140, date(2021, 12, 30), date(2022, 1, 1)
    )


@pytest.mark.parametrize("changes", [{"status": "NEW"}, {"transactionAt": None}, {"amount": 1.5}, {"amount": None}])
def test_a_transaction_in_another_shape_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadShape):
        transaction(Record(ROW | changes))


@pytest.mark.parametrize(
    "changes", [{"vat": None}, {"supplyAmount": "782"}, {"soldDate": "today"}, {"paidOutDate": None}, {"amount": True}]
)
def test_a_settlement_in_another_shape_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadShape):
        settlement(Record(SETTLED | changes))
