"""Effects that leave after commit: written with the change, claimed by a worker, each with its own key."""

from __future__ import annotations

import json

from django.db import connection

from jangteo.kernel import clock
from jangteo.kernel.tenancy import scope_market_id


def emit(topic: str, *, key: str, **payload: str | int) -> bool:
    """Queue one effect in the running transaction. The same key is queued once, ever: False when it was before."""
    market_id = scope_market_id()
    if market_id is None:
        raise RuntimeError("an effect belongs to a market")
    moment = clock.now()
    with connection.cursor() as cursor:
        # By hand, because ignore_conflicts does not say whether the row was new.
        cursor.execute(
            "INSERT INTO kernel_outboxrow"
            " (market_id, topic, key, payload, status, outcome, attempts, note, created_at, run_at)"
            " VALUES (%s, %s, %s, %s::jsonb, 'queued', '', 0, '', %s, %s) ON CONFLICT (key) DO NOTHING",
            [market_id, topic, key, json.dumps(payload), moment, moment],
        )
        return bool(cursor.rowcount)
