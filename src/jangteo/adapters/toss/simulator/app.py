"""The practice gateway: Toss Payments' protocol over real HTTP, for demonstrations and tests.

State is kept in memory only: after a restart it knows none of the earlier payments.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from jangteo.adapters._simulator.faults import DIAL_PATH, Dial
from jangteo.adapters._simulator.pages import STYLESHEET_PATH, asset, stylesheet
from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply
from jangteo.adapters._wire import BadShape, Record, decoded
from jangteo.adapters.toss.simulator import deliveries, window
from jangteo.adapters.toss.simulator.book import Book, Order, PracticePayment, Refusal
from jangteo.adapters.toss.simulator.payload import payment_json
from jangteo.adapters.toss.simulator.repeats import LONGEST_KEY, Repeats
from jangteo.kernel.clock import now

SDK_PATH = "/v2/standard"
HANG_S = 90.0

_WRITE_FAULTS = (
    "timeout_after_commit",
    "broken_after_commit",
    "server_error_after_commit",
    "garbage",
    "unknown_status",
    "server_error",
    "in_flight",
    "provider_error",
    "unknown_code",
    "slow",
)
_READ_FAULTS = ("timeout", "server_error", "garbage", "unknown_status", "slow")
FAULTS = {
    "confirm": (*_WRITE_FAULTS, "decline"),
    "cancel": _WRITE_FAULTS,
    "read": _READ_FAULTS,
    "read_order": _READ_FAULTS,
    "webhook": deliveries.FAULTS,
}


@dataclass(frozen=True, slots=True)
class PracticeShop:
    """The one shop that the practice gateway serves. Without `webhook_url` no webhooks are sent."""

    secret_key: str = "test_sk_practice"  # noqa: S105 - opens nothing but this simulator
    client_key: str = "test_ck_practice"
    webhook_url: str = ""
    webhook_waits_s: Sequence[float] = deliveries.DOCUMENTED_WAITS_S


def _error(status: int, code: str, message: str = "") -> Reply:
    return json_reply({"code": code, "message": message or code}, status)


_SERVER_ERROR = _error(500, "FAILED_INTERNAL_SYSTEM_PROCESSING", "내부 시스템 처리 작업이 실패했습니다.")
_IN_FLIGHT = _error(409, "IDEMPOTENT_REQUEST_PROCESSING", "이전 멱등 요청이 처리중입니다.")
_NOT_FOUND = _error(404, "NOT_FOUND", "존재하지 않는 정보 입니다.")
_INSTEAD = {
    "server_error": _SERVER_ERROR,
    "in_flight": _IN_FLIGHT,
    "provider_error": _error(400, "PROVIDER_ERROR", "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요."),
    "unknown_code": _error(400, "CODE_OF_TOMORROW"),
}


class TossSimulator(Simulator):
    """Use as a context manager, or `serve()` in a process of its own. `dial` makes things go wrong."""

    def __init__(
        self,
        *,
        shop: PracticeShop | None = None,
        server: SimulatorServer | None = None,
        seed: int | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__(server or SimulatorServer())
        self.shop = shop or PracticeShop()
        self.dial = Dial(FAULTS, seed)
        self._clock = clock
        self._book = Book(clock=clock, seed=seed, changed=self._announce)
        self._repeats = Repeats(clock)
        self._courier = deliveries.Courier(url=self.shop.webhook_url, dial=self.dial, waits_s=self.shop.webhook_waits_s)
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

    def handle(self, request: Request) -> Reply:
        """Answer one request."""
        if request.path.startswith("/v1/payments/"):
            return self._refuse_stranger(request) or self._api(request)
        if request.path == DIAL_PATH:
            return self.dial.answer(request)
        return self._page(request)

    def _page(self, request: Request) -> Reply:
        route = (request.method, request.path)
        if route == ("GET", SDK_PATH):
            return asset(__package__, "standard.js", "text/javascript; charset=utf-8")
        if route == ("GET", STYLESHEET_PATH):
            return stylesheet()
        if request.path == "/window" or request.path.startswith(("/window/", "/receipt/")):
            return self._window(request)
        return _NOT_FOUND

    def _window(self, request: Request) -> Reply:
        try:
            if request.path == "/window":
                return window.window_page(self._book.open(window.order_from(request.query, self.shop.client_key)))
            if request.path.startswith("/receipt/"):
                return window.receipt_page(self._book.find(request.path.removeprefix("/receipt/")))
            payment = self._book.find(request.form().get("paymentKey", ""))
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
            return _error(403, "INCORRECT_BASIC_AUTH_FORMAT", "잘못된 요청입니다. ':' 를 포함해 인코딩해주세요.")
        if secret_key != self.shop.secret_key:
            return _error(401, "UNAUTHORIZED_KEY", "인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.")
        return None

    def _api(self, request: Request) -> Reply:
        segments = [unquote(segment) for segment in request.path.split("/")[3:]]
        match request.method, segments:
            case "POST", ["confirm"]:
                return self._write("confirm", request, self._confirm)
            case "POST", [payment_key, "cancel"]:
                return self._write("cancel", request, lambda body: self._cancel(payment_key, body))
            case "GET", ["orders", order_id]:
                return self._read("read_order", lambda: self._book.find_order(order_id))
            case "GET", [payment_key]:
                return self._read("read", lambda: self._book.find(payment_key))
        return _NOT_FOUND

    def _read(self, kind: str, find: Callable[[], PracticePayment]) -> Reply:
        fault = self.dial.take(kind)
        if fault == "slow":
            self.server.pause(self.dial.slow_ms / 1000)
        return _INSTEAD.get(fault or "") or self._spoilt(fault, self._outcome(find))

    def _write(self, kind: str, request: Request, work: Callable[[Record], PracticePayment]) -> Reply:
        fault = self.dial.take(kind)
        if fault in _INSTEAD:
            return _INSTEAD[fault]

        def first() -> Reply:
            if fault == "slow":
                self.server.pause(self.dial.slow_ms / 1000)
            return self._outcome(lambda: (self._decline if fault == "decline" else work)(_document(request)))

        key = request.headers.get("idempotency-key", "")
        if len(key) > LONGEST_KEY:
            return _error(400, "INVALID_IDEMPOTENCY_KEY", "멱등키는 300자 이하여야 합니다.")
        identity = (key, request.headers["authorization"], request.method, request.path)
        reply = self._repeats.once(identity, first) if key else first()
        return self._spoilt(fault, reply) if reply else _IN_FLIGHT

    def _confirm(self, body: Record) -> PracticePayment:
        return self._book.confirm(
            body.text("paymentKey", longest=200), body.text("orderId", longest=64), body.won("amount")
        )

    def _decline(self, body: Record) -> PracticePayment:
        return self._book.decline(body.text("paymentKey", longest=200))

    def _cancel(self, payment_key: str, body: Record) -> PracticePayment:
        return self._book.cancel(
            payment_key,
            reason=body.text("cancelReason", longest=200),
            amount_won=body.won("cancelAmount") if body.has("cancelAmount") else None,
            tax_free_won=body.won("taxFreeAmount") if body.has("taxFreeAmount") else 0,
        )

    def _outcome(self, work: Callable[[], PracticePayment]) -> Reply:
        """The documented answer to a piece of work."""
        try:
            with self._book.lock:
                return json_reply(payment_json(work(), self.server.public_url))
        except Refusal as refusal:
            return _error(refusal.status, refusal.code, refusal.message)
        except BadShape as wrong:
            return _error(400, "INVALID_REQUEST", str(wrong))

    def _spoilt(self, fault: str | None, reply: Reply) -> Reply:
        """What becomes of the answer after the work is done."""
        if fault in {"timeout", "timeout_after_commit"}:
            self.server.pause(HANG_S)
            return Reply(hang_up=True)
        if fault == "broken_after_commit":
            return Reply(hang_up=True)
        if fault == "server_error_after_commit":
            return _SERVER_ERROR
        if fault == "garbage":
            return Reply(200, b"<html><body>502 Bad Gateway</body></html>", "text/html")
        if fault == "unknown_status" and reply.status == 200:
            return json_reply(json.loads(reply.body) | {"status": "STATUS_OF_TOMORROW"})
        return reply

    def _announce(self, payment: PracticePayment) -> None:
        data = payment_json(payment, self.server.public_url)
        self._courier.send(deliveries.event("PAYMENT_STATUS_CHANGED", data, self._clock()))


def _document(request: Request) -> Record:
    return Record(decoded(request.body), "body")
