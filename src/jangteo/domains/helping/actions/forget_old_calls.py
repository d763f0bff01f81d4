"""Whoever was helped long ago is not called back."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.helping.models import HelpCall
from jangteo.domains.markets.models import Market
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_old_calls(*, market: Market, actor: Actor, before: datetime) -> int:
    """Take name and number away from calls made before a moment; how many."""
    old = HelpCall.objects.filter(called_at__lt=before).exclude(phone="", who="")
    return old.update(phone="", who="")
