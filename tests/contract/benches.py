"""Each adapter beside its simulator, in one shape, so that one suite can ask all of them the same questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum

from jangteo.adapters.kakaopay.access import KakaoPayShop
from jangteo.adapters.kakaopay.client import KakaoPayGateway
from jangteo.adapters.kakaopay.simulator import KakaoPaySimulator
from jangteo.adapters.portone.api import PortOneAccount
from jangteo.adapters.portone.client import PortOneGateway
from jangteo.adapters.portone.simulator import Order as PortOneOrder
from jangteo.adapters.portone.simulator import PortOneSimulator
from jangteo.adapters.solapi.client import SolapiSender
from jangteo.adapters.solapi.simulator import SolapiSimulator
from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.simulator import Order, TossSimulator
from jangteo.domains.payments.ports import CardGateway
from jangteo.domains.payments.redirect_port import Opened, ReturnUrls
from jangteo.domains.people.ports import TextSender

PATIENT_S = 20.0
HASTY_S = 0.3


class Lack(StrEnum):
    """What a gateway's protocol does not have. The suite then holds it to saying so, it skips nothing."""

    WEBHOOKS = "webhooks"
    BROWSER_SCRIPT = "browser_script"


@dataclass(frozen=True, slots=True)
class CardBench:
    """A gateway with its simulator.

    `hasty` is the same gateway that gives up after `HASTY_S`; `authorise` is the customer agreeing in the window
    (order, won, tax-free won -> payment key); `trouble` queues a fault for the next call of a kind; `claim` is a
    webhook body saying that a payment (key, order) is paid.
    """

    gateway: CardGateway
    hasty: CardGateway
    authorise: Callable[[str, int, int], str]
    trouble: Callable[[str, str], None]
    claim: Callable[[str, str], bytes]
    lacks: frozenset[Lack] = frozenset()


@dataclass(frozen=True, slots=True)
class TextBench:
    """A sender with its simulator. `arrived` lists (number, text) of what left, oldest first."""

    sender: TextSender
    hasty: TextSender
    trouble: Callable[[str, str], None]
    arrived: Callable[[], list[tuple[str, str]]]


@contextmanager
def toss() -> Iterator[CardBench]:
    with TossSimulator(seed=1) as simulator:
        simulator.dial.slow_ms = 20

        def connect(timeout_s: float) -> TossGateway:
            shop = simulator.shop
            return TossGateway(
                base_url=simulator.url,
                secret_key=shop.secret_key,
                client_key=shop.client_key,
                sdk_url=simulator.sdk_url,
                timeout_s=timeout_s,
            )

        def authorise(order_ref: str, amount_won: int, tax_free_won: int) -> str:
            order = Order(order_ref, "애호박 외 2건", amount_won, tax_free_won, "http://shop/ok", "http://shop/no")
            return simulator.authorise(order)

        def claim(payment_key: str, order_ref: str) -> bytes:
            data = {"paymentKey": payment_key, "orderId": order_ref, "status": "DONE"}
            return json.dumps({"eventType": "PAYMENT_STATUS_CHANGED", "data": data}).encode()

        with closing(connect(PATIENT_S)) as gateway, closing(connect(HASTY_S)) as hasty:
            yield CardBench(gateway, hasty, authorise, simulator.dial.next_up, claim)


