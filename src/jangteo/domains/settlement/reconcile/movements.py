"""Rows of files as movements of money that can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from jangteo.domains.settlement.business_days import BankDays
from jangteo.domains.settlement.reconcile.comparing import Movement
from jangteo.domains.settlement.reconcile.kinds import kinds
from jangteo.domains.settlement.reconcile.reading import Entry

# PortOne takes payments with names of this length at most; a longer one is nobody's.
LONGEST_NAME = 64
# In the key of a row that puts something right which no payment and no cancellation of ours was.
CORRECTION = ":correction:"


def by_order(entries: Iterable[Entry], *money: str, days: Mapping[str, date]) -> dict[str, Movement]:
    """One movement per order: the sum of the named amounts over all its rows."""
    sums: dict[str, int] = {}
    for entry in entries:
        order = entry.texts["order"]
        sums[order] = sums.get(order, 0) + sum(entry.money[field] for field in money)
    return {order: Movement(order, order, total, days.get(order)) for order, total in sums.items()}


def transactions(entries: Iterable[Entry], days: BankDays, settle_after: int) -> list[Movement]:
    """Transactions of a gateway, due so many bank days later. Rows that moved no money are left out."""
    return [
        Movement(
            key=entry.texts["transaction"],
            order=entry.texts["order"],
            amount=entry.money["amount"],
            day=entry.days["day"],
            due=days.plus(entry.days["day"], settle_after),
        )
        for entry in entries
        if entry.money["amount"]
    ]


def settlements(entries: Iterable[Entry]) -> list[Movement]:
    """What a gateway has paid out, transaction by transaction."""
    return [
        Movement(
            key=entry.texts["transaction"],
            order=entry.texts["order"],
            amount=entry.money["amount"],
            day=entry.days["sold"],
            fee=entry.money["fee"],
            payout=entry.money["payout"],
            due=entry.days["paid"],
        )
        for entry in entries
    ]


def portone_transactions(entries: Iterable[Entry]) -> list[Movement]:
    """Transactions as PortOne's console lists them. Rows that moved no money are left out."""
    signs = kinds()["portone_transactions"].signs
    moved = (entry for entry in entries if entry.money["amount"])
    return _numbered((_what(entry, signs), _portone(entry, entry.days["day"])) for entry in moved)


def portone_settlements(entries: Iterable[Entry]) -> list[Movement]:
    """What PortOne's console says was paid out. A cancellation is read whether or not it is written below 0."""
    signs = kinds()["portone_settlements"].signs
    return _numbered((_what(entry, signs), _portone_settled(entry)) for entry in entries)


def _portone(entry: Entry, day: date) -> Movement:
    """Its payment is our order; a row without one is known by the card company's number only."""
    order, number = (entry.texts.get(field, "")[:LONGEST_NAME] for field in ("order", "pg"))
    return Movement(order or f"pg:{number}", order, entry.money["amount"], day)


def _portone_settled(entry: Entry) -> Movement:
    one = _portone(entry, entry.days["sold"])
    fee, payout = entry.money["fee"] + entry.money["vat"], entry.money["payout"]
    if one.amount < 0 < payout:
        fee, payout = -fee, -payout
    return replace(one, fee=fee, payout=payout, due=entry.days["paid"])


def _what(entry: Entry, signs: Mapping[str, int | str]) -> str:
    """Which of a payment's movements a row is about, as far as it says."""
    sign = signs[entry.texts["status"]]
    if isinstance(sign, str):
        return CORRECTION
    return ":cancel:" if sign < 0 else ":capture"


def _numbered(rows: Iterable[tuple[str, Movement]]) -> list[Movement]:
    """With keys that two files about the same movements give them: by payment, kind and day, the smallest first."""
    count: Counter[str] = Counter()
    found = []
    for what, one in sorted(rows, key=lambda row: (row[1].day or date.min, abs(row[1].amount))):
        key = f"{one.key}{what}" if what == ":capture" else f"{one.key}{what}{one.day}"
        count[key] += 1
        found.append(replace(one, key=key if count[key] == 1 else f"{key}:{count[key]}"))
    return found


def payouts(settled: Iterable[Movement]) -> list[Movement]:
    """What should have come to the bank account, one sum for each pay-out day; days with nothing to pay left out."""
    sums: dict[date, int] = {}
    for one in settled:
        if one.due is not None and one.payout is not None:
            sums[one.due] = sums.get(one.due, 0) + one.payout
    return [Movement(day.isoformat(), "", won, day, due=day) for day, won in sorted(sums.items()) if won > 0]


def deposits(entries: Iterable[Entry]) -> list[Movement]:
    """What came to a bank account. The key is the payer's name where it is a gateway's, else empty."""
    payers = kinds()["bank_statement"].payers
    found = []
    for entry in entries:
        said = " ".join(entry.texts.get(field, "") for field in ("payer", "memo"))
        payer = next((payer for payer in payers if payer in said), "")
        if entry.money["in"] > 0:
            found.append(Movement(payer, "", entry.money["in"], entry.days["day"]))
    return found


def vouchers(entries: Iterable[Entry]) -> list[Movement]:
    """What the operator of a voucher scheme knows of, approvals and their cancellations. Rows of 0 are left out."""
    return [
        Movement(
            key=voucher_key(entry.texts["merchant"], entry.texts["approval"], entry.money["amount"]),
            order=entry.texts.get("order", ""),
            amount=entry.money["amount"],
            day=entry.days["day"],
            fee=entry.money.get("fee"),
            due=entry.days.get("paid"),
            place=entry.texts["merchant"],
        )
        for entry in entries
        if entry.money["amount"]
    ]


def voucher_key(merchant: str, approval: str, amount: int) -> str:
    """What an approval is called on both sides. Its cancellation has the same number but is a movement of its own."""
    return f"{merchant}:{approval}:{'cancel' if amount < 0 else 'approve'}"


def without_place(one: Movement) -> Movement:
    """The same without its merchant, to be found by day and amount."""
    return replace(one, place="")
