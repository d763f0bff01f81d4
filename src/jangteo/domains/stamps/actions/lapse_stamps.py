"""A person's account goes, and what it has collected with it."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.stamps.actions.forget_person import lapse_cards
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def lapse_stamps(*, market: Market, actor: Actor, user_id: int) -> int:
    """End what is on every card of the person in this market, and the digits of their page. How many stamps."""
    count = lapse_cards(user_id=user_id, actor=actor)
    audit.record(actor, "stamps.lapsed", f"user:{user_id}", count=count)
    return count
