"""The REST half of the practice gateway: authorisation, idempotency keys, faults, and one method per operation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

from jangteo.adapters._simulator.faults import Dial
from jangteo.adapters._simulator.server import Reply, Request, SimulatorServer, json_reply
from jangteo.adapters._wire import BadShape, Record, decoded
from jangteo.adapters.portone.simulator import faults, payload
from jangteo.adapters.portone.simulator.book import Book, CancelRequest, Movement, Refusal
from jangteo.adapters.portone.simulator.faults import error
from jangteo.adapters.portone.simulator.receipts import Receipts
from jangteo.adapters.portone.simulator.repeats import BadKey, Repeats
from jangteo.adapters.portone.simulator.settlements import PracticeSettlement, page_json, transfer_json
from jangteo.adapters.portone.simulator.store import PracticeStore

HANG_S = 90.0
LARGEST_PAGE = 1_000

Work = Callable[[], dict[str, object]]


class Rest:
    """Answers requests to the API. `settlements` is the list of what partners get."""

    def __init__(
        self, *, store: PracticeStore, server: SimulatorServer, book: Book, dial: Dial, clock: Callable[[], datetime]
    ) -> None:
        self.settlements: list[PracticeSettlement] = []
        self._store = store
        self._server = server
        self._book = book
        self._dial = dial
        self._receipts = Receipts(clock=clock, channel_key=store.channel_key)
        self._repeats = Repeats(clock)

    def answer(self, request: Request) -> Reply:
        """One request to the API."""
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if (scheme, secret) != ("PortOne", self._store.api_secret):
            return error(401, "UNAUTHORIZED")
        segments = [unquote(segment) for segment in request.path.split("/")[1:]]
        return self._get(request, segments) if request.method == "GET" else self._post(request, segments)

    def _get(self, request: Request, segments: list[str]) -> Reply:
        match segments:
            case ["payments", payment_id]:
                return self._read("read", lambda: self._payment(payment_id))
            case ["payments", payment_id, "cash-receipt"]:
                return self._read("read_receipt", lambda: self._receipt(payment_id))
            case ["payment-events-by-cursor"]:
                return self._read("list", lambda: self._list(_query(request)))
            case ["platform", "partner-settlements"]:
                return self._read("settlements", lambda: page_json(self.settlements, decoded(_asked(request))))
            case ["platform", "transfers", transfer_id]:
                return self._read("settlements", lambda: self._transfer(transfer_id))
        return faults.NOT_FOUND

    def _post(self, request: Request, segments: list[str]) -> Reply:
        match segments:
            case ["payments", payment_id, "pre-register"]:
                return self._write("pre_register", request, lambda: self._pre_register(payment_id, _body(request)))
            case ["payments", payment_id, "cancel"]:
                return self._write("cancel", request, lambda: self._cancel(payment_id, _body(request)))
            case ["cash-receipts"]:
                return self._write("issue_receipt", request, lambda: self._issue(_body(request)))
            case ["payments", payment_id, "cash-receipt", "cancel"]:
                return self._write("cancel_receipt", request, lambda: self._cancel_receipt(payment_id))
        return faults.NOT_FOUND

    def _read(self, kind: str, work: Work) -> Reply:
        fault = self._dial.take(kind)
        if fault == "slow":
            self._server.pause(self._dial.slow_ms / 1000)
        return faults.INSTEAD.get(fault or "") or self._spoilt(fault, self._outcome(work))

    def _write(self, kind: str, request: Request, work: Work) -> Reply:
        fault = self._dial.take(kind)
        if fault in faults.INSTEAD:
            return faults.INSTEAD[fault]

        def first() -> Reply:
            if fault == "slow":
                self._server.pause(self._dial.slow_ms / 1000)
            return self._outcome(work)

        try:
            reply = self._repeats.once(request, first)
        except BadKey as wrong:
            return error(400, "INVALID_REQUEST", message=str(wrong))
        return self._spoilt(fault, reply) if reply else faults.IN_FLIGHT

    def _outcome(self, work: Work) -> Reply:
        """The documented answer to a piece of work."""
        try:
            with self._book.lock:
                return json_reply(work())
        except Refusal as refusal:
            return error(refusal.status, refusal.kind)
        except BadShape as wrong:
            return error(400, "INVALID_REQUEST", message=str(wrong))

    def _spoilt(self, fault: str | None, reply: Reply) -> Reply:
        """What becomes of the answer after the work is done."""
        if fault in {"timeout", "timeout_after_commit"}:
            self._server.pause(HANG_S)
            return Reply(hang_up=True)
        if fault in {"broken", "broken_after_commit"}:
            return Reply(hang_up=True)
        if fault == "server_error_after_commit":
            return faults.SERVER_ERROR
        if fault == "garbage":
            return faults.GARBAGE
        if fault in {"missing_row", "extra_row"}:
            return faults.of_another_book(fault, reply)
        return faults.of_tomorrow(reply) if fault == "unknown_status" else reply

    def _payment(self, payment_id: str) -> dict[str, object]:
        payment = self._book.find(payment_id)
        return payload.payment_json(payment, self._store.store_id, self._store.channel_key, self._server.public_url)

    def _pre_register(self, payment_id: str, body: Record) -> dict[str, object]:
        tax_free_won = body.won("taxFreeAmount") if body.has("taxFreeAmount") else 0
        self._book.fix(payment_id, body.won("totalAmount"), tax_free_won)
        return {}

    def _cancel(self, payment_id: str, body: Record) -> dict[str, object]:
        """Without taxFreeAmount everything is taken for taxable, as documented."""
        expected = body.won("currentCancellableAmount") if body.has("currentCancellableAmount") else None
        asked = CancelRequest(
            reason=body.text("reason", longest=1_000),
            amount_won=body.won("amount") if body.has("amount") else None,
            tax_free_won=body.won("taxFreeAmount") if body.has("taxFreeAmount") else 0,
            expected_balance_won=expected,
        )
        return {"cancellation": payload.cancel_json(self._book.cancel(payment_id, asked))}

    def _list(self, asked: Record) -> dict[str, object]:
        since, until = asked.moment_or_none("from"), asked.moment_or_none("until")
        if since is None or until is None:
            raise BadShape("from and until are needed here")
        size = asked.won("size") if asked.has("size") else 10
        if not 0 < size <= LARGEST_PAGE:
            raise BadShape("size is not 1 to 1000")
        after = asked.text_or_none("cursor", longest=200)
        movements = self._book.between(since, until)
        ids = [movement.id for movement in movements]
        start = ids.index(after) + 1 if after in ids else 0
        return {"items": [self._item(movement) for movement in movements[start : start + size]]}

    def _item(self, movement: Movement) -> dict[str, object]:
        event = payload.event_json(movement, self._store.store_id, self._store.channel_key)
        return {"paymentEvent": event, "cursor": movement.id}

    def _issue(self, body: Record) -> dict[str, object]:
        receipt = self._receipts.issue(body)
        found = self._receipt(receipt.payment_id)
        return {"cashReceipt": {"issueNumber": found["issueNumber"], "url": found["url"], "pgReceiptId": "practice"}}

    def _receipt(self, payment_id: str) -> dict[str, object]:
        receipt = self._receipts.find(payment_id)
        return payload.receipt_json(receipt, self._store.store_id, self._store.channel_key, self._server.public_url)

    def _cancel_receipt(self, payment_id: str) -> dict[str, object]:
        receipt = self._receipts.cancel(payment_id)
        return {"cancelledAmount": receipt.amount_won, "cancelledAt": payload.written(receipt.cancelled_at)}

    def _transfer(self, transfer_id: str) -> dict[str, object]:
        found = next((item for item in self.settlements if item.id == transfer_id), None)
        if found is None:
            raise Refusal("PLATFORM_TRANSFER_NOT_FOUND")
        return transfer_json(found)


def _query(request: Request) -> Record:
    return Record(decoded(_asked(request)), "requestBody")


def _asked(request: Request) -> bytes:
    """What would be the body, did a GET have one."""
    return request.query.get("requestBody", "").encode()


def _body(request: Request) -> Record:
    return Record(decoded(request.body), "body")
