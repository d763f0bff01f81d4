"""Write one event of money into the book."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from jangteo.domains.ledger.errors import KeyConflict, Unbalanced
from jangteo.domains.ledger.models import Entry, EntryLine
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class NewEntry:
    """`lines` maps account to won, debit positive. Zero lines are dropped; the rest sums to zero."""

    key: str
    kind: str
    cause: str
    lines: Mapping[str, int]

    @property
    def digest(self) -> str:
        body = [self.kind, self.cause, sorted((a, w) for a, w in self.lines.items() if w)]
        return hashlib.sha256(json.dumps(body).encode()).hexdigest()


@step
def post_entry(*, market_id: int, actor: Actor, entry: NewEntry) -> bool:
    """Post the entry once. True when it is new, False when the same entry stands under its key already.

    Raises Unbalanced, and KeyConflict when the key names a different entry.
    """
    if total := sum(entry.lines.values()):
        raise Unbalanced(key=entry.key, sum_won=total)
    row = Entry(
        market_id=market_id,
        key=entry.key,
        digest=entry.digest,
        kind=entry.kind,
        cause=entry.cause,
        actor_ref=actor.ref,
        at=clock.now(),
    )
    earlier = Entry.objects.filter(key=entry.key).values_list("digest", flat=True).first()
    if earlier is not None:
        if earlier != entry.digest:
            raise KeyConflict(key=entry.key)
        return False
    row.save(force_insert=True)
    EntryLine.objects.bulk_create(
        EntryLine(market_id=market_id, entry=row, account=account, amount_won=won)
        for account, won in entry.lines.items()
        if won
    )
    return True
