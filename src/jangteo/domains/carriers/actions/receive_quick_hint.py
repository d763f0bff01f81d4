"""Keep a courier company's message as it came, and have the errand read again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from jangteo.domains.carriers.models import QuickCall
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.models import InboxRow
from jangteo.kernel.outbox import emit


@action
def receive_quick_hint(
    *, market: Market, actor: Actor, ref: str, event: str, body: bytes, admit: Callable[[], None]
) -> bool:
    """Store the message once and queue a read. False for a duplicate; `admit` raises to keep a new one out.

    Such messages carry no number of their own: the same event with the same body is the same message.
    """
    call = QuickCall.objects.get(ref=ref)
    digest = hashlib.sha256(b"\0".join((ref.encode(), event.encode(), body))).hexdigest()
    row, is_new = InboxRow.objects.get_or_create(
        source=f"{call.company}.quick", delivery_id=digest, defaults={"body": body, "received_at": clock.now()}
    )
    if is_new:
        admit()
        emit("quick.hint", key=f"quick-hint:{row.pk}", call_id=call.pk)
    return is_new
