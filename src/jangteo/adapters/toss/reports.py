"""Transactions and settlements of Toss Payments, core API v1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TypeVar

from jangteo.adapters._wire import BadShape, Record, nothing
from jangteo.adapters.toss import mapper
from jangteo.adapters.toss.access import TIMEOUT_S, Access
from jangteo.domains.payments.ports import GatewayState, GatewayUnknown
from jangteo.domains.payments.reports_port import DatedBy, GatewaySettlement, GatewayTransaction
from jangteo.kernel.clock import KST

# Toss allows 5,000. A page is read until one comes empty, so a server that gives fewer than asked for does no harm.
PAGE = 1_000
MOST_PAGES = 1_000

T = TypeVar("T", GatewayTransaction, GatewaySettlement)

_BACK = frozenset({GatewayState.CANCELLED, GatewayState.PART_CANCELLED})
_SETTLED_BY = {DatedBy.SOLD: "soldDate", DatedBy.PAID: "paidOutDate"}


class TossReports:
    """The reports of one shop. Safe to share between threads; keeps its connections open."""

    name = "toss"

    def __init__(
        self,
        *,
        base_url: str,
        secret_key: str,
        timeout_s: float = TIMEOUT_S,
        before_call: Callable[[], None] = nothing,
        page_size: int = PAGE,
    ) -> None:
        self._access = Access(base_url=base_url, secret_key=secret_key, timeout_s=timeout_s, before_call=before_call)
        self._page_size = str(page_size)

    def transactions(self, *, since: datetime, until: datetime) -> tuple[GatewayTransaction, ...]:
        """Every movement from `since` to before `until`, oldest first. Raises ValueError for naive times,
        GatewayUnknown when a page fails and GatewayRejected when the key may not read them.
        """
        if since.tzinfo is None or until.tzinfo is None:
            raise ValueError("a time of a report needs its time zone")
        query = {"startDate": _written(since), "endDate": _written(until), "limit": self._page_size}
        found: dict[str, GatewayTransaction] = {}
        for _ in range(MOST_PAGES):
            page = [_read(transaction, row) for row in self._page("transactions", query)]
            if not page:
                # Toss counts whole seconds and takes the end as a part of the range.
                return tuple(sorted((row for row in found.values() if since <= row.at < until), key=lambda row: row.at))
            if page[-1].key in found:
                break
            found |= {row.key: row for row in page}
            query["startingAfter"] = page[-1].key
        raise GatewayUnknown("the transactions have no end")

    def settlements(
        self, *, first: date, last: date, dated_by: DatedBy = DatedBy.SOLD
    ) -> tuple[GatewaySettlement, ...]:
        """Every settlement of these Korean days, both included. Raises as `transactions` does."""
        found: list[GatewaySettlement] = []
        query = {"startDate": first.isoformat(), "endDate": last.isoformat(), "dateType": _SETTLED_BY[dated_by]}
        for page_number in range(1, MOST_PAGES + 1):
            rows = self._page("settlements", query | {"page": str(page_number), "size": self._page_size})
            page = [_read(settlement, row) for row in rows]
            if not page:
                return tuple(found)
            if page == found[-len(page) :]:
                break
            found += page
        raise GatewayUnknown("the settlements have no end")

    def close(self) -> None:
        """Give the connections back."""
        self._access.close()

    def _page(self, label: str, query: Mapping[str, str]) -> list[object]:
        answer = self._access.get(label, f"/v1/{label}", query)
        if answer.status != 200:
            raise mapper.refusal(answer)
        if not isinstance(answer.body, list):
            raise GatewayUnknown(f"unreadable {label}: not a list")
        return answer.body


def transaction(row: Record) -> GatewayTransaction:
    """One entry of the transactions. Raises BadShape."""
    status = row.text("status", longest=40)
    moment = row.moment_or_none("transactionAt")
    if status not in mapper.STATES or moment is None:
        raise BadShape("status or transactionAt is not a documented one")
    state = mapper.STATES[status]
    return GatewayTransaction(
        key=row.text("transactionKey", longest=mapper.LONGEST_TRANSACTION_KEY),
        payment_key=row.text("paymentKey", longest=mapper.LONGEST_PAYMENT_KEY),
        order_ref=row.text("orderId", longest=mapper.LONGEST_ORDER_ID),
        state=state,
        amount_won=_moved(state, row.signed_won("amount")),
        method=row.text_or_none("method", longest=40) or "",
        at=moment,
    )


def _moved(state: GatewayState, written_won: int) -> int:
    """What a row moved. Toss does not say which sign a cancelled amount has, its status does."""
    if state in _BACK:
        return -abs(written_won)
    return written_won if state is GatewayState.DONE else 0


def settlement(row: Record) -> GatewaySettlement:
    """One entry of the settlements. Raises BadShape.

    The fee is its two halves together: `fee` itself is missing in older answers, and `fees` does not add up in some.
    """
    vat_won = row.signed_won("vat")
    return GatewaySettlement(
        key=row.text_or_none("transactionKey", longest=mapper.LONGEST_TRANSACTION_KEY) or "",
        payment_key=row.text("paymentKey", longest=mapper.LONGEST_PAYMENT_KEY),
        order_ref=row.text("orderId", longest=mapper.LONGEST_ORDER_ID),
        method=row.text_or_none("method", longest=40) or "",
        amount_won=row.signed_won("amount"),
        fee_won=row.signed_won("supplyAmount") + vat_won,
        vat_won=vat_won,
        paid_won=row.signed_won("payOutAmount"),
        sold_on=row.day("soldDate"),
        paid_on=row.day("paidOutDate"),
    )


def _read(read: Callable[[Record], T], row: object) -> T:
    try:
        return read(Record(row, read.__name__))
    except BadShape as wrong:
        raise GatewayUnknown(f"unreadable {read.__name__}: {wrong}") from None


def _written(moment: datetime) -> str:
    """Korean wall-clock time to the second, as the documentation shows it."""
    return moment.astimezone(KST).strftime("%Y-%m-%dT%H:%M:%S")
