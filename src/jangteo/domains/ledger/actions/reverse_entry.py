"""Take an entry back by a new one."""

from __future__ import annotations

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.models import Entry, EntryLine
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def reverse_entry(*, key: str, actor: Actor) -> bool:
    """Post the opposite of the entry under `key`. False when that was done before. Raises Entry.DoesNotExist."""
    entry = Entry.objects.get(key=key)
    lines = EntryLine.objects.filter(entry=entry).values_list("account", "amount_won")
    opposite = NewEntry(
        key=f"reverse:{key}",
        kind="correction",
        cause=entry.cause,
        lines={account: -won for account, won in lines},
        reverses=entry.pk,
    )
    return post_entry(market_id=entry.market_id, actor=actor, entry=opposite)
