"""A customer has an e-mail address, which is proven, or has none any more."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def change_email(*, market: Market, actor: Actor, user_id: int, email: str) -> User:
    """`email` is proven, or "" for none. Raises User.DoesNotExist for an account that is closed."""
    user = User.objects.select_for_update().get(pk=user_id, is_active=True)
    if user.email != email:
        user.email = email
        user.save(update_fields=["email"])
        audit.record(actor, "customer.corrected", f"user:{user.pk}", fields="email")
    return user
