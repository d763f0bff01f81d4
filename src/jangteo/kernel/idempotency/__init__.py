"""Same key, same answer. The key's row is written in the transaction of the work itself, so a crash leaves neither."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from django.db import IntegrityError, connection

from jangteo.kernel import clock
from jangteo.kernel.errors import Refused
from jangteo.kernel.models import KeyedAnswer

Json = Mapping[str, object]
KEPT_DAYS = 35


class KeyMissing(Refused):
    code = "idempotency.key_missing"


class KeyReused(Refused):
    """The key was used for another request."""

    code = "idempotency.key_reused"


class KeyBusy(Refused):
    """The first request with this key is still running."""

    code = "idempotency.key_busy"


def request_digest(request: Json) -> str:
    """A stable digest of what was asked for. 64 hex digits."""
    return hashlib.sha256(json.dumps(request, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def earlier_answer(*, market_id: int, key: str, digest: str) -> dict[str, object] | None:
    """Claim the key for this transaction and return the answer it already has, if any.

    Raises KeyMissing, KeyReused for another request, KeyBusy while another transaction holds the key.
    The advisory lock ends with the transaction, so a killed process never leaves a key "running".
    """
    if not 8 <= len(key) <= 100:
        raise KeyMissing
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, %s)), k.digest, k.answer"
            " FROM (SELECT 1) one LEFT JOIN kernel_keyedanswer k ON k.market_id = %s AND k.key = %s",
            [key, market_id, market_id, key],
        )
        locked, stored_digest, answer = cursor.fetchone()
    if stored_digest is not None:
        if stored_digest != digest:
            raise KeyReused
        return dict(json.loads(answer) if isinstance(answer, str) else answer)
    if not locked:
        raise KeyBusy
    return None


def keep_answer(*, market_id: int, key: str, digest: str, answer: Json) -> None:
    """Store the answer beside the work it belongs to. A unique index catches the rest of all races."""
    try:
        KeyedAnswer.objects.create(
            market_id=market_id, key=key, digest=digest, answer=dict(answer), created_at=clock.now()
        )
    except IntegrityError as taken:
        raise KeyBusy from taken
