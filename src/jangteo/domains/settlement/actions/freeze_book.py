"""Let nobody write into the ledger until this transaction ends."""

from __future__ import annotations

from django.db import connection

from jangteo.kernel.action import step


@step
def freeze_book() -> None:
    """Wait for entries that are being written, then hold all others back.

    Numbers of entries are given before they are committed; without this one could appear below a number that was
    taken for the last. The first thing in its action, so that nobody waits for anything while holding something.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ledger_entry IN SHARE ROW EXCLUSIVE MODE")
