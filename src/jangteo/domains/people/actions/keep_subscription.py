"""A stall's phone said yes to ringing with its screen off."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people import push_senders
from jangteo.domains.people.errors import NoSuchPushService
from jangteo.domains.people.models import Device, PushSubscription
from jangteo.domains.people.push_port import PushTarget
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.tenancy import unscoped


@action
def keep_subscription(*, market: Market, actor: Actor, stall_id: int, device_id: int, target: PushTarget) -> None:
    """Write down where the phone is reached, in place of what was known before; again with the same it does nothing.

    What another device was reached at before, whosever it was, is this phone's now.
    Raises NeverForAnother, NoSuchPushService, Device.DoesNotExist for one that is not the stall's or was shut out.
    """
    audit.in_person(actor)
    sender = push_senders.current()
    if sender is None or not sender.takes(target):
        raise NoSuchPushService
    devices = Device.objects.select_for_update().filter(revoked_at=None, stall_id=stall_id)
    device = devices.get(pk=device_id)
    described = {"endpoint": target.endpoint, "p256dh": target.p256dh, "auth": target.auth}
    if PushSubscription.objects.filter(device=device, **described).exists():
        return
    PushSubscription.objects.filter(device=device).delete()
    with unscoped():
        PushSubscription.objects.filter(endpoint=target.endpoint).delete()
    PushSubscription.objects.create(market=market, stall_id=stall_id, device=device, kept_at=clock.now(), **described)
    audit.record(actor, "push.on", f"device:{device.pk}")
