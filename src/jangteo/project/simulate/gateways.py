"""The gateways of a simulation over real HTTP: what customers do in their windows, what they write, how they fail."""

from __future__ import annotations

import json
import random
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from jangteo.adapters._simulator.faults import Dial
from jangteo.adapters.kakaopay.access import KakaoPayShop
from jangteo.adapters.kakaopay.client import KakaoPayGateway
from jangteo.adapters.kakaopay.reports import KakaoPayReports
from jangteo.adapters.kakaopay.simulator import KakaoPaySimulator
from jangteo.adapters.portone.api import PortOneAccount
from jangteo.adapters.portone.client import PortOneGateway
from jangteo.adapters.portone.reports import PortOneReports
from jangteo.adapters.portone.simulator import Order as PortOneWindow
from jangteo.adapters.portone.simulator import PortOneSimulator
from jangteo.adapters.portone.simulator.book import Refusal as PortOneRefusal
from jangteo.adapters.portone.simulator.deliveries import Delivery, signed
from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.reports import TossReports
from jangteo.adapters.toss.simulator import Order as TossWindow
from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.domains.markets.models import Market
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.note_return import note_return
from jangteo.domains.payments.actions.open_window import open_window
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import CardGateway, PayBy
from jangteo.domains.payments.queries import opened_window
from jangteo.domains.payments.redirect_port import ReturnUrls
from jangteo.domains.payments.reports_port import GatewayReports, PaymentReports
from jangteo.kernel import ids
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.project.simulate.accidents import Accident, fragile
from jangteo.project.wiring import refuse_inside_transaction

CUSTOMER = Actor(ActorKind.CUSTOMER, "guest")
SHOP_URL = "http://shop/"
GOODS = "장보기"
# Afterwards nobody knows whether it was done.
LOST = ("broken_after_commit", "server_error_after_commit", "garbage", "server_error", "in_flight")
LOST_READS = ("server_error", "garbage")


@dataclass(frozen=True, slots=True)
class Letter:
    """A webhook on its way; the same letter may come any number of times. A forged one is signed by a stranger."""

    gateway: str
    body: bytes
    number: str
    forged: bool = False


class Practice(ABC):
    """A gateway with its simulator. `faults` are what can befall its calls, by kind of call.

    `agree` is a customer who agrees in the window; it answers the key under which they come back, or raises
    GatewayRejected or GatewayUnknown for a window that does not open.
    """

    gateway: CardGateway
    dial: Dial
    faults: Mapping[str, tuple[str, ...]]

    @abstractmethod
    def agree(self, market: Market, payment: Payment) -> str: ...


class WritingPractice(Practice):
    """One that sends webhooks: `letter` says so of a payment, true or not, and `headers` are what it comes with now.

    What it `signs` a stranger can send as well, but not sign.
    """

    signs = False

    @abstractmethod
    def letter(self, payment: Payment, claim: str, number: int) -> Letter: ...

    @abstractmethod
    def headers(self, letter: Letter) -> dict[str, str]: ...


class TossPractice(WritingPractice):
    gateway: TossGateway
    faults = MappingProxyType({"confirm": (*LOST, "decline", "decline"), "cancel": LOST, "read_order": LOST_READS})

    def __init__(self, simulator: TossSimulator) -> None:
        self.simulator, self.dial = simulator, simulator.dial
        self.gateway = TossGateway(
            base_url=simulator.url,
            sdk_url=simulator.sdk_url,
            secret_key=simulator.shop.secret_key,
            client_key=simulator.shop.client_key,
            before_call=refuse_inside_transaction,
        )

    def agree(self, market: Market, payment: Payment) -> str:
        by_account = payment.pay_by == PayBy.ACCOUNT
        method = ("VIRTUAL_ACCOUNT", gateways.deposit_hours()) if by_account else ("CARD",)
        amounts = (payment.amount_won, payment.tax_free_won)
        return self.simulator.authorise(TossWindow(payment.order_ref, GOODS, *amounts, SHOP_URL, SHOP_URL, *method))

    def letter(self, payment: Payment, claim: str, number: int) -> Letter:
        key = payment.payment_key or f"forged-{number}"
        data = {"paymentKey": key, "orderId": payment.order_ref, "status": claim}
        body = json.dumps({"eventType": "PAYMENT_STATUS_CHANGED", "data": data}).encode()
        return Letter(self.gateway.name, body, f"letter-{number}")

    def headers(self, letter: Letter) -> dict[str, str]:
        return {"tosspayments-webhook-transmission-id": letter.number}


