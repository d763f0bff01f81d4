"""A customer corrects what the account says of them."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def change_person(*, market: Market, actor: Actor, user_id: int, name: str) -> User:
    """`name` may be empty. Raises User.DoesNotExist for an account that is closed."""
    user = User.objects.select_for_update().get(pk=user_id, is_active=True)
    if user.name != name.strip():
        user.name = name.strip()
        user.save(update_fields=["name"])
        audit.record(actor, "customer.corrected", f"user:{user.pk}", fields="name")
    return user
