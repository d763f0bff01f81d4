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
    """`name` is stable ("I1"). `breaches` reads every market and is empty when all is well.

    `checked` says how many things it looked at: entries, accounts, payments.
    """

    name: str
    breaches: Callable[[], list[Breach]]
    checked: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Asks a query for breaches as rows of (subject, expected, found)."""

    query: str

    def __call__(self) -> list[Breach]:
        with connection.cursor() as cursor:
            cursor.execute(self.query)
            return [Breach(*row) for row in cursor.fetchall()]


def count(rows: str) -> Callable[[], int]:
    """How many rows there are of what stands after FROM."""

    def ask() -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {rows}")  # noqa: S608  # constants of the invariants
            return int(cursor.fetchone()[0])

    return ask


_BALANCED = """
SELECT 'entry:' || e.id, '0', coalesce(l.won, 0)::text || ' in ' || coalesce(l.lines, 0) || ' lines'
FROM ledger_entry e
LEFT JOIN (SELECT entry_id, sum(amount_won) AS won, count(*) AS lines FROM ledger_entryline GROUP BY 1) l
ON l.entry_id = e.id WHERE coalesce(l.won, 1) <> 0
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
# The digest as `digest_of` writes it, for texts without a sign that JSON escapes; the few others are done in Python.
_DIGESTS = """
SELECT e.id, e.kind, e.cause, e.digest, l.accounts, l.amounts FROM ledger_entry e JOIN (
    SELECT entry_id, array_agg(account) AS accounts, array_agg(amount_won) AS amounts,
    string_agg('["' || account || '", ' || amount_won || ']', ', ' ORDER BY account COLLATE "C", amount_won) AS body
    FROM ledger_entryline GROUP BY 1
) l ON l.entry_id = e.id
WHERE e.digest <> encode(sha256(convert_to(
    '["' || e.kind || '", "' || e.cause || '", [' || l.body || ']]', 'UTF8')), 'hex')
"""
# A budget never pays out more than came in, and a hold that took money took it once and no more than it held.
_BUDGETS = """
SELECT 'account:' || account, '>= 0', (-sum(amount_won))::text FROM ledger_entryline
WHERE split_part(account, ':', 1) IN ('subsidy', 'promo') GROUP BY market_id, account HAVING sum(amount_won) > 0
UNION ALL
SELECT 'hold:' || h.key, '<= ' || h.amount_won, coalesce(sum(l.amount_won), 0)::text FROM ledger_hold h
LEFT JOIN ledger_entryline l ON l.entry_id = h.entry_id AND l.account = h.account
WHERE h.state = 'posted' GROUP BY h.id HAVING coalesce(sum(l.amount_won), 0) NOT BETWEEN 1 AND h.amount_won
"""
_GUARDS = """
SELECT 'table:' || guard.tab, guard.name || ' in force', CASE WHEN t.oid IS NULL THEN 'missing' ELSE 'off' END
FROM (VALUES ('ledger_entry', 'keep_rows'), ('ledger_entry', 'keep_table'), ('ledger_entryline', 'keep_rows'),
    ('ledger_entryline', 'keep_table'), ('ledger_entryline', 'entry_balances')) AS guard (tab, name)
LEFT JOIN pg_trigger t ON t.tgrelid = guard.tab::regclass AND t.tgname = guard.name
WHERE t.tgenabled IS DISTINCT FROM 'O'
"""


def _other_digests() -> list[Breach]:
    """Entries that no longer are what their key was given to."""
    return [
        Breach(f"entry:{entry_id}", digest, now)
        for entry_id, kind, cause, digest, accounts, amounts in _suspects()
        if (now := digest_of(kind, cause, dict(zip(accounts, amounts, strict=True)))) != digest
    ]


def _suspects() -> Iterator[tuple[int, str, str, str, list[str], list[int]]]:
    with connection.cursor() as cursor:
        cursor.execute(_DIGESTS)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


_ENTRIES = count("ledger_entry")
BOOK = (
    Invariant("I1", Wrong(_BALANCED), _ENTRIES),
    Invariant("I2", Wrong(_TRIAL_BALANCE), count("(SELECT DISTINCT market_id FROM ledger_entry) m")),
    Invariant("I3", Wrong(_FLOORS), count("ledger_limitedaccount")),
    Invariant("I4", _other_digests, _ENTRIES),
    Invariant("I10", Wrong(_BUDGETS), count("ledger_hold WHERE state = 'posted'")),
    Invariant("I12", Wrong(_GUARDS), count("ledger_entryline")),
)
