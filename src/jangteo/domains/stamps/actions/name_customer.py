"""Somebody at the counter says who they are, to use what they have collected."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.domains.stamps.actions.find_person import find_person
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def name_customer(*, market: Market, actor: Actor, who: str) -> User:
    """The person of a number that was said aloud, or of six digits that a customer's page shows, which are used up.

    Raises BadWho, CodeOver.
    """
    return find_person(who=who, actor=actor)
