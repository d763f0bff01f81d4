"""A customer wants everything that is known of them, as one file."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.errors import NotInPractice
from jangteo.domains.people.models import User
from jangteo.domains.regulars.privacy_models import TakeOut
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit
from jangteo.kernel.tenancy import unscoped


@action
def ask_take_out(*, market: Market, actor: Actor, user_id: int) -> TakeOut:
    """Have it put together. While one is at work the same one is answered. Raises NotInPractice in a copy."""
    if market.is_practice:
        raise NotInPractice
    user = User.objects.select_for_update().get(pk=user_id, is_active=True)
    with unscoped():
        at_work = TakeOut.objects.filter(user=user, state=TakeOut.State.ASKED).first()
    if at_work is not None:
        return at_work
    take_out = TakeOut.objects.create(market=market, user=user, token=ids.new_token(), asked_at=clock.now())
    emit("takeout.build", key=f"takeout:{take_out.pk}", take_out_id=take_out.pk)
    audit.record(actor, "customer.data_asked", f"user:{user.pk}")
    return take_out
