"""Each adapter beside its simulator, in one shape, so that one suite can ask all of them the same questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass

from jangteo.adapters.solapi.client import SolapiSender
from jangteo.adapters.solapi.simulator import SolapiSimulator
from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.simulator import Order, TossSimulator
from jangteo.domains.payments.ports import CardGateway
from jangteo.domains.people.ports import TextSender

PATIENT_S = 20.0
HASTY_S = 0.3


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


CARD_BENCHES: tuple[Callable[[], AbstractContextManager[CardBench]], ...] = (toss,)
TEXT_BENCHES: tuple[Callable[[], AbstractContextManager[TextBench]], ...] = (solapi,)
