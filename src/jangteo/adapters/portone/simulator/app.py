"""The practice gateway: PortOne V2's protocol over real HTTP, for demonstrations and tests.

State is kept in memory only: after a restart it knows none of the earlier payments.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from jangteo.adapters._simulator.faults import DIAL_PATH, Dial
from jangteo.adapters._simulator.pages import STYLESHEET_PATH, asset, stylesheet
from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer
from jangteo.adapters.portone.simulator import deliveries, window
from jangteo.adapters.portone.simulator.book import Book, Order, PracticePayment, Refusal
from jangteo.adapters.portone.simulator.faults import FAULTS, NOT_FOUND
from jangteo.adapters.portone.simulator.rest import Rest
from jangteo.adapters.portone.simulator.settlements import PracticeSettlement
from jangteo.adapters.portone.simulator.store import PracticeStore
from jangteo.kernel.clock import now

SDK_PATH = "/v2/browser-sdk.js"
API_PATHS = ("/payments/", "/payment-events-by-cursor", "/cash-receipts", "/platform/")


class PortOneSimulator(Simulator):
    """Use as a context manager, or `serve()` in a process of its own. `dial` makes things go wrong."""

    def __init__(
        self,
        *,
        store: PracticeStore | None = None,
        server: SimulatorServer | None = None,
        seed: int | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__(server or SimulatorServer())
        self.store = store or PracticeStore()
        self.dial = Dial(FAULTS, seed)
        self._clock = clock
        self._book = Book(clock=clock, seed=seed, changed=self._announce)
        self._rest = Rest(store=self.store, server=self.server, book=self._book, dial=self.dial, clock=clock)
        self._courier = deliveries.Courier(
            url=self.store.webhook_url,
            secret=self.store.webhook_secret,
            dial=self.dial,
            waits_s=self.store.webhook_waits_s,
        )
        self._courier.start()

    @property
    def sdk_url(self) -> str:
        """Where a page loads the browser script."""
        return self.server.public_url + SDK_PATH

    def close(self) -> None:
        """Stop the server and the webhooks."""
        super().close()
        self._courier.stop()

    def open(self, order: Order) -> str:
        """The window opens, without a browser. Returns the payment's id. Raises Refusal."""
        return self._book.open(order).order.payment_id

    def pay(self, order: Order, *, channel_type: str = "LIVE") -> str:
        """What a customer does in the window, without a browser; the dial's "pay" may decline. Raises Refusal."""
        with self._book.lock:
            payment = self._book.open(order)
            payment.channel_type = channel_type
            return self._pay(order.payment_id).order.payment_id

    def settle(self, *settlements: PracticeSettlement) -> None:
        """Put settlements where they are listed."""
        self._rest.settlements.extend(settlements)

    def handle(self, request: Request) -> Reply:
        """Answer one request."""
        if request.path.startswith(API_PATHS):
            return self._rest.answer(request)
        if request.path == DIAL_PATH:
            return self.dial.answer(request)
        return self._page(request)

    def _page(self, request: Request) -> Reply:
        route = (request.method, request.path)
        if route == ("GET", SDK_PATH):
            return asset(__package__, "browser-sdk.js", "text/javascript; charset=utf-8")
        if route == ("GET", STYLESHEET_PATH):
            return stylesheet()
        if request.path == "/window" or request.path.startswith(("/window/", "/receipt/")):
            return self._window(request)
        return NOT_FOUND

    def _window(self, request: Request) -> Reply:
        try:
            if request.path == "/window":
                order = window.order_from(request.query, self.store.store_id, self.store.channel_key)
                return window.window_page(self._book.open(order))
            if request.path.startswith("/receipt/"):
                return window.receipt_page(self._book.find(request.path.removeprefix("/receipt/")))
            payment = self._book.find(request.form().get("paymentId", ""))
        except (window.Unopenable, Refusal) as problem:
            return window.problem_page(str(problem))
        if request.path == "/window/cancel":
            return window.back_with_failure(payment, "PAY_PROCESS_CANCELED", "결제를 취소했어요")
        return self._pay_in_window(payment)

    def _pay_in_window(self, payment: PracticePayment) -> Reply:
        try:
            paid = self._pay(payment.order.payment_id)
        except Refusal as refusal:
            return window.back_with_failure(payment, refusal.kind, "이미 결제했어요")
        if paid.status == "FAILED":
            return window.back_with_failure(paid, paid.failure, "카드사가 거절했어요")
        return window.back_with_success(paid)

    def _pay(self, payment_id: str) -> PracticePayment:
        return self._book.pay(payment_id, declined=self.dial.take("pay") == "decline")

    def _announce(self, payment: PracticePayment, event_type: str, cancellation_id: str) -> None:
        data = {
            "storeId": self.store.store_id,
            "paymentId": payment.order.payment_id,
            "transactionId": payment.transaction_id,
        }
        if cancellation_id:
            data["cancellationId"] = cancellation_id
        self._courier.send(deliveries.event(event_type, data, self._clock()))