@contextmanager
def kakaopay() -> Iterator[CardBench]:
    """Its calls are named for their addresses, and an approval has no status that could be an unknown one."""
    names = {"confirm": "approve", "read": "order", "read_order": "order"}
    faults = {("confirm", "unknown_status"): "strange_amount"}
    opened: dict[str, Opened] = {}
    urls = ReturnUrls("http://shop/ok", "http://shop/gave-up", "http://shop/no")
    with KakaoPaySimulator(seed=1) as simulator:
        simulator.dial.slow_ms = 20
        shop = KakaoPayShop(
            simulator.url, simulator.account.secret_key, simulator.account.cid, receipt_url=simulator.receipt_url
        )

        def connect(timeout_s: float) -> KakaoPayGateway:
            return KakaoPayGateway(shop=shop, find_opened=opened.get, timeout_s=timeout_s)

        def trouble(kind: str, fault: str) -> None:
            simulator.dial.next_up(names.get(kind, kind), faults.get((kind, fault), fault))

        with closing(connect(PATIENT_S)) as gateway, closing(connect(HASTY_S)) as hasty:

            def authorise(order_ref: str, amount_won: int, tax_free_won: int) -> str:
                redirect = gateway.ready(
                    order_ref=order_ref,
                    order_name="애호박 외 2건",
                    amount_won=amount_won,
                    tax_free_won=tax_free_won,
                    urls=urls,
                )
                opened[order_ref] = Opened(redirect.tid, simulator.authorise(redirect.tid))
                return redirect.tid

            def claim(payment_key: str, order_ref: str) -> bytes:
                return json.dumps({"tid": payment_key, "partner_order_id": order_ref}).encode()

            yield CardBench(gateway, hasty, authorise, trouble, claim, frozenset({Lack.WEBHOOKS, Lack.BROWSER_SCRIPT}))


@contextmanager
def portone() -> Iterator[CardBench]:
    """Its money moves in the window, so confirming is a read, and what befalls an answer befalls a read's."""
    kinds = {"confirm": "read", "read_order": "read"}
    faults = {"timeout_after_commit": "timeout", "broken_after_commit": "broken"}
    faults |= {"server_error_after_commit": "server_error"}
    with PortOneSimulator(seed=1) as simulator:
        simulator.dial.slow_ms = 20
        store = simulator.store
        account = PortOneAccount(store.store_id, store.channel_key, store.api_secret, store.webhook_secret)

        def connect(timeout_s: float) -> PortOneGateway:
            return PortOneGateway(
                base_url=simulator.url, account=account, sdk_url=simulator.sdk_url, timeout_s=timeout_s
            )

        def authorise(order_ref: str, amount_won: int, tax_free_won: int) -> str:
            return simulator.pay(PortOneOrder(order_ref, "애호박 외 2건", amount_won, tax_free_won, "http://shop/back"))

        def trouble(kind: str, fault: str) -> None:
            is_read = kinds.get(kind, kind) == "read"
            simulator.dial.next_up(kinds.get(kind, kind), faults.get(fault, fault) if is_read else fault)

        def claim(payment_key: str, order_ref: str) -> bytes:
            data = {"storeId": store.store_id, "paymentId": payment_key or order_ref, "transactionId": "t-1"}
            return json.dumps({"type": "Transaction.Paid", "timestamp": "2026-11-03T01:00:00Z", "data": data}).encode()

        with closing(connect(PATIENT_S)) as gateway, closing(connect(HASTY_S)) as hasty:
            yield CardBench(gateway, hasty, authorise, trouble, claim)


@contextmanager
def solapi() -> Iterator[TextBench]:
    with SolapiSimulator(seed=1) as simulator:
        simulator.dial.slow_ms = 20

        def connect(timeout_s: float) -> SolapiSender:
            account = simulator.account
            return SolapiSender(
                base_url=simulator.url,
                api_key=account.api_key,
                api_secret=account.api_secret,
                sender=account.sender,
                timeout_s=timeout_s,
            )

        def arrived() -> list[tuple[str, str]]:
            return [(text.draft.to, text.draft.text) for text in reversed(simulator.accepted())]

        with closing(connect(PATIENT_S)) as sender, closing(connect(HASTY_S)) as hasty:
            yield TextBench(sender, hasty, simulator.dial.next_up, arrived)


CARD_BENCHES: tuple[Callable[[], AbstractContextManager[CardBench]], ...] = (toss, kakaopay)
# Those whose money moves in the window, before anything is confirmed.
WINDOW_BENCHES: tuple[Callable[[], AbstractContextManager[CardBench]], ...] = (portone,)
TEXT_BENCHES: tuple[Callable[[], AbstractContextManager[TextBench]], ...] = (solapi,)
