"""Delivery Tracker's GraphQL over real HTTP, with parcels that only exist here. State is kept in memory."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jangteo.adapters._simulator.faults import DIAL_PATH, Dial
from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply
from jangteo.adapters._wire import BadShape, Record, decoded
from jangteo.kernel.clock import KST, now

HANG_S = 60.0
FAULTS = {"track": ("timeout", "server_error", "too_many", "garbage", "internal", "stale")}
CODES = (
    "UNKNOWN",
    "INFORMATION_RECEIVED",
    "AT_PICKUP",
    "IN_TRANSIT",
    "OUT_FOR_DELIVERY",
    "ATTEMPT_FAIL",
    "DELIVERED",
    "AVAILABLE_FOR_PICKUP",
    "EXCEPTION",
)


@dataclass(frozen=True, slots=True)
class PracticeKey:
    """A key that only exists here."""

    client_id: str = "practice-client"
    client_secret: str = "practice-secret"  # noqa: S105 - opens nothing but the practice tracker


@dataclass(frozen=True, slots=True)
class _Event:
    at: datetime
    code: str
    place: str

    def as_json(self) -> dict[str, object]:
        time = self.at.astimezone(KST).isoformat(timespec="milliseconds")
        return {"node": {"time": time, "status": {"code": self.code}, "location": {"name": self.place}}}


class TrackerSimulator(Simulator):
    """Use as a context manager, or `serve()` in a process of its own. `dial` makes things go wrong."""

    def __init__(
        self,
        *,
        key: PracticeKey | None = None,
        server: SimulatorServer | None = None,
        seed: int | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__(server or SimulatorServer())
        self.key = key or PracticeKey()
        self.dial = Dial(FAULTS, seed)
        self.asked = 0
        self._clock = clock
        self._lock = threading.Lock()
        self._parcels: dict[tuple[str, str], list[_Event]] = {}

    def see(self, carrier: str, number: str, code: str, *, at: datetime | None = None, place: str = "") -> None:
        """A carrier (`kr.…` without the kr.) reports a parcel. Raises ValueError for a code that there is not."""
        if code not in CODES:
            raise ValueError(code)
        with self._lock:
            self._parcels.setdefault((f"kr.{carrier}", number), []).append(_Event(at or self._clock(), code, place))

    def handle(self, request: Request) -> Reply:
        if request.path == DIAL_PATH:
            return self.dial.answer(request)
        if request.path == "/_see" and request.method == "POST" and request.from_this_machine:
            return self._told(request.body)
        if (request.method, request.path) != ("POST", "/graphql"):
            return json_reply({"message": "Not Found"}, 404)
        wanted = f"TRACKQL-API-KEY {self.key.client_id}:{self.key.client_secret}"
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), wanted.encode()):
            return _error("UNAUTHENTICATED")
        return self._track(request.body)

    def _track(self, body: bytes) -> Reply:
        self.asked += 1
        fault = self.dial.take("track")
        match fault:
            case "timeout":
                self.server.pause(HANG_S)
                return Reply(hang_up=True)
            case "server_error":
                return json_reply({"message": "Bad Gateway"}, 502)
            case "too_many":
                return json_reply({"message": "Too Many Requests"}, 429)
            case "garbage":
                return Reply(200, b"<html>", "text/html")
            case "internal":
                return _error("INTERNAL")
        try:
            variables = Record(decoded(body), "body").record("variables")
            where = (variables.text("carrierId", longest=60), variables.text("trackingNumber", longest=60))
        except BadShape:
            return _error("BAD_REQUEST")
        with self._lock:
            events = list(self._parcels.get(where, ()))
        if not where[0].startswith("kr."):
            return _error("BAD_REQUEST")
        if not events:
            return _error("NOT_FOUND")
        # A tracker that asks the carrier's page may hold an older copy of it.
        shown = events[:1] if fault == "stale" else events
        return json_reply({"data": {"track": {"events": {"edges": [one.as_json() for one in shown]}}}})

    def _told(self, body: bytes) -> Reply:
        """For a demonstration: {"carrier", "number", "code", "place"}."""
        try:
            told = Record(decoded(body), "body")
            place = told.text_or_none("place", longest=40) or ""
            self.see(
                told.text("carrier", longest=20),
                told.text("number", longest=20),
                told.text("code", longest=40),
                place=place,
            )
        except ValueError as wrong:
            return json_reply({"error": str(wrong)}, 400)
        return json_reply({"seen": True})


def _error(code: str) -> Reply:
    return json_reply({"errors": [{"message": code, "extensions": {"code": code}}], "data": {"track": None}})
