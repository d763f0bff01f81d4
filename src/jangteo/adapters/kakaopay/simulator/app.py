"""The practice KakaoPay: the protocol of its one-time payments over real HTTP, for demonstrations and tests.

State is kept in memory only: after a restart it knows none of the earlier payments.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jangteo.adapters._simulator.faults import DIAL_PATH, Dial
from jangteo.adapters._simulator.pages import STYLESHEET_PATH, stylesheet
from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply
from jangteo.adapters._wire import BadShape, Record, decoded, is_web_address
from jangteo.adapters.kakaopay.simulator import payload, window
from jangteo.adapters.kakaopay.simulator.book import (
    Amount,
    Approval,
    Book,
    Cancellation,
    Order,
    Refusal,
)
from jangteo.kernel.clock import now

API_PATH = "/online/v1/payment/"
RECEIPT_PATH = "/v1/confirmation/p"
HANG_S = 90.0

_READ_FAULTS = ("timeout", "server_error", "garbage", "unknown_status", "slow")
_WRITE_FAULTS = (
    "timeout_after_commit",
    "broken_after_commit",
    "server_error_after_commit",
    "garbage",
    "server_error",
    "in_flight",
    "provider_error",
    "unknown_code",
    "slow",
)
FAULTS = {
    "ready": ("timeout", "server_error", "garbage", "slow"),
    "approve": (*_WRITE_FAULTS, "strange_amount", "decline"),
    "cancel": (*_WRITE_FAULTS, "unknown_status"),
    "order": _READ_FAULTS,
}


@dataclass(frozen=True, slots=True)
class PracticeAccount:
    """The one shop that the practice KakaoPay serves."""

    secret_key: str = "DEV_practice"  # noqa: S105 - opens nothing but this simulator
    cid: str = "TC0ONETIME"


def _error(status: int, code: int, message: str, method: tuple[str, str] | None = None) -> Reply:
    document: dict[str, object] = {"error_code": code, "error_message": message}
    if method:
        document["extras"] = {"method_result_code": method[0], "method_result_message": method[1]}
    return json_reply(document, status)


_SERVER_ERROR = _error(500, -500, "internal server error")
_INSTEAD = {
    "server_error": _SERVER_ERROR,
    "in_flight": _error(
        400, -780, "approval failure!", ("USER_LOCKED", "진행중인 거래가 있습니다. 잠시 후 다시 시도해 주세요.")
    ),
    "provider_error": _error(400, -780, "approval failure!", ("BANK_FIRM_UNKNOWN", "처리 결과를 확인하고 있습니다.")),
    "unknown_code": _error(400, -9_999, "a code of tomorrow"),
}


class KakaoPaySimulator(Simulator):
    """Use as a context manager, or `serve()` in a process of its own. `dial` makes things go wrong."""

    def __init__(
        self,
        *,
        account: PracticeAccount | None = None,
        server: SimulatorServer | None = None,
        seed: int | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__(server or SimulatorServer())
        self.account = account or PracticeAccount()
        self.dial = Dial(FAULTS, seed)
        self._book = Book(clock=clock, seed=seed)

    @property
    def receipt_url(self) -> str:
        """What the addresses of receipts begin with."""
        return self.server.public_url + RECEIPT_PATH

    def authorise(self, tid: str) -> str:
        """What a customer does in the window, without a browser. Returns the pg_token."""
        return self._book.authenticate(self._book.find(tid)).token

    def handle(self, request: Request) -> Reply:
        """Answer one request."""
        if request.path.startswith(API_PATH):
            return self._refuse_stranger(request) or self._api(request)
        if request.path == DIAL_PATH:
            return self.dial.answer(request)
        if (request.method, request.path) == ("GET", STYLESHEET_PATH):
            return stylesheet()
        return self._page(request)

    def _page(self, request: Request) -> Reply:
        match request.method, request.path.strip("/").split("/"):
            case "GET", ["window", ("pc" | "mobile" | "app"), name]:
                return self._shown(lambda: window.window_page(self._book.find_window(name)))
            case "POST", ["window", ("pay" | "quit") as pressed]:
                return self._shown(lambda: self._pressed(pressed, request.form().get("window", "")))
            case "GET", ["v1", "confirmation", "p", tid, digest]:
                return self._shown(lambda: self._receipt(tid, digest))
        return Reply(404)

    def _shown(self, make: Callable[[], Reply]) -> Reply:
        try:
            return make()
        except Refusal as refusal:
            return window.problem_page(str(refusal))

    def _pressed(self, button: str, name: str) -> Reply:
        payment = self._book.find_window(name)
        if button == "quit":
            self._book.quit(payment)
            return window.back(payment.order.cancel_url)
        try:
            token = self._book.authenticate(payment).token
        except Refusal:
            return window.back(payment.order.fail_url)
        return window.back(payment.order.approval_url, {"pg_token": token})

    def _receipt(self, tid: str, digest: str) -> Reply:
        payment = self._book.find(tid)
        if payment.approval is None or digest != payload.receipt_digest(payment, self.account.cid):
            raise Refusal(-721)
        return window.receipt_page(payment)

    def _refuse_stranger(self, request: Request) -> Reply | None:
        if request.headers.get("authorization") != f"SECRET_KEY {self.account.secret_key}":
            return _error(401, -401, "the secret key is not known")
        return None

    def _api(self, request: Request) -> Reply:
        works: dict[str, Callable[[Record], dict[str, object]]] = {
            "ready": self._ready,
            "approve": self._approve,
            "cancel": self._cancel,
            "order": self._order,
        }
        kind = request.path.removeprefix(API_PATH)
        if request.method != "POST" or kind not in works:
            return _error(404, -404, "no such address")
        fault = self.dial.take(kind)
        if fault in _INSTEAD:
            return _INSTEAD[fault]
        if fault == "slow":
            self.server.pause(self.dial.slow_ms / 1000)
        work = self._decline if fault == "decline" else works[kind]
        return self._spoilt(fault, self._outcome(request, work))

    def _outcome(self, request: Request, work: Callable[[Record], dict[str, object]]) -> Reply:
        """The documented answer to a piece of work."""
        try:
            body = Record(decoded(request.body), "body")
            if body.text("cid", longest=10) != self.account.cid:
                return _error(400, -731, "cid is not valid")
            with self._book.lock:
                return json_reply(work(body))
        except Refusal as refusal:
            method = (refusal.method_code, refusal.method_said) if refusal.method_code else None
            return _error(400, refusal.code, refusal.message, method)
        except BadShape as wrong:
            return _error(400, -2, str(wrong))

    def _ready(self, body: Record) -> dict[str, object]:
        urls = [body.text(name, longest=255) for name in ("approval_url", "cancel_url", "fail_url")]
        if not all(is_web_address(address) for address in urls) or body.won("quantity") < 1:
            raise BadShape("the addresses or the quantity cannot be used")
        order = Order(
            body.text("partner_order_id", longest=100),
            body.text("partner_user_id", longest=100),
            body.text("item_name", longest=100),
            Amount(body.won("total_amount"), body.won("tax_free_amount")),
            *urls,
        )
        return payload.ready_json(self._book.open(order), self.server.public_url)

    def _approve(self, body: Record) -> dict[str, object]:
        return payload.approval_json(self._book.approve(_approval(body)), self.account.cid)

    def _decline(self, body: Record) -> dict[str, object]:
        return payload.approval_json(self._book.decline(_approval(body)), self.account.cid)

    def _cancel(self, body: Record) -> dict[str, object]:
        asked = Cancellation(
            body.text("tid", longest=64),
            Amount(body.won("cancel_amount"), body.won("cancel_tax_free_amount")),
            _won_or_none(body, "cancel_available_amount"),
            body.text_or_none("payload", longest=200) or "",
        )
        return payload.cancel_json(self._book.cancel(asked), self.account.cid)

    def _order(self, body: Record) -> dict[str, object]:
        return payload.order_json(self._book.find(body.text("tid", longest=64)), self.account.cid)

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
        if reply.status == 200 and fault == "unknown_status":
            return json_reply(json.loads(reply.body) | {"status": "STATUS_OF_TOMORROW"})
        if reply.status == 200 and fault == "strange_amount":
            return json_reply(json.loads(reply.body) | {"amount": "30,000"})
        return reply


def _approval(body: Record) -> Approval:
    return Approval(
        body.text("tid", longest=64),
        body.text("partner_order_id", longest=100),
        body.text("partner_user_id", longest=100),
        body.text("pg_token", longest=100),
        _won_or_none(body, "total_amount"),
        body.text_or_none("payload", longest=200) or "",
    )


def _won_or_none(body: Record, name: str) -> int | None:
    return body.won(name) if body.has(name) else None
