"""All gateways that customers pay through, practised over real HTTP, with the shop's own pages in front of them."""

from __future__ import annotations

import queue
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape

import httpx
from django.test import Client

from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer
from jangteo.adapters._wire import tls
from jangteo.adapters.kakaopay.access import KakaoPayShop
from jangteo.adapters.kakaopay.client import KakaoPayGateway
from jangteo.adapters.kakaopay.simulator import KakaoPaySimulator
from jangteo.adapters.portone.api import PortOneAccount
from jangteo.adapters.portone.client import PortOneGateway
from jangteo.adapters.portone.simulator import Order as PortOneOrder
from jangteo.adapters.portone.simulator import PortOneSimulator, PracticeStore
from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.simulator import Order as TossOrder
from jangteo.adapters.toss.simulator import PracticeShop, TossSimulator
from jangteo.domains.catalog.models import Good
from jangteo.domains.ledger.models import Entry
from jangteo.domains.ledger.queries import balances_won
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.effects import CardEffects
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments import gateways
from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.payments.ports import CardGateway
from jangteo.domains.payments.queries import opened_window
from jangteo.kernel import clock
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, NOON, World, wants

HASTY_S = 0.5
PATIENCE_S = 20.0


class Letterbox(Simulator):
    """Receives webhooks and keeps them until somebody reads them."""

    def __init__(self) -> None:
        super().__init__(SimulatorServer())
        self.received: queue.Queue[Request] = queue.Queue()

    def handle(self, request: Request) -> Reply:
        self.received.put(request)
        return Reply()


class Street:
    """The gateways' simulators, the adapters, the worker and a browser, all at one `moment` that tests move on."""

    def __init__(self, world: World, letters: Letterbox, toss: TossSimulator, more: Simulators) -> None:
        self.world, self.letters, self.toss = world, letters, toss
        self.portone, self.kakao, self.watch = more
        ours = (_toss(toss, self._count_call), _portone(self.portone), _kakao(self.kakao))
        self.gateways: dict[str, CardGateway] = {one.name: one for one in ours}
        self._connections = ours
        self.effects = CardEffects(self.gateways)
        self.browser = Client()
        self.toss_calls = 0

    def close(self) -> None:
        for one in self._connections:
            one.close()

    def _count_call(self) -> None:
        self.toss_calls += 1

    def offer(self, *names: str) -> None:
        """Set up only these gateways in the shop."""
        gateways.use({name: self.gateways[name] for name in names})

    def order(self, *lines: tuple[Good, int], way: str = "card") -> PlacedOrder:
        """A guest's order that is paid ahead this way."""
        wanted = replace(wants(*lines, tender="card"), way=way)
        with self.now():
            return place_order(market=self.world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()))

    @contextmanager
    def now(self) -> Iterator[None]:
        with clock.at(self.watch.moment), in_market(self.world.market.pk):
            yield

    def pass_by(self, **time: float) -> None:
        self.watch.moment += timedelta(**time)

    def work(self) -> None:
        """Do what is due by now, over and over until nothing is."""
        handlers = {
            "payment.confirm": self.effects.confirm,
            "payment.refund": self.effects.refund,
            "payment.hint": self.effects.read_hint,
        }
        with clock.at(self.watch.moment):
            while deliver_due(handlers):
                pass

    def sweep(self) -> None:
        with clock.at(self.watch.moment):
            self.effects.sweep()

    def get(self, address: str) -> int:
        with clock.at(self.watch.moment):
            return int(self.browser.get(address).status_code)

    def pay_page(self, placed: PlacedOrder) -> dict[str, str]:
        """What the button of the page before the window holds for the gateway's script."""
        with clock.at(self.watch.moment):
            html = self.browser.get(f"/jangteo/pay/{placed.token}/").content.decode()
        return {name: unescape(value) for name, value in re.findall(r'data-([a-z-]+)="([^"]*)"', html)}

    def window(self, placed: PlacedOrder) -> str:
        """The customer agrees in the Toss window. Answers the payment key."""
        page = self.pay_page(placed)
        hours = page["due-hours"]
        method = ("VIRTUAL_ACCOUNT", int(hours)) if hours else ("CARD",)
        amounts = int(page["amount"]), int(page["tax-free"])
        return self.toss.authorise(
            TossOrder(page["order-id"], page["order-name"], *amounts, page["success"], page["fail"], *method)
        )

    def come_back(self, placed: PlacedOrder, key: str, **change: str) -> int:
        """The browser returns from the Toss window."""
        told = {"paymentKey": key, "orderId": placed.ref, "amount": str(placed.pay_won), **change}
        return self.get(f"/jangteo/pay/{placed.token}/done/?{httpx.QueryParams(told)}")

    def pay_at_portone(self, placed: PlacedOrder) -> str:
        """The customer pays in the PortOne window. Answers where the browser is sent back to."""
        page = self.pay_page(placed)
        amounts = int(page["amount"]), int(page["tax-free"])
        self.portone.pay(PortOneOrder(page["order-id"], page["order-name"], *amounts, page["success"]))
        return f"/jangteo/pay/{placed.token}/done/?paymentId={page['order-id']}&txId={uuid.uuid4()}"

    def pay_at_portone_unasked(self, placed: PlacedOrder) -> None:
        """The customer pays in a window that was left open."""
        payment = self.payment(placed)
        amounts = payment.amount_won, payment.tax_free_won
        self.portone.pay(PortOneOrder(placed.ref, "장보기", *amounts, "http://testserver/"))

    def sweep_account(self, placed: PlacedOrder) -> None:
        """Let the sweep find a deposit that nobody told of."""
        self.pass_by(minutes=11)
        self.sweep()
        self.work()

    def open_kakao(self, placed: PlacedOrder) -> str:
        """The customer presses the button. Answers the address of KakaoPay's window."""
        with clock.at(self.watch.moment):
            return str(self.browser.post(f"/jangteo/pay/{placed.token}/")["Location"])

    def agree_at_kakao(self, window: str, button: str = "pay") -> str:
        """The customer presses a button there. Answers where the browser is sent back to, without its origin."""
        name = window.rpartition("/")[2]
        with httpx.Client(verify=tls()) as http:
            left = http.post(f"{self.kakao.url}/window/{button}", data={"window": name})
        return left.headers["Location"].removeprefix("http://testserver")

    def hooks(self, count: int, *, change: bytes = b"") -> list[int]:
        """Hand the next webhooks to the shop; `change` takes the place of their last bytes."""
        return [self.hook(self.letters.received.get(timeout=PATIENCE_S), change=change) for _ in range(count)]

    def hook(self, sent: Request, *, change: bytes = b"") -> int:
        body = sent.body[: len(sent.body) - len(change)] + change
        headers = {name: value for name, value in sent.headers.items() if name not in ("host", "content-length")}
        with clock.at(self.watch.moment):
            return int(self.browser.post(sent.path, body, "application/json", headers=headers).status_code)

    def states(self, placed: PlacedOrder) -> tuple[str, str]:
        return self.order_of(placed).state, self.payment(placed).state

    def order_of(self, placed: PlacedOrder) -> Order:
        with self.now():
            return Order.objects.get(pk=placed.order_id)

    def parts(self, placed: PlacedOrder) -> list[str]:
        with self.now():
            return list(self.order_of(placed).parts.order_by("pk").values_list("state", flat=True))

    def payment(self, placed: PlacedOrder) -> Payment:
        with self.now():
            return Payment.objects.get(order_ref=placed.ref)

    def refunds(self, placed: PlacedOrder) -> list[tuple[int, int, str]]:
        with self.now():
            rows = Refund.objects.filter(payment__order_ref=placed.ref).order_by("pk")
            return list(rows.values_list("amount_won", "tax_free_won", "state"))

    def book(self) -> dict[str, int]:
        """Balances that are not zero."""
        with self.now():
            return balances_won("")

    def entries(self) -> list[str]:
        """Kinds of all entries, oldest first."""
        with self.now():
            return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


