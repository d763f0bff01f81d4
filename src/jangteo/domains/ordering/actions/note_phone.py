"""A stall's phone says that its screens are open."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import PhoneSeen
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_phone(*, market: Market, actor: Actor, stall_id: int, device_id: int) -> None:
    """Remember the moment. Nothing is written into the log: it happens twice a minute."""
    PhoneSeen.objects.update_or_create(
        device_id=device_id, defaults={"market": market, "stall_id": stall_id, "at": clock.now()}
    )
