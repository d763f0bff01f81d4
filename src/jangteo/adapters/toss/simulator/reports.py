"""Transactions and settlements of the practice gateway, made from the payments of its book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from jangteo.adapters._wire import BadShape
from jangteo.adapters.toss.simulator.book import Movement, PracticePayment
from jangteo.adapters.toss.simulator.payload import MERCHANT_ID, METHODS, taxes, written
from jangteo.kernel.clock import KST

# 2.3 % and the VAT on it.
FEE_PER_MILLION = 25_300
WEEKDAYS_TO_PAYMENT = 2
USUAL_PAGE = 100
LARGEST_PAGE = 5_000


@dataclass(frozen=True, slots=True)
class Settled:
    """What one movement comes to."""

    payment: PracticePayment
    movement: Movement
    fee_won: int
    vat_won: int
    sold_on: date
    paid_on: date

    @property
    def paid_won(self) -> int:
        """What reaches the bank."""
        return self.movement.won - self.fee_won


def fee_won(amount_won: int) -> int:
    """The fee of an amount with its VAT, rounded down."""
    return amount_won * FEE_PER_MILLION // 1_000_000


def settled(payments: Sequence[PracticePayment]) -> list[Settled]:
    """Every movement of money. What a cancellation gives back of the fee is what is too much for the rest."""
    return [row for payment in payments for row in _settled(payment)]


def _settled(payment: PracticePayment) -> Iterator[Settled]:
    balance_won = fee_so_far_won = vat_so_far_won = 0
    for movement in payment.movements:
        if movement.status == "WAITING_FOR_DEPOSIT" or not movement.won:
            continue
        balance_won += movement.won
        fee = fee_won(balance_won)
        vat = taxes(fee)[1]
        sold_on = movement.at.astimezone(KST).date()
        yield Settled(payment, movement, fee - fee_so_far_won, vat - vat_so_far_won, sold_on, weekdays_after(sold_on))
        fee_so_far_won, vat_so_far_won = fee, vat


def weekdays_after(day: date, count: int = WEEKDAYS_TO_PAYMENT) -> date:
    """The day so many weekdays later. The practice bank knows no holidays."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def transactions_json(payments: Sequence[PracticePayment], query: Mapping[str, str], fault: str) -> list[object]:
    """A page of the transactions. Raises BadShape for a query that is not one."""
    first, last = _moment(query, "startDate"), _moment(query, "endDate")
    rows = [(payment, movement) for payment in payments for movement in payment.movements]
    rows = sorted((row for row in rows if first <= _second(row[1].at) <= last), key=lambda row: row[1].at)
    rows = _spoilt(rows, fault)
    keys = [movement.key for _, movement in rows]
    cursor = query.get("startingAfter")
    start = 0 if cursor is None else [*keys, cursor].index(cursor) + 1
    return [_transaction_json(*row) for row in rows[start : start + _size(query, "limit")]]


def _transaction_json(payment: PracticePayment, movement: Movement) -> dict[str, object]:
    return {
        "mId": MERCHANT_ID,
        "transactionKey": movement.key,
        "paymentKey": payment.payment_key,
        "orderId": payment.order.order_id,
        "method": METHODS[payment.order.method],
        "customerKey": None,
        "useEscrow": False,
        "receiptUrl": None,
        "status": movement.status,
        "transactionAt": written(movement.at),
        "currency": "KRW",
        "amount": abs(movement.won),
    }


def settlements_json(payments: Sequence[PracticePayment], query: Mapping[str, str], fault: str) -> list[object]:
    """A page of the settlements. Raises BadShape for a query that is not one."""
    first, last = _day(query, "startDate"), _day(query, "endDate")
    by_payment = query.get("dateType", "soldDate") == "paidOutDate"
    rows = [row for row in settled(payments) if first <= (row.paid_on if by_payment else row.sold_on) <= last]
    if fault == "missing_row":
        rows = rows[1:]
    if fault == "extra_row" and rows:
        rows = [*rows, replace(rows[0], movement=_stray(rows[0].movement.at), fee_won=25, vat_won=2)]
    if fault == "other_fee" and rows:
        rows = [replace(rows[0], fee_won=rows[0].fee_won + 1), *rows[1:]]
    size = _size(query, "size")
    start = (_number(query, "page", 1) - 1) * size
    return [_settlement_json(row) for row in rows[start : start + size]]


def _settlement_json(row: Settled) -> dict[str, object]:
    return {
        "mId": MERCHANT_ID,
        "paymentKey": row.payment.payment_key,
        "transactionKey": row.movement.key,
        "orderId": row.payment.order.order_id,
        "currency": "KRW",
        "method": METHODS[row.payment.order.method],
        "approvedAt": written(row.payment.approved_at),
        "soldDate": row.sold_on.isoformat(),
        "paidOutDate": row.paid_on.isoformat(),
        "amount": row.movement.won,
        "interestFee": 0,
        "fee": row.fee_won,
        "fees": [{"type": "BASE", "fee": row.fee_won}],
        "supplyAmount": row.fee_won - row.vat_won,
        "vat": row.vat_won,
        "payOutAmount": row.paid_won,
        "cancel": _cancel_json(row.movement) if row.movement.won < 0 else None,
    }


def _cancel_json(movement: Movement) -> dict[str, object]:
    return {"transactionKey": movement.key, "cancelAmount": -movement.won}


def _spoilt(rows: list[tuple[PracticePayment, Movement]], fault: str) -> list[tuple[PracticePayment, Movement]]:
    if fault == "missing_row":
        return rows[1:]
    if fault == "extra_row" and rows:
        payment, movement = rows[0]
        return [(payment, _stray(movement.at)), *rows]
    return rows


def _stray(at: datetime) -> Movement:
    """A movement that no payment had."""
    return Movement("0" * 32, "DONE", 1_000, at)


def _moment(query: Mapping[str, str], name: str) -> datetime:
    try:
        return datetime.fromisoformat(query.get(name, "")).replace(tzinfo=KST)
    except ValueError:
        raise BadShape(f"{name} is not a time") from None


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _day(query: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(query.get(name, ""))
    except ValueError:
        raise BadShape(f"{name} is not a day") from None


def _size(query: Mapping[str, str], name: str) -> int:
    return min(_number(query, name, USUAL_PAGE), LARGEST_PAGE)


def _number(query: Mapping[str, str], name: str, usual: int) -> int:
    given = query.get(name, str(usual))
    if not given.isdecimal() or not int(given):
        raise BadShape(f"{name} is not a number from 1")
    return int(given)
