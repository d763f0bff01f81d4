"""Proofs of deletions whose time is over."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.markets.models import Market
from jangteo.domains.regulars.privacy_models import Deletion
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_old_proofs(*, market: Market, actor: Actor, before: datetime) -> int:
    """Take the masked number and the counts away from what ended before a moment; how many."""
    old = Deletion.objects.filter(ended_at__lt=before).exclude(shown="")
    return old.update(shown="", told={}, outcome={})
