"""The first device that opens a link becomes the stall's."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.errors import LinkDead
from jangteo.domains.people.models import Device, EntryLink
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def bind_device(*, market: Market, actor: Actor, token: str) -> str:
    """Use up the link and answer the new device's secret, for its cookie. Raises LinkDead."""
    link = EntryLink.objects.select_for_update().filter(token_digest=ids.token_digest(token)).first()
    if link is None or link.device_id is not None or link.expires_at < clock.now():
        raise LinkDead
    secret = ids.new_token()
    device = Device.objects.create(
        market=market,
        stall_id=link.stall_id,
        role=link.role,
        name=link.name,
        secret_digest=ids.token_digest(secret),
        bound_at=clock.now(),
    )
    link.device = device
    link.save(update_fields=["device"])
    audit.record(actor, "device.bound", f"device:{device.pk}", role=link.role)
    return secret
