"""The practice gateway: Toss Payments' protocol over real HTTP, for demonstrations and tests.

Payments outlive the process where it is given a file to remember them in; pay-outs do not.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from jangteo.adapters._simulator.faults import DIAL_PATH, Dial
from jangteo.adapters._simulator.pages import STYLESHEET_PATH, asset, stylesheet
from jangteo.adapters._simulator.repeats import Repeats
from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply
from jangteo.adapters._wire import BadShape, Record, decoded
from jangteo.adapters.toss.simulator import deliveries, reports, window
from jangteo.adapters.toss.simulator.book import Book, CancelRequest, Order, PracticePayment, Refusal
from jangteo.adapters.toss.simulator.desk import FAULTS, KEYS_KEPT_FOR, NOT_FOUND, Desk, error
from jangteo.adapters.toss.simulator.memory import Memory
from jangteo.adapters.toss.simulator.payload import payment_json
from jangteo.adapters.toss.simulator.payouts_api import PayoutsApi, entity
from jangteo.adapters.toss.simulator.payouts_book import PayoutRefusal, PayoutsBook, PracticePayout, Seller
from jangteo.kernel.clock import KST, now

SDK_PATH = "/v2/standard"
BANK_PATH = "/_bank"


@dataclass(frozen=True, slots=True)
class PracticeShop:
    """The one shop that the practice gateway serves. Without `webhook_url` no webhooks are sent.

    The security key seals pay-outs and signs their webhooks, which go to `payout_webhook_url` where there is one.
    """

    secret_key: str = "test_sk_practice"  # noqa: S105 - opens nothing but this simulator
    client_key: str = "test_ck_practice"
    webhook_url: str = ""
    webhook_waits_s: Sequence[float] = deliveries.DOCUMENTED_WAITS_S
    security_key: str = "0123456789abcdef" * 4
    payout_webhook_url: str = ""


class TossSimulator(Simulator):
    """Use as a context manager, or `serve()` in a process of its own. `dial` makes things go wrong.

    With a `memory` payments outlive the process.
    """

    def __init__(
        self,
        *,
        shop: PracticeShop | None = None,
        server: SimulatorServer | None = None,
        seed: int | None = None,
        clock: Callable[[], datetime] = now,
        memory: Memory | None = None,
    ) -> None:
        super().__init__(server or SimulatorServer())
        self.shop = shop or PracticeShop()
        self.dial = Dial(FAULTS, seed)
        self._clock = clock
        self._memory = memory
        known = memory.read() if memory else ()
        self._book = Book(clock=clock, seed=seed, changed=self._announce, known=known)
        self._desk = Desk(dial=self.dial, server=self.server, repeats=Repeats(clock, KEYS_KEPT_FOR))
        self.payouts = PayoutsBook(clock=clock, settled_won=self._settled_won, changed=self._announce_entity, seed=seed)
        self._payouts_api = PayoutsApi(self.payouts, self._desk, self.shop.security_key)
        self._courier = deliveries.Courier(
            url=self.shop.webhook_url,
            dial=self.dial,
            waits_s=self.shop.webhook_waits_s,
            payout_url=self.shop.payout_webhook_url,
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

    def authorise(self, order: Order) -> str:
        """What a customer does in the window, without a browser. Returns the payment key."""
        return self._book.authenticate(self._book.open(order).payment_key).payment_key

    def deposit(self, payment_key: str, *, late: bool = False) -> None:
        """The customer pays into the account; `late` is a deposit that is told of when the account is over."""
        self._book.deposit(payment_key, late=late)

    def undo_deposit(self, payment_key: str) -> None:
        """The rare fall back from DONE to WAITING_FOR_DEPOSIT."""
        self._book.undo_deposit(payment_key)

    def handle(self, request: Request) -> Reply:
        """Answer one request."""
        if request.path.startswith("/v1/"):
            return self._refuse_stranger(request) or self._api(request)
        if request.path.startswith("/v2/") and request.path != SDK_PATH:
            return self._refuse_stranger(request) or self._payouts_api.handle(request)
        if request.path == DIAL_PATH:
            return self.dial.answer(request)
        if request.path == BANK_PATH:
            return self._bank(request)
        return self._page(request)

    def _bank(self, request: Request) -> Reply:
        """The control of the banks and of the gateway's own people, for programs on this machine: POST
        {"deposit": key}, {"undo_deposit": key}, {"run_batch": true}, {"fund": won}, or
        {"check_seller": key, "status": status}.
        """
        if not request.from_this_machine or request.method != "POST":
            return NOT_FOUND
        try:
            order = _document(request)
            if order.has("deposit"):
                self._book.deposit(order.text("deposit", longest=200))
            if order.has("undo_deposit"):
                self._book.undo_deposit(order.text("undo_deposit", longest=200))
            if order.has("run_batch"):
                self.payouts.run_batch()
            if order.has("fund"):
                self.payouts.funded_won += order.won("fund")
            if order.has("check_seller"):
                self.payouts.check_seller(order.text("check_seller", longest=64), order.text("status", longest=40))
        except (PayoutRefusal, Refusal) as refusal:
            return error(refusal.status, refusal.code, refusal.message)
        except BadShape as wrong:
            return error(400, "INVALID_REQUEST", str(wrong))
        return json_reply({})

    def _page(self, request: Request) -> Reply:
        route = (request.method, request.path)
        if route == ("GET", SDK_PATH):
            return asset(__package__, "standard.js", "text/javascript; charset=utf-8")
        if route == ("GET", STYLESHEET_PATH):
            return stylesheet()
        if request.path == "/window" or request.path.startswith(("/window/", "/receipt/")):
            return self._window(request)
        return NOT_FOUND

    def _window(self, request: Request) -> Reply:
        try:
            if request.path == "/window":
                return window.window_page(self._book.open(window.order_from(request.query, self.shop.client_key)))
            if request.path.startswith("/receipt/"):
                return window.receipt_page(self._book.find(request.path.removeprefix("/receipt/")))
            payment = self._book.find(request.form().get("paymentKey", ""))
            if request.path == "/window/deposit":
                return window.receipt_page(self._book.deposit(payment.payment_key))
        except (window.Unopenable, Refusal) as problem:
            return window.problem_page(str(problem))
        if request.path == "/window/cancel":
            return window.back_with_failure(payment, "PAY_PROCESS_CANCELED", "사용자에 의해 결제가 취소되었습니다.")
        try:
            return window.back_with_success(self._book.authenticate(payment.payment_key))
        except Refusal as refusal:
            return window.back_with_failure(payment, refusal.code, refusal.message)

    def _refuse_stranger(self, request: Request) -> Reply | None:
        scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
        try:
            secret_key, colon, _ = base64.b64decode(credentials, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            colon = ""
        if scheme != "Basic" or not colon:
            return error(403, "INCORRECT_BASIC_AUTH_FORMAT", "잘못된 요청입니다. ':' 를 포함해 인코딩해주세요.")
        if secret_key != self.shop.secret_key:
            return error(401, "UNAUTHORIZED_KEY", "인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.")
        return None

    def _api(self, request: Request) -> Reply:
        segments = [unquote(segment) for segment in request.path.split("/")[2:]]
        match request.method, segments:
            case "POST", ["payments", "confirm"]:
                return self._write("confirm", request, self._confirm)
            case "POST", ["payments", payment_key, "cancel"]:
                return self._write("cancel", request, lambda body: self._cancel(payment_key, body))
            case "GET", ["payments", "orders", order_id]:
                return self._read("read_order", lambda: self._book.find_order(order_id))
            case "GET", ["payments", payment_key]:
                return self._read("read", lambda: self._book.find(payment_key))
            case "GET", ["transactions"]:
                return self._list("transactions", request, reports.transactions_json)
            case "GET", ["settlements"]:
                return self._list("settlements", request, reports.settlements_json)
        return NOT_FOUND

    def _read(self, kind: str, find: Callable[[], PracticePayment]) -> Reply:
        return self._desk.read(kind, lambda _: self._outcome(find))

    def _write(self, kind: str, request: Request, work: Callable[[Record], PracticePayment]) -> Reply:
        return self._desk.write(
            kind,
            request,
            lambda fault: self._outcome(lambda: (self._decline if fault == "decline" else work)(_document(request))),
        )

    def _list(
        self,
        kind: str,
        request: Request,
        rows: Callable[[Sequence[PracticePayment], Mapping[str, str], str], list[object]],
    ) -> Reply:
        def page(fault: str) -> Reply:
            try:
                with self._book.lock:
                    return json_reply(rows(self._book.payments(), request.query, fault))
            except BadShape as wrong:
                return error(400, "INVALID_REQUEST", str(wrong))

        return self._desk.read(kind, page)

    def _confirm(self, body: Record) -> PracticePayment:
        return self._book.confirm(
            body.text("paymentKey", longest=200), body.text("orderId", longest=64), body.won("amount")
        )

    def _decline(self, body: Record) -> PracticePayment:
        return self._book.decline(body.text("paymentKey", longest=200))

    def _cancel(self, payment_key: str, body: Record) -> PracticePayment:
        receiver = body.record_or_none("refundReceiveAccount")
        wanted = CancelRequest(
            reason=body.text("cancelReason", longest=200),
            amount_won=body.won("cancelAmount") if body.has("cancelAmount") else None,
            tax_free_won=body.won("taxFreeAmount") if body.has("taxFreeAmount") else 0,
            refund_to=_receiver(receiver) if receiver else None,
        )
        return self._book.cancel(payment_key, wanted)

    def _outcome(self, work: Callable[[], PracticePayment]) -> Reply:
        """The documented answer to a piece of work."""
        try:
            with self._book.lock:
                return json_reply(payment_json(work(), self.server.public_url, self._clock()))
        except Refusal as refusal:
            return error(refusal.status, refusal.code, refusal.message)
        except BadShape as wrong:
            return error(400, "INVALID_REQUEST", str(wrong))

    def _settled_won(self) -> tuple[int, int]:
        """What has reached the shop's balance by now, and what will."""
        rows = reports.settled(self._book.payments())
        today = self._clock().astimezone(KST).date()
        available_won = sum(row.paid_won for row in rows if row.paid_on <= today)
        return available_won, sum(row.paid_won for row in rows) - available_won

    def _announce(self, payment: PracticePayment) -> None:
        if self._memory is not None:
            self._memory.note(payment)
        at = self._clock()
        data = payment_json(payment, self.server.public_url, at)
        self._courier.send(deliveries.event("PAYMENT_STATUS_CHANGED", data, at))
        if payment.account_number:
            self._courier.send(deliveries.deposit_callback(data, at))

    def _announce_entity(self, found: Seller | PracticePayout) -> None:
        entity_type, document = entity(found)
        self._courier.send(deliveries.entity_event(entity_type, document, self._clock(), self.shop.security_key))


def _receiver(account: Record) -> tuple[str, str, str]:
    return (
        account.text("bank", longest=20),
        account.text("accountNumber", longest=20),
        account.text("holderName", longest=60),
    )


def _document(request: Request) -> Record:
    return Record(decoded(request.body), "body")
