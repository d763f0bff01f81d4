"""A server that answers with what it is told to, and what every test of an adapter says of the same shop."""

from __future__ import annotations

import base64
import json

from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply
from jangteo.adapters.portone.api import PortOneAccount

PATIENT_S = 20.0
SECRET = "whsec_" + base64.b64encode(b"the shop's own webhook secret").decode()
ACCOUNT = PortOneAccount("store-1", "channel-key-1", "secret-1", SECRET)


def payment(**changes: object) -> dict[str, object]:
    """A payment with the fields that are read, and a few that are not."""
    document: dict[str, object] = {
        "status": "PAID",
        "id": "order-1",
        "transactionId": "tx-1",
        "storeId": "store-1",
        "channel": {"type": "LIVE", "key": "channel-key-1"},
        "requestedAt": "2026-11-03T01:00:00Z",
        "orderName": "애호박 외 2건",
        "amount": {
            "total": 30_000,
            "taxFree": 12_000,
            "discount": 0,
            "paid": 30_000,
            "cancelled": 0,
            "cancelledTaxFree": 0,
        },
        "currency": "KRW",
        "method": {"type": "PaymentMethodCard"},
        "paidAt": "2026-11-03T01:01:02.5Z",
        "receiptUrl": "https://pay.example/receipt/1",
    }
    return document | changes


def cancellation(**changes: object) -> dict[str, object]:
    """One cancellation that was done."""
    document: dict[str, object] = {
        "status": "SUCCEEDED",
        "id": "cancel-1",
        "totalAmount": 10_000,
        "taxFreeAmount": 4_000,
        "reason": "품절",
    }
    return document | changes


class Recorder(Simulator):
    """Keeps the requests and answers with the queued replies, then with the last one again and again."""

    def __init__(self) -> None:
        super().__init__(SimulatorServer())
        self.requests: list[Request] = []
        self.replies: list[Reply] = [json_reply(payment())]

    def will_say(self, *replies: Reply) -> None:
        self.replies = list(replies)

    def handle(self, request: Request) -> Reply:
        self.requests.append(request)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def sent(self) -> list[tuple[str, str]]:
        return [(request.method, request.path) for request in self.requests]

    def document(self, index: int) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.requests[index].body)
        return found


def problem(kind: str, status: int = 409) -> Reply:
    return json_reply({"type": kind, "message": "안 돼요."}, status)
