"""A break was solved too early."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.models import Break
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def reopen_break(*, market: Market, actor: Actor, break_id: int) -> Break:
    """It is open again and stays with its owner; what was booked stays booked. Again changes nothing.

    Raises Break.DoesNotExist.
    """
    row = Break.objects.select_for_update().get(pk=break_id)
    if row.state == Break.State.OPEN:
        return row
    row.state, row.solved_by, row.solved_at = Break.State.OPEN, "", None
    row.save(update_fields=["state", "solved_by", "solved_at"])
    audit.record(actor, "break.reopened", f"break:{row.pk}")
    return row