class Watch:
    """The time of all simulators."""

    moment = NOON

    def __call__(self) -> datetime:
        return self.moment


Simulators = tuple[PortOneSimulator, KakaoPaySimulator, Watch]


@contextmanager
def street(world: World) -> Iterator[Street]:
    """Inside, everything runs, and Toss and KakaoPay are offered."""
    watch = Watch()
    with Letterbox() as letters:
        hook = f"{letters.url}/hooks"
        with (
            TossSimulator(shop=PracticeShop(webhook_url=f"{hook}/toss/"), seed=1, clock=watch) as toss,
            PortOneSimulator(store=PracticeStore(webhook_url=f"{hook}/portone/"), seed=1, clock=watch) as portone,
            KakaoPaySimulator(seed=1, clock=watch) as kakao,
        ):
            built = Street(world, letters, toss, (portone, kakao, watch))
            built.offer("toss", "kakaopay")
            yield built
            gateways.use({})
            built.close()


def _toss(simulator: TossSimulator, before_call: Callable[[], None]) -> TossGateway:
    shop = simulator.shop
    return TossGateway(
        base_url=simulator.url,
        sdk_url=simulator.sdk_url,
        secret_key=shop.secret_key,
        client_key=shop.client_key,
        timeout_s=HASTY_S,
        before_call=before_call,
    )


def _portone(simulator: PortOneSimulator) -> PortOneGateway:
    store = simulator.store
    account = PortOneAccount(store.store_id, store.channel_key, store.api_secret, store.webhook_secret)
    return PortOneGateway(base_url=simulator.url, sdk_url=simulator.sdk_url, account=account, timeout_s=HASTY_S)


def _kakao(simulator: KakaoPaySimulator) -> KakaoPayGateway:
    practice = simulator.account
    shop = KakaoPayShop(simulator.url, practice.secret_key, practice.cid, window_urls=(simulator.url,))
    return KakaoPayGateway(shop=shop, find_opened=opened_window, timeout_s=HASTY_S)
