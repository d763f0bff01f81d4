"""Somebody stops practising."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import Device
from jangteo.domains.practice.models import Sitting
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def stand_up(*, market: Market, actor: Actor, sitting_id: int) -> None:
    """End the sitting and shut its device out of the copy, which is `market`. Again changes nothing."""
    sitting = Sitting.objects.select_for_update().get(pk=sitting_id)
    if sitting.ended_at is not None:
        return
    sitting.ended_at = clock.now()
    sitting.save(update_fields=["ended_at"])
    if sitting.device_id is not None:
        Device.objects.filter(pk=sitting.device_id).update(revoked_at=sitting.ended_at)
        audit.record(actor, "device.revoked", f"device:{sitting.device_id}")
