"""What can go wrong at the practice gateway, and the answers that go wrong."""

from __future__ import annotations

import json

from jangteo.adapters._simulator.server import Reply, json_reply
from jangteo.adapters.portone.simulator import deliveries

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
_READ_FAULTS = ("timeout", "broken", "server_error", "garbage", "unknown_status", "slow")
FAULTS = {
    "pay": ("decline",),
    "pre_register": _WRITE_FAULTS,
    "cancel": _WRITE_FAULTS,
    "issue_receipt": _WRITE_FAULTS,
    "cancel_receipt": _WRITE_FAULTS,
    "read": _READ_FAULTS,
    "list": (*_READ_FAULTS, "missing_row", "extra_row"),
    "read_receipt": _READ_FAULTS,
    "settlements": _READ_FAULTS,
    "webhook": deliveries.FAULTS,
}


def error(status: int, kind: str, **more: str) -> Reply:
    """An error as PortOne writes it."""
    return json_reply({"type": kind, "message": kind} | more, status)


NOT_FOUND = error(404, "NOT_FOUND")
IN_FLIGHT = error(409, "IDEMPOTENCY_OUTSTANDING_REQUEST")
SERVER_ERROR = error(500, "INTERNAL_SERVER_ERROR")
INSTEAD = {
    "server_error": SERVER_ERROR,
    "in_flight": IN_FLIGHT,
    "provider_error": error(502, "PG_PROVIDER", pgCode="PROVIDER_ERROR", pgMessage="잠시 후 다시 시도해주세요."),
    "unknown_code": error(400, "TYPE_OF_TOMORROW"),
}
GARBAGE = Reply(200, b"<html><body>502 Bad Gateway</body></html>", "text/html")


def of_tomorrow(reply: Reply) -> Reply:
    """The answer with a status that no documentation has."""
    if reply.status != 200:
        return reply
    document = json.loads(reply.body)
    tomorrow = {"status": "STATUS_OF_TOMORROW"}
    if "cancellation" in document:
        return json_reply(document | {"cancellation": document["cancellation"] | tomorrow})
    return json_reply(document | tomorrow)


def of_another_book(fault: str, reply: Reply) -> Reply:
    """A list in which a row is missing, or that has one of a payment that nobody made."""
    if reply.status != 200:
        return reply
    items = json.loads(reply.body)["items"]
    if fault == "missing_row":
        return json_reply({"items": items[1:]})
    strange = {"id": "event-strange", "paymentId": "strange-0001", "transactionId": "transaction-strange"}
    return json_reply({"items": items + [one | {"paymentEvent": one["paymentEvent"] | strange} for one in items[:1]]})
