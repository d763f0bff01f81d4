"""Telephone numbers of a day that is over."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.models import RebateVisit
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_phones(*, market: Market, actor: Actor) -> int:
    """Nobody is called any more by a number of yesterday. How many were wiped."""
    left = RebateVisit.objects.filter(day__lt=clock.business_day(clock.now())).exclude(phone="")
    return left.update(phone="")
