"""Kakao T's quick delivery over real HTTP, with couriers who only exist here. State is kept in memory."""

from __future__ import annotations

import hmac
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from jangteo.adapters._simulator.courier import FAULTS as MESSAGE_FAULTS
from jangteo.adapters._simulator.courier import Courier
from jangteo.adapters._simulator.faults import DIAL_PATH, Dial
from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply
from jangteo.adapters._wire import BadShape, Record, decoded
from jangteo.adapters.kakaot.signature import Scheme, parse, sign
from jangteo.kernel.clock import KST, now

ORDERS = "/api/v2/orders"
HANG_S = 60.0
TOLERANCE = timedelta(minutes=5)
BASE_WON, WON_PER_STEP, STEP_MICRO = 4_500, 500, 5_000
ORDER_FAULTS = ("timeout_after_commit", "server_error_after_commit", "server_error", "too_many", "garbage")
FAULTS = {
    "price": ("server_error", "too_many", "garbage"),
    "order": (*ORDER_FAULTS, "out_of_area"),
    "status": ("timeout", "server_error", "too_many", "garbage"),
    "cancel": (*ORDER_FAULTS, "refused"),
    "webhook": MESSAGE_FAULTS,
}
STEPS = ("MATCHING", "MATCHED", "PICKUP_COMPLETED", "COMPLETED")
EVENTS = {
    "MATCHING": "matching",
    "MATCHED": "matched",
    "PICKUP_COMPLETED": "pickupCompleted",
    "COMPLETED": "dropoffCompleted",
    "CANCELED": "canceled",
}
_NEXT = dict(pairwise(STEPS))
_CAN_CANCEL = frozenset({"MATCHING", "MATCHED"})


@dataclass(frozen=True, slots=True)
class PracticeVendor:
    """An account that only exists here."""

    vendor: str = "JANGTEO-PRACTICE"
    api_key: str = "practice-api-key"
    scheme: Scheme = Scheme.SHA512


@dataclass(slots=True)
class _Order:
    ref: str
    won: int
    body: dict[str, object]
    status: str = "MATCHING"
    picker: int = 0
    history: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return {
            "partnerOrderId": self.ref,
            "requestId": abs(hash(self.ref)) % 10**9,
            "pickup": self.body.get("pickup"),
            "dropoff": self.body.get("dropoff"),
            "receipt": {"status": self.status, "totalPrice": self.won, "orderType": self.body.get("orderType")},
        }


@dataclass(frozen=True, slots=True)
class _Message:
    """One callback; `event` is a part of its address."""

    ref: str
    event: str
    body: bytes


class _Callbacks(Courier[_Message]):
    method = "PUT"

    def headers(self, letter: _Message, tries: int) -> dict[str, str]:
        return {"Content-Type": "application/json"}

    def spoilt(self, letter: _Message, fault: str) -> _Message:
        """Anybody could send one, so a forged one is about an errand of nobody."""
        return _Message("jt-nobody", letter.event, letter.body)

    def address_of(self, letter: _Message) -> str:
        return f"{self._url}/api/v1/callback/orders/{letter.ref}/{letter.event}"

    def is_received(self, status: int) -> bool:
        return 200 <= status < 300


def _error(status: int, code: str, message: str = "") -> Reply:
    return json_reply({"code": code, "message": message or code}, status)


