"""The practice Naver Pay: the window and the approval over real HTTP, for demonstrations and tests.

State is kept in memory only: after a restart it knows none of the earlier payments.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jangteo.adapters._simulator.faults import DIAL_PATH, Dial
from jangteo.adapters._simulator.pages import STYLESHEET_PATH, asset, stylesheet
from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply
from jangteo.adapters.naverpay.simulator import window
from jangteo.adapters.naverpay.simulator.book import Book, Order, PracticePayment, Refusal
from jangteo.kernel.clock import KST, now

SDK_PATH = "/sdk/js/naverpay.min.js"
HANG_S = 90.0

FAULTS = {
    "apply": (
        "timeout_after_commit",
        "broken_after_commit",
        "server_error_after_commit",
        "garbage",
        "strange_amount",
        "server_error",
        "in_flight",
        "maintenance",
        "unknown_code",
        "slow",
        "decline",
    )
}


@dataclass(frozen=True, slots=True)
class PracticePartner:
    """The one shop that the practice Naver Pay serves."""

    partner_id: str = "practice-partner"
    client_id: str = "practice-client"
    client_secret: str = "practice-secret"  # noqa: S105 - opens nothing but this simulator
    chain_id: str = "practice-chain"


def _result(code: str, message: str = "", status: int = 200) -> Reply:
    return json_reply({"code": code, "message": message, "body": None}, status)


_SERVER_ERROR = _result("Fail", "일시적으로 처리할 수 없습니다.", 500)
_INSTEAD = {
    "server_error": _SERVER_ERROR,
    "in_flight": _result("AlreadyOnGoing", "이미 진행 중인 결제입니다."),
    "maintenance": _result("MaintenanceOngoing", "서비스 점검 중입니다."),
    "unknown_code": _result("CodeOfTomorrow"),
    "decline": _result("NotEnoughAccountBalance", "잔액이 부족합니다."),
}


class NaverPaySimulator(Simulator):
    """Use as a context manager, or `serve()` in a process of its own. `dial` makes things go wrong."""

    def __init__(
        self,
        *,
        partner: PracticePartner | None = None,
        server: SimulatorServer | None = None,
        seed: int | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__(server or SimulatorServer())
        self.partner = partner or PracticePartner()
        self.dial = Dial(FAULTS, seed)
        self._book = Book(clock=clock, seed=seed)

    @property
    def sdk_url(self) -> str:
        """Where a page loads the browser script."""
        return self.server.public_url + SDK_PATH

    def authorise(self, order: Order) -> str:
        """What a customer does in the window, without a browser. Returns the paymentId."""
        return self._book.agree(self._book.open(order)).payment_id

    def handle(self, request: Request) -> Reply:
        """Answer one request."""
        route = (request.method, request.path)
        if route == ("POST", f"/{self.partner.partner_id}/naverpay/payments/v2.2/apply/payment"):
            return self._refuse_stranger(request) or self._apply(request)
        if request.path == DIAL_PATH:
            return self.dial.answer(request)
        if route == ("GET", SDK_PATH):
            return asset(__package__, "naverpay.js", "text/javascript; charset=utf-8")
        if route == ("GET", STYLESHEET_PATH):
            return stylesheet()
        if route in {("GET", "/window"), ("POST", "/window/pay"), ("POST", "/window/cancel")}:
            return self._window(request)
        return Reply(404)

    def _window(self, request: Request) -> Reply:
        try:
            if request.method == "GET":
                order = window.order_from(request.query, self.partner.client_id, self.partner.chain_id)
                return window.window_page(self._book.open(order))
            payment = self._book.find_window(request.form().get("reserveId", ""))
        except Refusal as refusal:
            return window.problem_page(refusal.code)
        if request.path == "/window/cancel":
            said = {"resultCode": "UserCancel", "resultMessage": "결제를 취소했습니다."}
            return window.back(payment, said | {"reserveId": payment.reserve_id})
        return window.back(payment, {"resultCode": "Success", "paymentId": self._book.agree(payment).payment_id})

    def _refuse_stranger(self, request: Request) -> Reply | None:
        expected = {
            "x-naver-client-id": self.partner.client_id,
            "x-naver-client-secret": self.partner.client_secret,
            "x-naverpay-chain-id": self.partner.chain_id,
        }
        if any(request.headers.get(name) != value for name, value in expected.items()):
            return _result("InvalidMerchant", "가맹점 정보를 확인해 주세요.", 401)
        return None

    def _apply(self, request: Request) -> Reply:
        fault = self.dial.take("apply")
        if fault in _INSTEAD:
            return _INSTEAD[fault]
        if fault == "slow":
            self.server.pause(self.dial.slow_ms / 1000)
        try:
            reply = json_reply(_approval(self._book.apply(request.form().get("paymentId", ""))))
        except Refusal as refusal:
            reply = _result(refusal.code, refusal.message)
        return self._spoilt(fault, reply)

    def _spoilt(self, fault: str | None, reply: Reply) -> Reply:
        """What becomes of the answer after the work is done."""
        if fault == "timeout_after_commit":
            self.server.pause(HANG_S)
            return Reply(hang_up=True)
        if fault == "broken_after_commit":
            return Reply(hang_up=True)
        if fault == "server_error_after_commit":
            return _SERVER_ERROR
        if fault == "garbage":
            return Reply(200, b"<html><body>502 Bad Gateway</body></html>", "text/html")
        if fault == "strange_amount":
            document = json.loads(reply.body)
            document["body"]["detail"]["totalPayAmount"] = "30,000"
            return json_reply(document)
        return reply


def _approval(payment: PracticePayment) -> dict[str, object]:
    order, at = payment.order, payment.applied_at
    detail = {
        "paymentId": payment.payment_id,
        "merchantPayKey": order.pay_key,
        "productName": order.product_name,
        "admissionState": "SUCCESS",
        "admissionYmdt": at.astimezone(KST).strftime("%Y%m%d%H%M%S") if at else None,
        "totalPayAmount": order.total_won,
        "primaryPayAmount": order.total_won,
        "primaryPayMeans": "CARD",
        "taxScopeAmount": order.total_won - order.tax_free_won,
        "taxExScopeAmount": order.tax_free_won,
    }
    return {"code": "Success", "message": "", "body": {"paymentId": payment.payment_id, "detail": detail}}
