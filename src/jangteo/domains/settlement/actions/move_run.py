"""Take a run from one state to the next."""

from __future__ import annotations

from collections.abc import Collection

from jangteo.domains.settlement.errors import RunMoved
from jangteo.domains.settlement.models import SettlementRun
from jangteo.domains.settlement.modes import RunState
from jangteo.kernel import clock
from jangteo.kernel.action import step


@step
def move_run(*, run: SettlementRun, from_states: Collection[RunState], to: RunState) -> None:
    """Raises RunMoved from any other state."""
    if run.state not in from_states:
        raise RunMoved(state=run.state)
    run.state = to
    run.changed_at = clock.now()
    run.save(update_fields=["state", "changed_at", "reviewed_by"])
