"""How the practice gateway answers: documented errors, the faults of the dial, and repeated keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

from jangteo.adapters._simulator.faults import Dial
from jangteo.adapters._simulator.repeats import Repeats
from jangteo.adapters._simulator.server import Reply, Request, SimulatorServer, json_reply
from jangteo.adapters.toss.simulator import deliveries

HANG_S = 90.0
LONGEST_KEY = 300
KEYS_KEPT_FOR = timedelta(days=15)

_LOST_ANSWERS = ("timeout_after_commit", "broken_after_commit", "server_error_after_commit", "garbage")
_REFUSALS = ("server_error", "in_flight", "provider_error", "unknown_code", "slow")
_WRITE_FAULTS = (*_LOST_ANSWERS, "unknown_status", *_REFUSALS)
_READ_FAULTS = ("timeout", "server_error", "garbage", "unknown_status", "slow")
_SEALED_FAULTS = (*_LOST_ANSWERS, *_REFUSALS)
_LIST_FAULTS = ("timeout", "server_error", "garbage", "slow")
FAULTS = {
    "confirm": (*_WRITE_FAULTS, "decline"),
    "cancel": _WRITE_FAULTS,
    "read": _READ_FAULTS,
    "read_order": _READ_FAULTS,
    "transactions": (*_LIST_FAULTS, "missing_row", "extra_row"),
    "settlements": (*_LIST_FAULTS, "missing_row", "extra_row", "other_fee"),
    "seller": _SEALED_FAULTS,
    "payout": _SEALED_FAULTS,
    "payout_read": _LIST_FAULTS,
    "webhook": deliveries.FAULTS,
}


def error(status: int, code: str, message: str = "") -> Reply:
    """An error as the core API writes it."""
    return json_reply({"code": code, "message": message or code}, status)


NOT_FOUND = error(404, "NOT_FOUND", "존재하지 않는 정보 입니다.")
SERVER_ERROR = error(500, "FAILED_INTERNAL_SYSTEM_PROCESSING", "내부 시스템 처리 작업이 실패했습니다.")
IN_FLIGHT = error(409, "IDEMPOTENT_REQUEST_PROCESSING", "이전 멱등 요청이 처리중입니다.")
_INSTEAD = {
    "server_error": SERVER_ERROR,
    "in_flight": IN_FLIGHT,
    "provider_error": error(400, "PROVIDER_ERROR", "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요."),
    "unknown_code": error(400, "CODE_OF_TOMORROW"),
}


class Desk:
    """Answers calls of the kinds in FAULTS. The work itself is handed in."""

    def __init__(self, *, dial: Dial, server: SimulatorServer, repeats: Repeats) -> None:
        self._dial = dial
        self._server = server
        self._repeats = repeats

    def read(self, kind: str, work: Callable[[str], Reply]) -> Reply:
        """Answer a call that changes nothing. `work` is told the fault, "" mostly."""
        fault = self._dial.take(kind) or ""
        self._slow_down(fault)
        return _INSTEAD.get(fault) or self._spoilt(fault, work(fault))

    def write(self, kind: str, request: Request, work: Callable[[str], Reply]) -> Reply:
        """Answer a call that changes something; under one key it is worked on once."""
        fault = self._dial.take(kind) or ""
        if fault in _INSTEAD:
            return _INSTEAD[fault]

        def first() -> Reply:
            self._slow_down(fault)
            return work(fault)

        key = request.headers.get("idempotency-key", "")
        if len(key) > LONGEST_KEY:
            return error(400, "INVALID_IDEMPOTENCY_KEY", "멱등키는 300자 이하여야 합니다.")
        # As at Toss, the body plays no part.
        identity = (key, request.headers["authorization"], request.method, request.path)
        reply = self._repeats.once(identity, first) if key else first()
        return self._spoilt(fault, reply) if reply else IN_FLIGHT

    def _slow_down(self, fault: str) -> None:
        if fault == "slow":
            self._server.pause(self._dial.slow_ms / 1000)

    def _spoilt(self, fault: str, reply: Reply) -> Reply:
        """What becomes of the answer after the work is done."""
        if fault in {"timeout", "timeout_after_commit"}:
            self._server.pause(HANG_S)
            return Reply(hang_up=True)
        if fault == "broken_after_commit":
            return Reply(hang_up=True)
        if fault == "server_error_after_commit":
            return SERVER_ERROR
        if fault == "garbage":
            return Reply(200, b"<html><body>502 Bad Gateway</body></html>", "text/html")
        if fault == "unknown_status" and reply.status == 200:
            return json_reply(json.loads(reply.body) | {"status": "STATUS_OF_TOMORROW"})
        return reply
