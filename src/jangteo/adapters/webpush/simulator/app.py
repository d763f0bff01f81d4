"""The practice push service: RFC 8030, 8291 and 8292 over real HTTP, strict about all that real ones check.

State is kept in memory only.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from jangteo.adapters._simulator.faults import DIAL_PATH, Dial
from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply
from jangteo.adapters._wire import BadShape, Record, decoded
from jangteo.adapters.webpush import vapid
from jangteo.adapters.webpush.sealing import RECORD_BYTES, Sealed
from jangteo.adapters.webpush.simulator.phones import PracticePhone
from jangteo.kernel.clock import now

HANG_S = 90.0
LONGEST_TOPIC = 32
URGENCIES = frozenset({"very-low", "low", "normal", "high"})
FAULTS = {"send": ("timeout_after_commit", "server_error", "too_many", "forbidden", "redirect", "slow")}
_SPOILT = {
    "server_error": Reply(503, b"Backend Error", "text/plain"),
    "too_many": Reply(429, b"", "text/plain", {"Retry-After": "5"}),
    "forbidden": Reply(403, b"mismatched sender", "text/plain"),
    "redirect": Reply(307, b"", "text/plain", {"Location": "http://127.0.0.1:1/"}),
}


class PushSimulator(Simulator):
    """Use as a context manager, or `serve()` in a process of its own. `dial` makes things go wrong."""

    def __init__(
        self,
        *,
        server: SimulatorServer | None = None,
        seed: int | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__(server or SimulatorServer())
        self.dial = Dial(FAULTS, seed)
        self._clock = clock
        self._phones: dict[str, PracticePhone] = {}

    def subscribe(self, sender_key: str) -> PracticePhone:
        """What a browser does when its person says yes."""
        name = secrets.token_urlsafe(24)
        phone = PracticePhone(f"{self.url}/send/{name}", sender_key)
        self._phones[name] = phone
        return phone

    def handle(self, request: Request) -> Reply:
        """Answer one request."""
        match request.method, request.path.split("/"):
            case "POST", ["", "send", name]:
                return self._spoilt(request, name)
            case "POST", ["", "subscribe"] if request.from_this_machine:
                return self._subscribed(request)
        return self.dial.answer(request) if request.path == DIAL_PATH else Reply(404)

    def _subscribed(self, request: Request) -> Reply:
        try:
            key = Record(decoded(request.body), "body").text("applicationServerKey", longest=90)
        except BadShape as wrong:
            return json_reply({"error": str(wrong)}, 400)
        phone = self.subscribe(key)
        return json_reply({"endpoint": phone.endpoint, "keys": {"p256dh": phone.p256dh, "auth": phone.auth}}, 201)

    def _spoilt(self, request: Request, name: str) -> Reply:
        fault = self.dial.take("send")
        if fault in _SPOILT:
            return _SPOILT[fault]
        if fault == "slow":
            self.server.pause(self.dial.slow_ms / 1000)
        reply = self._send(request, name)
        if fault == "timeout_after_commit":
            self.server.pause(HANG_S)
            return Reply(hang_up=True)
        return reply

    def _send(self, request: Request, name: str) -> Reply:
        phone = self._phones.get(name)
        if phone is None or phone.gone:
            return Reply(404 if phone is None else 410)
        refused = self._not_the_sender(request, phone) or _not_a_message(request)
        if refused is not None:
            return refused
        topic, urgency = request.headers.get("topic", ""), request.headers.get("urgency", "normal")
        try:
            phone.take(request.body, topic=topic, ttl_s=int(request.headers["ttl"]), urgency=urgency)
        except Sealed as wrong:
            # A real service cannot look inside; the phone throws it away. Here somebody is told.
            return Reply(400, str(wrong).encode(), "text/plain")
        return Reply(201, headers={"Location": f"{self.url}/message/{secrets.token_urlsafe(8)}"})

    def _not_the_sender(self, request: Request, phone: PracticePhone) -> Reply | None:
        header = request.headers.get("authorization", "")
        if not header:
            return Reply(401)
        try:
            claims = vapid.read(header)
        except vapid.NotSigned:
            return Reply(403)
        soon = self._clock() < claims.until <= self._clock() + vapid.LONGEST
        meant = claims.audience == self.url and claims.contact.startswith(("mailto:", "https://"))
        return None if soon and meant and claims.key == phone.sender_key else Reply(403)


def _not_a_message(request: Request) -> Reply | None:
    """The refusal for a request that no push service takes."""
    headers = request.headers
    if len(request.body) > RECORD_BYTES:
        return Reply(413)
    if headers.get("content-encoding") != "aes128gcm":
        return Reply(415)
    right = headers.get("ttl", "").isdecimal() and headers.get("urgency", "normal") in URGENCIES
    return None if right and len(headers.get("topic", "")) <= LONGEST_TOPIC else Reply(400)
