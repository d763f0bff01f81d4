"""The worker's half: claim due rows, run their handler outside any transaction, write down how it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import connection

from jangteo.kernel import clock
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import in_market

LEASE = timedelta(minutes=3)
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=30)
TRIES_BEFORE_STUCK = 40

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """It happened, or nothing was left to do."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A final no. `note` is for people and holds no personal data."""

    note: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows; the handler will ask again before it repeats anything."""

    note: str


Ending = Done | Rejected | Unknown
Handler = Callable[[OutboxRow], Ending]


def deliver_due(handlers: Mapping[str, Handler], most: int = 20) -> int:
    """Handle up to `most` due rows of the topics given, one after another. How many were handled."""
    rows = _claim(list(handlers), most)
    for row in rows:
        _finish(row, _run(handlers[row.topic], row))
    return len(rows)


def in_transaction() -> bool:
    """True while a transaction is open on this thread's connection."""
    return connection.in_atomic_block


def _claim(topics: list[str], most: int) -> list[OutboxRow]:
    """Lease due rows in one statement. A row whose worker died is due again when its lease ends."""
    moment = clock.now()
    claimed = OutboxRow.objects.raw(
        "UPDATE kernel_outboxrow SET status = 'running', leased_until = %s, run_at = %s, attempts = attempts + 1"
        " WHERE id IN (SELECT id FROM kernel_outboxrow WHERE status IN ('queued', 'running') AND run_at <= %s"
        " AND topic = ANY(%s) ORDER BY run_at LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING *",
        [moment + LEASE, moment + LEASE, moment, topics, most],
    )
    return sorted(claimed, key=lambda row: row.pk)


def _run(handler: Handler, row: OutboxRow) -> Ending:
    if in_transaction():
        raise RuntimeError("an effect must not run inside a transaction")
    try:
        with in_market(row.market_id):
            return handler(row)
    except Exception as crash:
        # One broken effect must not stop the others; it is tried again and shown to a person in the end.
        log.exception("effect_crashed", topic=row.topic, row=row.pk)
        return Unknown(type(crash).__name__)


def _finish(row: OutboxRow, ending: Ending) -> None:
    mine = OutboxRow.objects.filter(pk=row.pk, attempts=row.attempts)
    match ending:
        case Done():
            mine.update(status=OutboxRow.Status.FINISHED, outcome=OutboxRow.Outcome.DONE, leased_until=None)
        case Rejected(note):
            mine.update(
                status=OutboxRow.Status.FINISHED,
                outcome=OutboxRow.Outcome.REJECTED,
                note=note[:200],
                leased_until=None,
            )
        case Unknown(note):
            wait = min(FIRST_WAIT * 2 ** min(row.attempts - 1, 12), LONGEST_WAIT)
            stuck = row.attempts >= TRIES_BEFORE_STUCK
            mine.update(
                status=OutboxRow.Status.STUCK if stuck else OutboxRow.Status.QUEUED,
                outcome=OutboxRow.Outcome.UNKNOWN,
                note=note[:200],
                run_at=clock.now() + wait,
                leased_until=None,
            )
