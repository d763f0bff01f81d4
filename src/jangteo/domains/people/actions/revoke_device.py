"""A lost or returned phone stops being the stall's."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import Device, PushSubscription
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def revoke_device(*, market: Market, actor: Actor, device_id: int) -> None:
    """Shut the device out from its next request on; it does not ring any more. Raises Device.DoesNotExist."""
    device = Device.objects.select_for_update().get(pk=device_id)
    if device.revoked_at is None:
        device.revoked_at = clock.now()
        device.save(update_fields=["revoked_at"])
        PushSubscription.objects.filter(device=device).delete()
        audit.record(actor, "device.revoked", f"device:{device.pk}")
