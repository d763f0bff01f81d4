"""What must be true of the whole book, asked of the tables themselves and not of the code that fills them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from jangteo.domains.ledger.actions.post_entry import digest_of

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Breach:
    """`subject` names the row ("entry:7", "account:points:12"); what should stand there and what does."""

    subject: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Invariant:
    """`name` is stable ("I1"). `breaches` reads every market and is empty when all is well."""

    name: str
    breaches: Callable[[], list[Breach]]


_BALANCED = """
SELECT 'entry:' || e.id, '0', coalesce(sum(l.amount_won), 0)::text || ' in ' || count(l.id) || ' lines'
FROM ledger_entry e LEFT JOIN ledger_entryline l ON l.entry_id = e.id
GROUP BY e.id HAVING coalesce(sum(l.amount_won), 1) <> 0
"""
_TRIAL_BALANCE = """
SELECT 'market:' || m.id, '0', coalesce(sum(l.amount_won), 0)::text FROM markets_market m
JOIN ledger_entryline l ON l.market_id = m.id GROUP BY m.id HAVING sum(l.amount_won) <> 0
UNION ALL
SELECT 'line:' || l.id, 'market ' || e.market_id, 'market ' || l.market_id
FROM ledger_entryline l JOIN ledger_entry e ON e.id = l.entry_id WHERE e.market_id <> l.market_id
"""
_FLOORS = """
WITH told AS (
    SELECT market_id, account, -sum(amount_won) AS balance FROM ledger_entryline
    WHERE split_part(account, ':', 1) IN ('points', 'promo', 'giftcard', 'wallet', 'subsidy') GROUP BY 1, 2
), kept_aside AS (
    SELECT market_id, account, sum(amount_won) AS held FROM ledger_hold WHERE state = 'open' GROUP BY 1, 2
)
SELECT 'account:' || coalesce(a.account, t.account), coalesce(t.balance, 0) || ', held ' || coalesce(h.held, 0),
coalesce(a.balance_won, 0) || ', held ' || coalesce(a.held_won, 0)
FROM ledger_limitedaccount a FULL JOIN told t USING (market_id, account)
LEFT JOIN kept_aside h ON h.market_id = coalesce(a.market_id, t.market_id)
AND h.account = coalesce(a.account, t.account)
WHERE (coalesce(a.balance_won, 0), coalesce(a.held_won, 0)) <> (coalesce(t.balance, 0), coalesce(h.held, 0))
OR a.balance_won < a.floor_won + a.held_won
"""
_DIGESTS = """
SELECT e.id, e.kind, e.cause, e.digest, array_agg(l.account), array_agg(l.amount_won)
FROM ledger_entry e JOIN ledger_entryline l ON l.entry_id = e.id GROUP BY e.id
"""


def _wrong(query: str) -> Callable[[], list[Breach]]:
    def ask() -> list[Breach]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return [Breach(*row) for row in cursor.fetchall()]

    return ask


def _other_digests() -> list[Breach]:
    """Entries that no longer are what their key was given to."""
    return [
        Breach(f"entry:{entry_id}", digest, now)
        for entry_id, kind, cause, digest, accounts, amounts in _entries()
        if (now := digest_of(kind, cause, dict(zip(accounts, amounts, strict=True)))) != digest
    ]


def _entries() -> Iterator[tuple[int, str, str, str, list[str], list[int]]]:
    with connection.cursor() as cursor:
        cursor.execute(_DIGESTS)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


BOOK = (
    Invariant("I1", _wrong(_BALANCED)),
    Invariant("I2", _wrong(_TRIAL_BALANCE)),
    Invariant("I3", _wrong(_FLOORS)),
    Invariant("I4", _other_digests),
)
