"""Somebody came in."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.regulars.privacy_models import SignIn
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_sign_in(*, market: Market, actor: Actor, user_id: int, from_address: str) -> None:
    """Keep when, and from which address."""
    SignIn.objects.create(market=market, user_id=user_id, from_address=from_address, at=clock.now())
