"""Phones whose screens are off are woken for a new order."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.ordering.cover import Plan, family_rings
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.queries_cover import plans_of
from jangteo.domains.people import push_senders
from jangteo.domains.people.models import Role
from jangteo.domains.people.queries_push import subscriptions_of
from jangteo.kernel.action import step
from jangteo.kernel.outbox import emit


@step
def ring_phones(*, parts: Sequence[StallPart], passed_on: bool = False) -> None:
    """Queue one push for each phone that this moment makes ring: the owner's, or with `passed_on` the family's.

    Each phone has a row of its own, so that one that cannot be reached holds up no other. One query where nobody has
    said yes, none where nothing is sent.
    """
    if push_senders.current() is None:
        return
    by_stall = {part.stall_id: part for part in parts}
    phones = subscriptions_of(by_stall.keys())
    plans = plans_of({phone.stall_id for phone in phones if phone.device.role == Role.FAMILY})
    for phone in phones:
        if _begins(plans.get(phone.stall_id, Plan()), phone.device.role, passed_on):
            part = by_stall[phone.stall_id]
            since = part.changed_at.isoformat()
            key = f"push:{part.pk}:{since}:{phone.pk}"
            emit("push.ring", key=key, part_id=part.pk, since=since, subscription_id=phone.pk)


def _begins(plan: Plan, role: str, passed_on: bool) -> bool:
    """Whether a phone rings from this moment on and did not before."""
    if role != Role.FAMILY:
        return not passed_on
    return family_rings(plan, passed_on) and not (passed_on and family_rings(plan, False))
