"""Waves that will be late are put before the association, before a customer asks."""

from __future__ import annotations

from django.db.models.functions import Coalesce

from jangteo.domains.delivery.models import Wave
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def mark_late(*, market: Market, actor: Actor) -> list[Wave]:
    """Waves with seats whose expected end lies after the one that was said last, and that are not marked yet."""
    late = Wave.objects.filter(expected_at__gt=Coalesce("said_until", "ends_at"), taken__gt=0, is_late=False)
    waves = list(late.filter(ends_at__gt=clock.now()).select_for_update().order_by("pk"))
    for wave in waves:
        wave.is_late = True
        wave.save(update_fields=["is_late"])
        audit.record(actor, "wave.late", f"wave:{wave.pk}", orders=wave.taken)
    if waves:
        live.publish([live.News(f"market:{market.pk}", "wave")])
    return waves
