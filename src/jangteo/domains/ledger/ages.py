"""How long a gateway has owed what stands on its clearing account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

# What came back or was settled is taken off the oldest money first, as gateways pay out.
_OLDEST = """
WITH taken AS (
    SELECT l.account, e.at, l.amount_won, sum(l.amount_won) OVER (PARTITION BY l.account ORDER BY e.at, l.id) AS so_far
    FROM ledger_entryline l JOIN ledger_entry e ON e.id = l.entry_id
    WHERE l.amount_won > 0 AND starts_with(l.account, 'clear:')
), gone AS (
    SELECT account, -coalesce(sum(amount_won) FILTER (WHERE amount_won < 0), 0) AS won,
    sum(amount_won)::bigint AS balance FROM ledger_entryline WHERE starts_with(account, 'clear:') GROUP BY 1
)
SELECT g.account, g.balance, min(t.at) FILTER (WHERE t.so_far > g.won) FROM gone g LEFT JOIN taken t USING (account)
GROUP BY g.account, g.balance HAVING g.balance <> 0 ORDER BY g.account
"""


@dataclass(frozen=True, slots=True)
class Owed:
    """`won` below 0 is owed to the gateway, which then has no `since`."""

    account: str
    won: int
    since: datetime | None


def clearing_ages() -> list[Owed]:
    """Clearing accounts that are not at zero, over all markets."""
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST)
        return [Owed(*row) for row in cursor.fetchall()]
