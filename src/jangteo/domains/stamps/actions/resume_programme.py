"""It was stopped by mistake."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from jangteo.domains.markets.models import Market
from jangteo.domains.stamps.errors import ProgrammeRuns
from jangteo.domains.stamps.models import Programme
from jangteo.domains.stamps.queries import whose
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def resume_programme(*, market: Market, actor: Actor, programme_id: int, stall_id: int | None) -> Programme:
    """Collect again as before. Raises ProgrammeRuns where another one has begun, Programme.DoesNotExist."""
    programme = Programme.objects.select_for_update().get(whose(stall_id), pk=programme_id)
    if programme.stopped_at is not None:
        programme.stopped_at = None
        try:
            with transaction.atomic():
                programme.save(update_fields=["stopped_at"])
        except IntegrityError as taken:
            raise ProgrammeRuns from taken
        audit.record(actor, "stamps.started", f"programme:{programme.pk}", need=programme.need)
    return programme
