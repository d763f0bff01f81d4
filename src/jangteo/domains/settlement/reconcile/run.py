"""Brings the files that fit together, and the own book where there is one, and reports what does not agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from jangteo.domains.settlement.business_days import BankDays
from jangteo.domains.settlement.errors import NothingToCompare
from jangteo.domains.settlement.reconcile import movements
from jangteo.domains.settlement.reconcile.comparing import Break, BreakKind, Comparison, Movement
from jangteo.domains.settlement.reconcile.kinds import kinds
from jangteo.domains.settlement.reconcile.reading import Files

BOOK = "book"
# What each kind of file is held against, the nearest first. One of them is enough.
HELD_AGAINST = {
    "order_items": ("order_payments",),
    "order_payments": ("order_items",),
    "orders": ("order_items",),
    "gateway_transactions": (BOOK, "gateway_settlements"),
    "gateway_settlements": (BOOK, "gateway_transactions"),
    "portone_transactions": ("portone_settlements",),
    "portone_settlements": ("portone_transactions",),
    "bank_statement": ("gateway_settlements", "portone_settlements"),
    "voucher_operator": (BOOK,),
}
# The marketplace's amounts are sums of rounded prices; only more than its smallest coin is a difference.
CENT = 1


@dataclass(frozen=True, slots=True)
class Book:
    """What the own ledger says of the days that the files are about.

    `gateway` by the gateway's transaction key, with the fee that is expected and the day it is due; `vouchers` by
    `movements.voucher_key`, or with an empty key where the stall knew no approval number.
    """

    gateway: tuple[Movement, ...] = ()
    vouchers: tuple[Movement, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """By whose day to judge, the bank calendar, and after how many bank days a gateway pays out."""

    today: date
    days: BankDays = field(default_factory=BankDays)
    settle_after: int = 2


@dataclass(frozen=True, slots=True)
class Report:
    """How many orders were looked at, and the breaks."""

    orders: int
    breaks: tuple[Break, ...]

    def of(self, kind: BreakKind) -> list[Break]:
        return [one for one in self.breaks if one.kind is kind]

    def as_dict(self) -> dict[str, object]:
        """`{"orders": 3, "breaks": {"amount": [...], "no_items": [...], ...}}` with every kind, for JSON.

        Amounts are whole numbers of the smallest unit, `digits` says of how many decimal places; days are ISO texts.
        """
        return {
            "orders": self.orders,
            "breaks": {kind.value: [_plain(one) for one in self.of(kind)] for kind in BreakKind},
        }


def reconcile(files: Files, terms: Terms, book: Book | None = None) -> Report:
    """Compare what was read. Raises NothingToCompare when a file has nothing to be held against."""
    for kind in files.rows:
        if not any(other in files or (other == BOOK and book is not None) for other in HELD_AGAINST[kind]):
            raise NothingToCompare(have=kind, wanted=", ".join(HELD_AGAINST[kind]))
    found = (*_orders(files, terms), *_gateway(files, terms, book), *_vouchers(files, terms, book))
    return Report(_count_orders(files, book), found)


def _orders(files: Files, terms: Terms) -> Iterator[Break]:
    """Items with freight against payments. An order without any item is that break alone, however much was paid."""
    if "order_payments" not in files:
        return
    about = Comparison("order_payments", terms.today, kinds()["order_payments"].digits, CENT)
    days = {entry.texts["order"]: entry.days["day"] for entry in files.of("orders")}
    items = movements.by_order(files.of("order_items"), "price", "freight", days=days)
    paid = movements.by_order(files.of("order_payments"), "amount", days=days)
    known = days or paid
    yield from (about.no_items(order, days.get(order), paid.get(order)) for order in known if order not in items)
    yield from about.amounts(
        items.values(), (one for order, one in paid.items() if order in items or order not in known)
    )


def _gateway(files: Files, terms: Terms, book: Book | None) -> Iterator[Break]:
    listed, settled = _listed(files, terms), _settled(files)
    here = listed if book is None else book.gateway
    told: set[str] = set()
    if "gateway_transactions" in files and book is not None:
        breaks = list(Comparison("gateway_transactions", terms.today).amounts(here, listed))
        told = {one.key for one in breaks}
        yield from breaks
    if "gateway_settlements" in files or "portone_settlements" in files:
        breaks = list(Comparison("gateway_settlements", terms.today).settled(here, settled))
        # What the transactions have shown already is one break, not two.
        yield from (one for one in breaks if one.kind is BreakKind.FEE or one.key not in told)
    if "bank_statement" in files:
        entries = files.of("bank_statement")
        came = movements.deposits(entries)
        since = min((entry.days["day"] for entry in entries), default=date.min)
        expected = [one for one in movements.payouts(settled) if one.due and one.due >= since]
        yield from Comparison("bank_statement", terms.today).deposits(expected, came, terms.days)


def _listed(files: Files, terms: Terms) -> list[Movement]:
    """Transactions of every gateway."""
    portone = movements.portone_transactions(files.of("portone_transactions"))
    due = [replace(one, due=terms.days.plus(one.day, terms.settle_after)) for one in portone if one.day]
    return movements.transactions(files.of("gateway_transactions"), terms.days, terms.settle_after) + due


def _settled(files: Files) -> list[Movement]:
    """What every gateway has paid out."""
    portone = movements.portone_settlements(files.of("portone_settlements"))
    return movements.settlements(files.of("gateway_settlements")) + portone


def _vouchers(files: Files, terms: Terms, book: Book | None) -> Iterator[Break]:
    if book is None or "voucher_operator" not in files:
        return
    known = movements.vouchers(files.of("voucher_operator"))
    yield from Comparison("voucher_operator", terms.today).approved(book.vouchers, known)


def _count_orders(files: Files, book: Book | None) -> int:
    named = {entry.texts.get("order", "") for entries in files.rows.values() for entry in entries}
    booked = {one.order for one in (*book.gateway, *book.vouchers)} if book else set()
    return len((named | booked) - {""})


def _plain(one: Break) -> dict[str, str | int | None]:
    return {
        "about": one.about,
        "order": one.order,
        "key": one.key,
        "here": one.here,
        "there": one.there,
        "difference": one.difference,
        "digits": one.digits,
        "day": one.day.isoformat() if one.day else None,
        "age_days": one.age_days,
    }
