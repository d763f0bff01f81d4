"""Somebody was told of their turn, or cannot be."""

from __future__ import annotations

from jangteo.domains.rebates.models import RebateVisit
from jangteo.kernel.action import step


@step
def end_call(*, visit_id: int, telling: int, told: RebateVisit.Told) -> bool:
    """Write down how that telling ended, once: False where it had ended or another one followed."""
    waiting = RebateVisit.objects.filter(pk=visit_id, tellings=telling, told=RebateVisit.Told.QUEUED)
    return waiting.update(told=told) == 1
