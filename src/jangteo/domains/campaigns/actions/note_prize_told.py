"""Somebody who was drawn in a review event has been told."""

from __future__ import annotations

from jangteo.domains.campaigns.kinds import Kind
from jangteo.domains.campaigns.models import Dispatch
from jangteo.domains.campaigns.owed import Handed
from jangteo.domains.markets.models import Market
from jangteo.domains.reviews.models import ReviewEntry
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_prize_told(*, market: Market, actor: Actor, entry: ReviewEntry, text: str, handed: Handed) -> None:
    """Write the message down as it left, once for the entry."""
    Dispatch.objects.get_or_create(
        market=market,
        key=f"prize:{entry.pk}",
        defaults={
            "user_id": entry.user_id,
            "kind": Kind.NOTICE,
            "channel": handed.channel,
            "text": text,
            "cost_per_100": handed.cost_per_100,
            "at": clock.now(),
        },
    )
