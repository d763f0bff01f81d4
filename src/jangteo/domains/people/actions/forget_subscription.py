"""A phone rings with its screen off no more."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import Device, PushSubscription
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_subscription(*, market: Market, actor: Actor, device_id: int, endpoint: str = "") -> None:
    """Forget where the phone is reached; with `endpoint` only if it is still that one. Raises Device.DoesNotExist."""
    device = Device.objects.select_for_update().get(pk=device_id)
    kept = PushSubscription.objects.filter(device=device)
    if endpoint:
        kept = kept.filter(endpoint=endpoint)
    if kept.delete()[0]:
        audit.record(actor, "push.off", f"device:{device.pk}")
