"""A customer's browser takes news no more."""

from __future__ import annotations

from jangteo.domains.campaigns.models import CustomerPush
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_customer_push(*, market: Market, actor: Actor, user_id: int, endpoint: str = "") -> None:
    """Forget this browser of theirs, or without `endpoint` all of them."""
    kept = CustomerPush.objects.filter(user_id=user_id)
    if endpoint:
        kept = kept.filter(endpoint=endpoint)
    if kept.delete()[0]:
        audit.record(actor, "news_push.off", f"user:{user_id}")
