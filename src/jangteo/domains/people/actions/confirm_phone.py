"""The customer has typed the code that was sent to their phone."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def confirm_phone(*, market: Market, actor: Actor, user_id: int) -> User:
    """Note that the number belongs to this person. Raises User.DoesNotExist."""
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.phone_verified:
        user.phone_verified = True
        user.save(update_fields=["phone_verified"])
        audit.record(actor, "customer.phone_confirmed", f"user:{user.pk}")
    return user
