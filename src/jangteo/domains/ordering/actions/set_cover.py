"""The stall says who answers when its phone is left alone (누가 대신 받나요)."""

from __future__ import annotations

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.cover import MINUTES, Plan
from jangteo.domains.ordering.errors import BadCover
from jangteo.domains.ordering.models import Cover
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def set_cover(*, market: Market, actor: Actor, stall_id: int, plan: Plan) -> Cover:
    """Write the plan down; the same again changes nothing. Raises BadCover, Stall.DoesNotExist."""
    if plan.minutes not in MINUTES:
        raise BadCover
    stall = Stall.objects.select_for_update(no_key=True).get(pk=stall_id)
    cover, _ = Cover.objects.get_or_create(market=market, stall=stall)
    if (cover.minutes, cover.family) != (plan.minutes, plan.family):
        cover.minutes = plan.minutes
        cover.family = Cover.Family(plan.family)
        cover.save(update_fields=["minutes", "family"])
        audit.record(actor, "stall.cover_set", f"stall:{stall.pk}", minutes=plan.minutes, family=plan.family)
    return cover
