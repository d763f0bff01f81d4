"""A text message that nobody will get."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.practice.models import PracticeText
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST = 400


@action
def keep_text(*, market: Market, actor: Actor, text: str) -> PracticeText:
    """Keep it for the screen, without the number it was for. `market` is the copy."""
    return PracticeText.objects.create(market=market, text=text[:MOST], at=clock.now())
