"""Every movement of a time at PortOne V2, for reconciliation: GET /payment-events-by-cursor.

PortOne also lists payments, but by the day they began: a cancellation of an older payment would be missing there.

What the card companies behind it pay out is in its console and in no documented answer of this API. Its partner
settlements are what a platform owes its partners, worked out at PortOne, and its VAT reports have no fees.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from jangteo.adapters._wire import BadShape, Record, nothing
from jangteo.adapters.portone.api import Api, PortOneAccount, error_type, unclear
from jangteo.adapters.portone.client import TIMEOUT_S
from jangteo.adapters.portone.mapper import LONGEST_ID, LONGEST_PAYMENT_ID, LONGEST_TEXT, method_of
from jangteo.domains.payments.ports import GatewayRejected, GatewayState, GatewayUnknown
from jangteo.domains.payments.reports_port import DatedBy, GatewayTransaction

LARGEST_PAGE = 1_000

_STATES = {
    "PAID": GatewayState.DONE,
    "PARTIAL_CANCELLED": GatewayState.PART_CANCELLED,
    "CANCELLED": GatewayState.CANCELLED,
}


class PortOneReports:
    """The reports of one shop. Safe to share between threads."""

    name = "portone"

    def __init__(
        self,
        *,
        base_url: str,
        account: PortOneAccount,
        timeout_s: float = TIMEOUT_S,
        page: int = LARGEST_PAGE,
        before_call: Callable[[], None] = nothing,
    ) -> None:
        self._api = Api(base_url=base_url, account=account, timeout_s=timeout_s, before_call=before_call)
        self._account = account
        self._size = page

    def transactions(self, *, since: datetime, until: datetime) -> tuple[GatewayTransaction, ...]:
        """Every payment and cancellation from `since` to before `until`, oldest first, without those of test channels
        when the shop is live. Raises ValueError for naive times, GatewayUnknown unless all of them can be read, and
        GatewayRejected when the secret may not read them.
        """
        if since.tzinfo is None or until.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        found: dict[str, GatewayTransaction | None] = {}
        cursor: str | None = None
        while True:
            items = self._page(since, until, cursor)
            before = len(found)
            for item in items:
                cursor, event_id, movement = self._item(item)
                found[event_id] = movement
            if len(items) < self._size:
                break
            if len(found) == before:
                raise GatewayUnknown("the list goes round in circles")
        movements = [movement for movement in found.values() if movement is not None and since <= movement.at < until]
        return tuple(sorted(movements, key=lambda movement: movement.at))

    def settlements(self, *, first: date, last: date, dated_by: DatedBy = DatedBy.SOLD) -> None:
        """PortOne does not tell what was paid out."""

    def close(self) -> None:
        """Give the connections back."""
        self._api.close()

    def _page(self, since: datetime, until: datetime, cursor: str | None) -> list[Record]:
        body: dict[str, object] = {
            "storeId": self._account.store_id,
            "from": since.isoformat(),
            "until": until.isoformat(),
            "size": self._size,
        }
        if cursor is not None:
            body["cursor"] = cursor
        answer = self._api.get_by_body("list movements", "/payment-events-by-cursor", body)
        if answer.status in (401, 403):
            raise GatewayRejected(error_type(answer) or "UNAUTHORIZED", "")
        if answer.status != 200:
            raise unclear(answer)
        try:
            return Record(answer.body, "list").records("items")
        except BadShape as wrong:
            raise GatewayUnknown(f"unreadable list: {wrong}") from None

    def _item(self, item: Record) -> tuple[str, str, GatewayTransaction | None]:
        """Cursor, id and movement of one event; no movement when no money moved for this shop."""
        try:
            event = item.record("paymentEvent")
            cursor, event_id = item.text("cursor", longest=LONGEST_TEXT), event.text("id", longest=LONGEST_ID)
            counts = not self._account.live or event.record("channel").text("type", longest=20) == "LIVE"
            return cursor, event_id, _movement(event, event_id) if counts else None
        except BadShape as wrong:
            raise GatewayUnknown(f"unreadable movement: {wrong}") from None


def _movement(event: Record, event_id: str) -> GatewayTransaction:
    kind, payment_id = event.text("type", longest=40), event.text("paymentId", longest=LONGEST_PAYMENT_ID)
    if kind not in _STATES:
        raise BadShape("type is not a documented one")
    if event.text("currency", longest=3) != "KRW":
        raise BadShape("currency is not KRW")
    at = event.moment_or_none("createdAt")
    if at is None:
        raise BadShape("createdAt is missing")
    return GatewayTransaction(
        key=_key(event, event_id, is_payment=kind == "PAID"),
        payment_key=payment_id,
        order_ref=payment_id,
        state=_STATES[kind],
        amount_won=event.signed_won("eventAmount"),
        method=method_of(event),
        at=at,
    )


def _key(event: Record, event_id: str, *, is_payment: bool) -> str:
    """The transaction's id, or the cancellation's, which PortOne may leave out."""
    if is_payment:
        return event.text("transactionId", longest=LONGEST_ID)
    cancellation = event.record_or_none("cancellation")
    return cancellation.text("id", longest=LONGEST_ID) if cancellation else event_id
