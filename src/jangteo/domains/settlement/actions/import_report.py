"""A file that somebody got from a gateway, a bank or a voucher operator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from hashlib import sha256

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.compare_settlements import compare_settlements
from jangteo.domains.settlement.actions.compare_transactions import compare_transactions
from jangteo.domains.settlement.actions.note_compared import note_compared
from jangteo.domains.settlement.actions.open_breaks import Found, open_breaks
from jangteo.domains.settlement.billing import Period, midnight_after
from jangteo.domains.settlement.business_days import BankDays, korean_date
from jangteo.domains.settlement.errors import NothingToCompare
from jangteo.domains.settlement.gateway_book import expected_payouts, gateway_of, voucher_moves
from jangteo.domains.settlement.gateway_files import (
    PORTONE,
    listed_settlements,
    listed_transactions,
    portone_settlements,
    portone_transactions,
)
from jangteo.domains.settlement.models import ImportedFile
from jangteo.domains.settlement.reconcile import movements
from jangteo.domains.settlement.reconcile.comparing import Comparison, Movement
from jangteo.domains.settlement.reconcile.reading import Entry, Files, read_files
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.files.tables import Source

KINDS = (
    "gateway_transactions",
    "gateway_settlements",
    "portone_transactions",
    "portone_settlements",
    "bank_statement",
    "voucher_operator",
)
USUAL_GATEWAY = "toss"
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """`is_new` is False when the same bytes were given before; then nothing has changed."""

    file: ImportedFile
    is_new: bool


@action
def import_report(*, market: Market, actor: Actor, source: Source) -> Imported:
    """Hold a file against the book and open breaks. Raises NothingToCompare for files of other kinds, and what
    `read_files` raises; then nothing of it is kept."""
    Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    digest = sha256(source.data).hexdigest()
    earlier = ImportedFile.objects.filter(sha256=digest).first()
    if earlier is not None:
        return Imported(earlier, is_new=False)
    files = read_files([source])
    kinds = sorted({one.kind for one in files.taken})
    if not set(kinds) <= set(KINDS):
        raise NothingToCompare(have=", ".join(kinds), wanted=", ".join(KINDS))
    breaks = _gateway(market, actor, files) + _bank(market, files, source.name) + _vouchers(market, files, source.name)
    row = ImportedFile.objects.create(
        market=market,
        name=source.name[:LONGEST_NAME],
        kinds=kinds,
        rows=sum(one.rows for one in files.taken),
        breaks=breaks,
        sha256=digest,
        actor_ref=actor.ref,
        at=clock.now(),
    )
    audit.record(actor, "report.imported", f"market:{market.pk}", rows=row.rows, breaks=breaks)
    return Imported(row, is_new=True)


def _gateway(market: Market, actor: Actor, files: Files) -> int:
    """Every gateway's own files. A file of transactions is its report of the days that it is about."""
    opened = 0
    for gateway, listed, told in _transactions(files):
        days = _span([row.days["day"] for row in listed])
        opened += compare_transactions(market=market, gateway=gateway, told=told, days=days)
        note_compared(market_id=market.pk, gateway=gateway, days={row.days["day"] for row in listed})
    for gateway, told in _settlements(files):
        opened += compare_settlements(market=market, gateway=gateway, told=told, actor=actor)
    return opened


def _transactions(files: Files) -> Iterator[tuple[str, Sequence[Entry], list[Movement]]]:
    if listed := files.of("gateway_transactions"):
        gateway = _whose(listed)
        yield gateway, listed, listed_transactions(gateway, listed)
    if listed := files.of("portone_transactions"):
        yield PORTONE, listed, portone_transactions(listed)


def _settlements(files: Files) -> Iterator[tuple[str, list[Movement]]]:
    if settled := files.of("gateway_settlements"):
        gateway = _whose(settled)
        yield gateway, listed_settlements(gateway, settled)
    if settled := files.of("portone_settlements"):
        yield PORTONE, portone_settlements(settled)


def _whose(rows: Sequence[Entry]) -> str:
    return gateway_of({row.texts.get("payment", "") for row in rows}, USUAL_GATEWAY)


def _bank(market: Market, files: Files, name: str) -> int:
    rows = files.of("bank_statement")
    if not rows:
        return 0
    days = _span([row.days["day"] for row in rows])
    comparison = Comparison("bank_statement", korean_date(clock.now()))
    expected = expected_payouts(days.first, days.last)
    found = comparison.deposits(expected, movements.deposits(rows), BankDays())
    return open_breaks(market_id=market.pk, found=[Found(one, name) for one in found])


def _vouchers(market: Market, files: Files, name: str) -> int:
    rows = files.of("voucher_operator")
    if not rows:
        return 0
    days = _all_days(rows)
    here = voucher_moves(days, clock.korean(min(days), time(0)), midnight_after(max(days)))
    # Which merchant number is which stall nobody has written down: day and amount have to do.
    there = [movements.without_place(one) for one in movements.vouchers(rows)]
    found = Comparison("voucher_operator", korean_date(clock.now())).approved(here, there)
    return open_breaks(market_id=market.pk, found=[Found(one, name) for one in found])


def _all_days(rows: Sequence[Entry]) -> list[date]:
    return sorted({row.days["day"] for row in rows})


def _span(days: Sequence[date]) -> Period:
    return Period(min(days), max(days))
