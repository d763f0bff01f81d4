"""The customer of a parcel has been told, or cannot be."""

from __future__ import annotations

from jangteo.domains.hub.models import ParcelNotice
from jangteo.kernel import clock
from jangteo.kernel.action import step


@step
def end_parcel_notice(*, notice_id: int, state: ParcelNotice.State) -> ParcelNotice | None:
    """Write down how it ended, once: None where it had ended before."""
    notice = ParcelNotice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    if notice.state != ParcelNotice.State.WAITING:
        return None
    notice.state, notice.ended_at = state, clock.now()
    notice.save(update_fields=["state", "ended_at"])
    return notice
