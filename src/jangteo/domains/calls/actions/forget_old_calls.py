"""A caller who has not called for a year is a stranger again."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.calls.models import PhoneOrder
from jangteo.domains.markets.models import Market
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_old_calls(*, market: Market, actor: Actor, before: datetime) -> int:
    """Take away what calls from before a moment are found by; how many."""
    old = PhoneOrder.objects.filter(at__lt=before).exclude(caller="", text_to="")
    return old.update(caller="", text_to="")
