"""Nothing more is stamped; what people have keeps its reward."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.stamps.models import Programme
from jangteo.domains.stamps.queries import whose
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def stop_programme(*, market: Market, actor: Actor, programme_id: int, stall_id: int | None) -> Programme:
    """Stop it now; stopped before, nothing changes. `stall_id` is whose it is, None for the market's.

    Raises Programme.DoesNotExist.
    """
    programme = Programme.objects.select_for_update().get(whose(stall_id), pk=programme_id)
    if programme.stopped_at is None:
        programme.stopped_at = clock.now()
        programme.save(update_fields=["stopped_at"])
        audit.record(actor, "stamps.stopped", f"programme:{programme.pk}")
    return programme
