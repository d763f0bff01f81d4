"""What a door looked like is nobody's business after two weeks."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from jangteo.domains.catalog import photo_files
from jangteo.domains.markets.models import Market
from jangteo.domains.rounds.models import Stop
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_AT_ONCE = 500


@action
def forget_door_photos(*, market: Market, actor: Actor, before: datetime) -> int:
    """Take photos and addresses of stops older than a moment away; how many stops, at most `MOST_AT_ONCE`."""
    kept = Stop.objects.select_for_update().exclude(photo="", building="")
    old = list(kept.filter(changed_at__lt=before).order_by("pk")[:MOST_AT_ONCE])
    for stop in old:
        if stop.photo:
            transaction.on_commit(partial(photo_files.remove, stop.photo))
    Stop.objects.filter(pk__in=[stop.pk for stop in old]).update(photo="", building="")
    if old:
        audit.record(actor, "stop.photos_forgotten", f"market:{market.pk}", count=len(old))
    return len(old)