class KakaoTSimulator(Simulator):
    """Use as a context manager, or `serve()` in a process of its own. `dial` makes things go wrong.

    `callback_url` is what a customer of the company enters in its console; "" sends nothing.
    """

    def __init__(
        self,
        *,
        vendor: PracticeVendor | None = None,
        callback_url: str = "",
        server: SimulatorServer | None = None,
        seed: int | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__(server or SimulatorServer())
        self.vendor = vendor or PracticeVendor()
        self.dial = Dial(FAULTS, seed)
        self._clock = clock
        self._lock = threading.Lock()
        self._orders: dict[str, _Order] = {}
        self._nonces: set[tuple[str, str]] = set()
        self._callbacks = _Callbacks(url=callback_url.rstrip("/"), dial=self.dial, waits_s=(0.5, 2.0), patience_s=5.0)
        self._callbacks.start()

    def close(self) -> None:
        self._callbacks.stop()
        super().close()

    def orders(self) -> list[str]:
        """The names of all errands, oldest first."""
        with self._lock:
            return list(self._orders)

    def move(self, ref: str, status: str) -> None:
        """Let something happen to an errand, and report it."""
        with self._lock:
            order = self._orders[ref]
            order.status = status
            order.picker += status == "MATCHED"
            order.history.append(status)
            body = {"pickerId": f"picker-{order.picker}", "updatedAt": self._clock().astimezone(KST).isoformat()}
        self._callbacks.send(_Message(ref, EVENTS[status], json.dumps(body).encode()))

    def handle(self, request: Request) -> Reply:
        if request.path == DIAL_PATH:
            return self.dial.answer(request)
        if request.path.startswith("/_move/") and request.from_this_machine and request.method == "POST":
            return self._step(request.path.removeprefix("/_move/"))
        if not request.path.startswith(ORDERS):
            return _error(404, "NOT_FOUND")
        if not self._may(request):
            return _error(401, "UNAUTHORIZED", "the signature does not match")
        return self._api(request)

    def _may(self, request: Request) -> bool:
        given = parse(request.headers.get("authorization", ""))
        if given is None or request.headers.get("vendor") != self.vendor.vendor or not given.timestamp.isdecimal():
            return False
        age = abs(self._clock().timestamp() - int(given.timestamp) / 1000)
        expected = sign(self.vendor.scheme, given.timestamp, given.nonce, self.vendor.api_key)
        if age > TOLERANCE.total_seconds() or not hmac.compare_digest(expected, given.sign):
            return False
        with self._lock:
            is_new = (given.timestamp, given.nonce) not in self._nonces
            self._nonces.add((given.timestamp, given.nonce))
        return is_new

    def _api(self, request: Request) -> Reply:
        ref, _slash, rest = request.path.removeprefix(f"{ORDERS}/").partition("/")
        match request.method, request.path, rest:
            case "POST", "/api/v2/orders/price", _:
                return self._spoilt("price", lambda _fault: self._price(request.body))
            case "POST", "/api/v2/orders", _:
                return self._spoilt("order", lambda fault: self._order(request.body, fault))
            case "GET", _, "":
                return self._spoilt("status", lambda _fault: self._status(ref))
            case "PATCH", _, "cancel":
                return self._spoilt("cancel", lambda fault: self._cancel(ref, fault))
        return _error(404, "NOT_FOUND")

    def _spoilt(self, kind: str, work: Callable[[str | None], Reply]) -> Reply:
        fault = self.dial.take(kind)
        if fault == "server_error":
            return _error(500, "INTERNAL_ERROR")
        if fault == "too_many":
            return _error(429, "TOO_MANY_REQUESTS")
        reply = work(fault)
        if fault in {"timeout", "timeout_after_commit"}:
            self.server.pause(HANG_S)
            return Reply(hang_up=True)
        if fault == "server_error_after_commit":
            return _error(500, "INTERNAL_ERROR")
        if fault == "garbage":
            return Reply(200, b"<html>502</html>", "text/html")
        return reply

    def _price(self, body: bytes) -> Reply:
        try:
            return json_reply({"totalPrice": _price_of(Record(decoded(body), "body"))})
        except BadShape as wrong:
            return _error(400, "INVALID_PARAMETER", str(wrong))

    def _order(self, body: bytes, fault: str | None) -> Reply:
        document = decoded(body)
        try:
            record = Record(document, "body")
            ref = record.text("partnerOrderId", longest=100)
            won = _price_of(record)
            for end in ("pickup", "dropoff"):
                record.record(end).record("contact").text("phone", longest=20)
        except BadShape as wrong:
            return _error(400, "INVALID_PARAMETER", str(wrong))
        if fault == "out_of_area":
            return _error(400, "OUT_OF_SERVICE_AREA")
        with self._lock:
            if ref in self._orders:
                return _error(409, "DUPLICATED_PARTNER_ORDER_ID")
            order = _Order(ref, won, document if isinstance(document, dict) else {}, history=["MATCHING"])
            self._orders[ref] = order
            return json_reply(order.as_json())

    def _status(self, ref: str) -> Reply:
        with self._lock:
            order = self._orders.get(ref)
            return _error(404, "ORDER_NOT_FOUND") if order is None else json_reply(order.as_json())

    def _cancel(self, ref: str, fault: str | None) -> Reply:
        with self._lock:
            order = self._orders.get(ref)
            if order is None:
                return _error(404, "ORDER_NOT_FOUND")
            can = order.status in _CAN_CANCEL
            known = order.status == "CANCELED"
        if fault == "refused" or not (can or known):
            return _error(409, "CANNOT_CANCEL")
        if can:
            self.move(ref, "CANCELED")
        return json_reply({"partnerOrderId": ref})

    def _step(self, ref: str) -> Reply:
        """For a demonstration: the errand goes one step on."""
        with self._lock:
            order = self._orders.get(ref)
            following = None if order is None else _NEXT.get(order.status)
        if following is None:
            return _error(404, "NO_NEXT_STEP")
        self.move(ref, following)
        return self._status(ref)


def _price_of(record: Record) -> int:
    """So much for the way, in steps of about half a kilometre. Raises BadShape for a place outside Korea."""
    (lat, lng), (to_lat, to_lng) = (_place(record.record(end).record("location")) for end in ("pickup", "dropoff"))
    steps = (abs(lat - to_lat) + abs(lng - to_lng)) // STEP_MICRO
    return BASE_WON + steps * WON_PER_STEP


def _place(location: Record) -> tuple[int, int]:
    location.text("basicAddress", longest=300)
    lat, lng = location.micro("latitude"), location.micro("longitude")
    if not (33_000_000 <= lat <= 39_000_000 and 124_000_000 <= lng <= 132_000_000):
        raise BadShape("location is not in Korea")
    return lat, lng
