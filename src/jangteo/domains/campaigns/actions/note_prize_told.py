"""Somebody who was drawn in a review event has been told."""

from __future__ import annotations

from jangteo.domains.campaigns.actions.write_service import write_service
from jangteo.domains.campaigns.owed import Handed
from jangteo.domains.markets.models import Market
from jangteo.domains.reviews.models import ReviewEntry
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_prize_told(*, market: Market, actor: Actor, entry: ReviewEntry, text: str, handed: Handed) -> None:
    """Write the message down as it left, once for the entry."""
    write_service(market=market, key=f"prize:{entry.pk}", user_id=entry.user_id, text=text, handed=handed)
