"""A scenario is not looked at any more."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.whatif.models import Scenario
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def drop_scenario(*, market: Market, actor: Actor, scenario_id: int) -> None:
    """Twice changes nothing. Raises Scenario.DoesNotExist."""
    row = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario_id)
    if row.dropped_at is None:
        row.dropped_at = clock.now()
        row.save(update_fields=["dropped_at"])
        audit.record(actor, "scenario.dropped", f"scenario:{row.pk}")
