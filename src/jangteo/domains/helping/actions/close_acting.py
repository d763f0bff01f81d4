"""An acting is over."""

from __future__ import annotations

from jangteo.domains.helping.models import Acting
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def close_acting(*, acting: Acting, actor: Actor, reason: str) -> None:
    """Write the end of a locked acting and tell both sides. `reason`: stall, helper, time, other_stall."""
    acting.ended_at = min(acting.ends_at, clock.now())
    acting.save(update_fields=["ended_at"])
    audit.record(actor, "acting.ended", f"stall:{acting.stall_id}", reason=reason)
    live.publish([live.News(f"stall:{acting.stall_id}", "acting", {"acting": acting.pk})])
