"""The report of each gateway beside its simulator, in one shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from jangteo.adapters.kakaopay.access import KakaoPayShop
from jangteo.adapters.kakaopay.client import KakaoPayGateway
from jangteo.adapters.kakaopay.reports import KakaoPayReports
from jangteo.adapters.kakaopay.simulator import KakaoPaySimulator
from jangteo.adapters.portone.api import PortOneAccount
from jangteo.adapters.portone.client import PortOneGateway
from jangteo.adapters.portone.reports import PortOneReports
from jangteo.adapters.portone.simulator import Order as PortOneOrder
from jangteo.adapters.portone.simulator import PortOneSimulator
from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.reports import TossReports
from jangteo.adapters.toss.simulator import Order, TossSimulator
from jangteo.domains.payments.ports import CardGateway
from jangteo.domains.payments.redirect_port import Opened, ReturnUrls
from jangteo.domains.payments.reports_port import GatewayReports, GatewayTransaction
from tests.contract.benches import PATIENT_S

START = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SMALL_PAGE = 3


@dataclass
class Watch:
    """The gateway's clock, which stands still until it is moved."""

    moment: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.moment


@dataclass(frozen=True, slots=True)
class ReportBench:
    """A gateway with its simulator.

    `window` opens one for an order (order, won -> payment key), `pay` is paying in it; `told` is what the report says
    of one payment; `trouble` queues a fault for its next call; `stranger` asks with a key that is not known. `lists`
    and `short` are the report itself, with its usual pages and with short ones, where the gateway has lists.
    """

    gateway: CardGateway
    watch: Watch
    window: Callable[[str, int], str]
    pay: Callable[[str, int], str]
    told: Callable[[str], tuple[GatewayTransaction, ...]]
    trouble: Callable[[str], None]
    stranger: Callable[[], object]
    lists: GatewayReports | None = None
    short: GatewayReports | None = None


def _of_payment(reports: GatewayReports, watch: Watch) -> Callable[[str], tuple[GatewayTransaction, ...]]:
    def told(payment_key: str) -> tuple[GatewayTransaction, ...]:
        rows = reports.transactions(since=START - DAY, until=watch.moment + DAY)
        return tuple(row for row in rows if row.payment_key == payment_key)

    return told


@contextmanager
def toss() -> Iterator[ReportBench]:
    watch = Watch()
    with TossSimulator(seed=1, clock=watch) as simulator:
        shop = simulator.shop
        gateway = TossGateway(
            base_url=simulator.url, secret_key=shop.secret_key, client_key=shop.client_key, sdk_url=simulator.sdk_url
        )

        def connect(key: str, size: int = 1_000) -> TossReports:
            return TossReports(base_url=simulator.url, secret_key=key, timeout_s=PATIENT_S, page_size=size)

        def window(ref: str, won: int) -> str:
            return simulator.authorise(Order(ref, "애호박 외 2건", won, 0, "http://shop/ok", "http://shop/no"))

        def pay(ref: str, won: int) -> str:
            key = window(ref, won)
            gateway.confirm(payment_key=key, order_ref=ref, amount_won=won, key=f"cap:{ref}")
            return key

        with (
            closing(gateway),
            closing(connect(shop.secret_key)) as lists,
            closing(connect(shop.secret_key, SMALL_PAGE)) as short,
            closing(connect("test_sk_other")) as other,
        ):
            yield ReportBench(
                gateway,
                watch,
                window,
                pay,
                _of_payment(lists, watch),
                lambda fault: simulator.dial.next_up("transactions", fault),
                lambda: other.transactions(since=START, until=START + DAY),
                lists,
                short,
            )


@contextmanager
def portone() -> Iterator[ReportBench]:
    watch = Watch()
    with PortOneSimulator(seed=1, clock=watch) as simulator:
        store = simulator.store
        gateway = PortOneGateway(base_url=simulator.url, account=_account(simulator), sdk_url=simulator.sdk_url)

        def connect(secret: str, size: int = 1_000) -> PortOneReports:
            account = PortOneAccount(store.store_id, store.channel_key, secret)
            return PortOneReports(base_url=simulator.url, account=account, timeout_s=PATIENT_S, page=size)

        def order(ref: str, won: int) -> PortOneOrder:
            return PortOneOrder(ref, "애호박 외 2건", won, 0, "http://shop/back")

        with (
            closing(gateway),
            closing(connect(store.api_secret)) as lists,
            closing(connect(store.api_secret, SMALL_PAGE)) as short,
            closing(connect("another secret")) as other,
        ):
            yield ReportBench(
                gateway,
                watch,
                lambda ref, won: simulator.open(order(ref, won)),
                lambda ref, won: simulator.pay(order(ref, won)),
                _of_payment(lists, watch),
                lambda fault: simulator.dial.next_up("list", fault),
                lambda: other.transactions(since=START, until=START + DAY),
                lists,
                short,
            )


def _account(simulator: PortOneSimulator) -> PortOneAccount:
    store = simulator.store
    return PortOneAccount(store.store_id, store.channel_key, store.api_secret, store.webhook_secret)


@contextmanager
def kakaopay() -> Iterator[ReportBench]:
    """It has no lists: it is asked about each payment by its tid."""
    watch, opened = Watch(), dict[str, Opened]()
    urls = ReturnUrls("http://shop/ok", "http://shop/gave-up", "http://shop/no")
    with KakaoPaySimulator(seed=1, clock=watch) as simulator:

        def shop(secret: str) -> KakaoPayShop:
            return KakaoPayShop(simulator.url, secret, simulator.account.cid)

        known = shop(simulator.account.secret_key)
        gateway = KakaoPayGateway(shop=known, find_opened=opened.get, timeout_s=PATIENT_S)

        def window(ref: str, won: int) -> str:
            name = "애호박 외 2건"
            return gateway.ready(order_ref=ref, order_name=name, amount_won=won, tax_free_won=0, urls=urls).tid

        def pay(ref: str, won: int) -> str:
            tid = window(ref, won)
            opened[ref] = Opened(tid, simulator.authorise(tid))
            gateway.confirm(payment_key=tid, order_ref=ref, amount_won=won, key=f"cap:{ref}")
            return tid

        with (
            closing(gateway),
            closing(KakaoPayReports(shop=known, timeout_s=PATIENT_S)) as reports,
            closing(KakaoPayReports(shop=shop("another key"), timeout_s=PATIENT_S)) as other,
        ):
            yield ReportBench(
                gateway,
                watch,
                window,
                pay,
                lambda key: reports.movements(payment_key=key),
                lambda fault: simulator.dial.next_up("order", fault),
                lambda: other.movements(payment_key="T1"),
            )


REPORT_BENCHES: tuple[Callable[[], AbstractContextManager[ReportBench]], ...] = (toss, portone, kakaopay)
# Those that list everything of a time.
LIST_BENCHES = (toss, portone)
