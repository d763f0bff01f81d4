"""Move what limited accounts have and what is held of it, never below a floor."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, connection

from jangteo.domains.ledger.errors import InsufficientFunds
from jangteo.kernel.action import step

# One statement for all, rows locked in the order of their codes: two entries over the same accounts wait for each
# other and never deadlock.
_CHANGE = """
WITH locked AS (
    SELECT id FROM ledger_limitedaccount WHERE market_id = %s AND account = ANY(%s) ORDER BY account FOR UPDATE
)
UPDATE ledger_limitedaccount AS row
SET balance_won = row.balance_won + change.balance, held_won = row.held_won + change.held
FROM locked, unnest(%s::varchar[], %s::bigint[], %s::bigint[]) AS change (account, balance, held)
WHERE row.id = locked.id AND row.account = change.account RETURNING row.account
"""
# A row is made when an account is first used. Empty, because a floor binds whatever is inserted.
_OPEN = """
INSERT INTO ledger_limitedaccount (market_id, account, balance_won, held_won, floor_won)
SELECT %s, account, 0, 0, 0 FROM unnest(%s::varchar[]) AS new (account) ORDER BY account ON CONFLICT DO NOTHING
"""
_FLOOR = "limited_account_above_floor"


@step
def change_limited(
    *, market_id: int, balance: Mapping[str, int] | None = None, held: Mapping[str, int] | None = None
) -> None:
    """Add won to balances and to what is held, by account. Raises InsufficientFunds below a floor."""
    balance, held = balance or {}, held or {}
    changes = {account: (balance.get(account, 0), held.get(account, 0)) for account in sorted({*balance, *held})}
    if not changes:
        return
    try:
        _change(market_id, changes)
    except IntegrityError as no:
        if _FLOOR not in str(no):
            raise
        asked = max(keeps - adds for adds, keeps in changes.values())
        raise InsufficientFunds(account=", ".join(changes), asked_won=asked) from no


def _change(market_id: int, changes: Mapping[str, tuple[int, int]]) -> None:
    new = changes.keys() - _changed(market_id, changes)
    if new:
        with connection.cursor() as cursor:
            cursor.execute(_OPEN, [market_id, sorted(new)])
        _changed(market_id, {account: changes[account] for account in sorted(new)})


def _changed(market_id: int, changes: Mapping[str, tuple[int, int]]) -> set[str]:
    """Those of the accounts that have a row; they are changed."""
    accounts = list(changes)
    amounts = [[pair[place] for pair in changes.values()] for place in (0, 1)]
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE, [market_id, accounts, accounts, *amounts])
        return {str(account) for (account,) in cursor.fetchall()}