class PortOnePractice(WritingPractice):
    """Its money moves while the customer is in the window, so whoever closes it afterwards has paid."""

    gateway: PortOneGateway
    signs = True
    faults = MappingProxyType({"pay": ("decline",), "cancel": LOST, "read": ("broken", *LOST_READS)})

    def __init__(self, simulator: PortOneSimulator) -> None:
        self.simulator, self.dial = simulator, simulator.dial
        store = simulator.store
        self.account = PortOneAccount(store.store_id, store.channel_key, store.api_secret, store.webhook_secret)
        self.gateway = PortOneGateway(
            base_url=simulator.url,
            sdk_url=simulator.sdk_url,
            account=self.account,
            before_call=refuse_inside_transaction,
        )

    def agree(self, market: Market, payment: Payment) -> str:
        amounts = (payment.amount_won, payment.tax_free_won)
        try:
            return self.simulator.pay(PortOneWindow(payment.order_ref, GOODS, *amounts, SHOP_URL))
        except PortOneRefusal:
            # Paid before, by somebody who did not come back; the window says so and sends the browser on.
            return payment.order_ref

    def letter(self, payment: Payment, claim: str, number: int) -> Letter:
        types = {"DONE": "Paid", "CANCELED": "Cancelled", "PARTIAL_CANCELED": "PartialCancelled"}
        data = {"storeId": self.simulator.store.store_id, "paymentId": payment.order_ref, "transactionId": "t-1"}
        kind = f"Transaction.{types.get(claim, 'Failed')}"
        body = json.dumps({"type": kind, "timestamp": "2026-03-02T01:00:00Z", "data": data}).encode()
        return Letter(self.gateway.name, body, f"letter-{number}")

    def headers(self, letter: Letter) -> dict[str, str]:
        """Signed now, by the clock on the wall: the check of a signature knows no other."""
        moment = datetime.fromtimestamp(time.time(), UTC)
        delivery = Delivery(letter.number, letter.body, forged=letter.forged)
        return signed(delivery, self.simulator.store.webhook_secret, moment)


class KakaoPractice(Practice):
    """It writes nothing: what nobody comes back with has to be asked for."""

    gateway: KakaoPayGateway
    faults = MappingProxyType({"approve": (*LOST, "decline", "decline"), "cancel": LOST, "order": LOST_READS})

    def __init__(self, simulator: KakaoPaySimulator) -> None:
        self.simulator, self.dial = simulator, simulator.dial
        self.shop = KakaoPayShop(simulator.url, simulator.account.secret_key, simulator.account.cid)
        self.gateway = KakaoPayGateway(shop=self.shop, find_opened=opened_window, before_call=refuse_inside_transaction)

    def agree(self, market: Market, payment: Payment) -> str:
        redirect = self.gateway.ready(
            order_ref=payment.order_ref,
            order_name=GOODS,
            amount_won=payment.amount_won,
            tax_free_won=payment.tax_free_won,
            urls=ReturnUrls(SHOP_URL, SHOP_URL, SHOP_URL),
        )
        key, ref = ids.new_token(), payment.order_ref
        open_window(market=market, actor=CUSTOMER, order_ref=ref, tid=redirect.tid, key=key)
        token = self.simulator.authorise(redirect.tid)
        return note_return(market=market, actor=CUSTOMER, order_ref=ref, key=key, token=token)


@dataclass(frozen=True, slots=True)
class Reporting:
    """By name: gateways that list what they moved, and those that are asked payment by payment."""

    listed: Mapping[str, GatewayReports]
    asked: Mapping[str, PaymentReports]


@dataclass(frozen=True, slots=True)
class Practices:
    """All of them, and by name as the program knows them."""

    toss: TossPractice
    portone: PortOnePractice
    kakaopay: KakaoPractice

    @property
    def by_name(self) -> dict[str, Practice]:
        return {one.gateway.name: one for one in (self.toss, self.portone, self.kakaopay)}

    @property
    def writing(self) -> dict[str, WritingPractice]:
        return {one.gateway.name: one for one in (self.toss, self.portone)}

    @property
    def gateways(self) -> dict[str, CardGateway]:
        return {name: one.gateway for name, one in self.by_name.items()}

    def offer(self, first: str, deposit_hours: int) -> None:
        """Let the shop offer all of them; cards go through `first`."""
        ours = self.gateways
        sorted_names = sorted(ours, key=lambda name: name != first)
        gateways.use({name: ours[name] for name in sorted_names}, deposit_hours=deposit_hours)

    @contextmanager
    def reporting(self) -> Iterator[Reporting]:
        """What they tell afterwards of what they moved."""
        toss, portone, kakaopay = self.toss.simulator, self.portone.simulator, self.kakaopay
        with (
            closing(TossReports(base_url=toss.url, secret_key=toss.shop.secret_key)) as of_toss,
            closing(PortOneReports(base_url=portone.url, account=self.portone.account)) as of_portone,
            closing(KakaoPayReports(shop=kakaopay.shop)) as of_kakaopay,
        ):
            yield Reporting({"toss": of_toss, "portone": of_portone}, {"kakaopay": of_kakaopay})

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        for one in self.by_name.values():
            one.dial.reset()


@contextmanager
def practising(
    seed: int, clock: Callable[[], datetime], accident: Accident, forgetful: random.Random | None
) -> Iterator[Practices]:
    """The gateways, well and with no payments yet."""
    with ExitStack() as stack:
        toss = TossPractice(stack.enter_context(TossSimulator(seed=seed, clock=clock)))
        portone = PortOnePractice(stack.enter_context(PortOneSimulator(seed=seed, clock=clock)))
        kakaopay = KakaoPractice(stack.enter_context(KakaoPaySimulator(seed=seed, clock=clock)))
        stack.enter_context(closing(fragile(toss.gateway, accident, forgetful)))
        stack.enter_context(closing(fragile(portone.gateway, accident, forgetful)))
        stack.enter_context(closing(fragile(kakaopay.gateway, accident, forgetful)))
        stack.callback(gateways.use, {})
        yield Practices(toss, portone, kakaopay)
