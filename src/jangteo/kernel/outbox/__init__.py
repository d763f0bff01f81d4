"""Effects that leave after commit: written with the change, claimed by a worker, each with its own key."""

from __future__ import annotations

from jangteo.kernel import clock
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import scope_market_id


def emit(topic: str, *, key: str, **payload: str | int) -> None:
    """Queue one effect in the running transaction. The same key is queued once, ever."""
    market_id = scope_market_id()
    if market_id is None:
        raise RuntimeError("an effect belongs to a market")
    moment = clock.now()
    OutboxRow.objects.bulk_create(
        [OutboxRow(market_id=market_id, topic=topic, key=key, payload=payload, created_at=moment, run_at=moment)],
        ignore_conflicts=True,
    )
