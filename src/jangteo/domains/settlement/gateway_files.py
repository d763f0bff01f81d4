"""Rows of a gateway's files as movements under the ledger's keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from jangteo.domains.payments.models import Payment
from jangteo.domains.settlement.business_days import korean_date
from jangteo.domains.settlement.gateway_book import as_told, entry_key, lines_of
from jangteo.domains.settlement.reconcile import movements
from jangteo.domains.settlement.reconcile.comparing import Movement
from jangteo.domains.settlement.reconcile.reading import Entry
from jangteo.domains.settlement.sales import ORDER

PORTONE = "portone"


def listed_transactions(gateway: str, rows: Iterable[Entry]) -> list[Movement]:
    """Transactions that name their payment and their own key."""
    told = {}
    for row in rows:
        won = row.money["amount"]
        if won:
            key = entry_key(gateway, row.texts["payment"], row.texts["transaction"], won)
            told[key] = Movement(key, row.texts["order"], won, row.days["day"])
    return list(told.values())


def listed_settlements(gateway: str, rows: Iterable[Entry]) -> list[Movement]:
    """Settlements, which need not say the payment where they say the order."""
    listed = list(rows)
    refs = {row.texts["order"] for row in listed}
    known = dict(Payment.objects.filter(order_ref__in=refs).values_list("order_ref", "payment_key"))
    told = {}
    for row in listed:
        won, texts = row.money["amount"], row.texts
        payment = texts.get("payment") or known.get(texts["order"]) or ""
        key = entry_key(gateway, payment, texts["transaction"], won)
        paid = row.money["payout"]
        told[key] = Movement(key, texts["order"], won, row.days["sold"], row.money["fee"], paid, row.days["paid"])
    return list(told.values())


def portone_transactions(rows: Iterable[Entry]) -> list[Movement]:
    """Rows of PortOne's console, which name the payment and not which of its cancellations they are."""
    return list(_as_booked(movements.portone_transactions(rows)))


def portone_settlements(rows: Iterable[Entry]) -> list[Movement]:
    """The same of what was paid out."""
    return list(_as_booked(movements.portone_settlements(rows)))


def _as_booked(told: Sequence[Movement]) -> Iterator[Movement]:
    """Under the key of the booked movement that a row must be about: of the same payment the one of its day and amount,
    else of its amount. One left on both sides is one with another amount. What is left then was never booked."""
    booked = _booked({one.order for one in told})
    waiting: dict[str, list[Movement]] = defaultdict(list)
    for one in told:
        waiting[one.order].append(one)
    for order, rows in waiting.items():
        yield from _paired(rows, booked[order])


def _booked(refs: Set[str]) -> dict[str, list[Movement]]:
    found: dict[str, list[Movement]] = defaultdict(list)
    for row in lines_of(PORTONE, refs - {""}):
        key, order = as_told(row.entry.key), row.entry.cause.removeprefix(ORDER)
        found[order].append(Movement(key, order, row.amount_won, korean_date(row.entry.at)))
    return found


def _paired(rows: list[Movement], booked: list[Movement]) -> Iterator[Movement]:
    left = [row for row in rows if movements.CORRECTION not in row.key]
    strange = [row for row in rows if movements.CORRECTION in row.key]
    for alike in (_on_its_day, _of_its_amount):
        for ours in list(booked):
            row = next((row for row in left if alike(row, ours)), None)
            if row is not None:
                left.remove(row)
                booked.remove(ours)
                yield replace(row, key=ours.key)
    if len(left) == len(booked) == 1 and (left[0].amount > 0) == (booked[0].amount > 0):
        yield replace(left.pop(), key=booked[0].key)
    yield from (replace(row, key=f"{PORTONE}:{row.key}") for row in (*left, *strange))


def _on_its_day(row: Movement, ours: Movement) -> bool:
    return (row.amount, row.day) == (ours.amount, ours.day)


def _of_its_amount(row: Movement, ours: Movement) -> bool:
    return row.amount == ours.amount
