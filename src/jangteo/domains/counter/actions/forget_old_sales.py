"""A sale whose time is over says nothing of its customer any more."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.counter.models import CounterSale, PayLink
from jangteo.domains.markets.models import Market
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_old_sales(*, market: Market, actor: Actor, before: datetime) -> int:
    """Empty customer, payer and note of sales made before a moment, and who asked by links; how many sales."""
    PayLink.objects.filter(created_at__lt=before).exclude(asker="").update(asker="")
    old = CounterSale.objects.filter(created_at__lt=before).exclude(customer=None, payer_name="", note="")
    return old.update(customer=None, payer_name="", note="")
