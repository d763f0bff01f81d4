"""Somebody has been told, or cannot be."""

from __future__ import annotations

from jangteo.domains.events.models import SignUpNotice
from jangteo.kernel import clock
from jangteo.kernel.action import step


@step
def end_notice(*, notice_id: int, state: SignUpNotice.State) -> SignUpNotice | None:
    """Write down how it ended, once: None where it had ended before."""
    notice = SignUpNotice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    if notice.state != SignUpNotice.State.WAITING:
        return None
    notice.state, notice.ended_at = state, clock.now()
    notice.save(update_fields=["state", "ended_at"])
    return notice
