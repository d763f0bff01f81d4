"""A fingerprint of the book up to a moment, by which a closed day shows that nobody has touched it since."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from jangteo.domains.ledger.invariants import CHUNK, Breach

# Written out field by field, so that no library's way to write a value can change the bytes.
_ROWS = """
SELECT e.key, e.digest, e.kind, e.cause, e.actor_ref, (extract(epoch FROM e.at) * 1000000)::bigint,
coalesce(r.key, ''), l.body FROM ledger_entry e LEFT JOIN ledger_entry r ON r.id = e.reverses_id LEFT JOIN LATERAL (
    SELECT string_agg(account || ' ' || amount_won, E'\\x1f' ORDER BY account COLLATE "C", amount_won) AS body
    FROM ledger_entryline WHERE entry_id = e.id
) l ON true
WHERE e.market_id = %s AND e.at < %s ORDER BY e.at, e.key COLLATE "C"
"""
_AT = 5
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Closing:
    """What a market's book was when it was closed: of all entries before `until`, how many and their hash."""

    market_id: int
    until: datetime
    hash: str


def book_hash(market_id: int, until: datetime) -> str:
    """SHA-256 of every entry of the market before `until`, 64 hex digits; the same bytes wherever the book is.

    Row numbers are left out, so a restored copy has the same hash. An action dates its entries when it begins and
    commits them a moment later: close a day some minutes after it is over. Raises ValueError for a naive moment.
    """
    return _hashes(market_id, [until])[0]


def changed_closings(closings: Iterable[Closing]) -> list[Breach]:
    """Closed books that no longer are what they were. Reads the book of each market once."""
    by_market: dict[int, list[Closing]] = defaultdict(list)
    for one in closings:
        by_market[one.market_id].append(one)
    return [
        Breach(f"market:{market_id} until {one.until.astimezone(UTC).isoformat()}", one.hash, now)
        for market_id, closed in by_market.items()
        for one, now in zip(closed, _hashes(market_id, [one.until for one in closed]), strict=True)
        if now != one.hash
    ]


def _hashes(market_id: int, untils: Sequence[datetime]) -> list[str]:
    """The hash at each of these moments, in the sequence given. Entries come by time, so one pass does for all."""
    if any(until.tzinfo is None for until in untils):
        raise ValueError("a moment needs its time zone")
    ahead = sorted({(until - _EPOCH) // _MICROSECOND for until in untils})
    found: dict[int, str] = {}
    whole = hashlib.sha256()
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS, [market_id, max(untils).astimezone(UTC)])
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                while ahead[0] <= row[_AT]:
                    found[ahead.pop(0)] = whole.hexdigest()
                whole.update("\x1e".join(str(field) for field in row).encode() + b"\n")
    found |= dict.fromkeys(ahead, whole.hexdigest())
    return [found[(until - _EPOCH) // _MICROSECOND] for until in untils]
