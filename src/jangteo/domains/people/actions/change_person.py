"""A customer corrects what the account says of them."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def change_person(*, market: Market, actor: Actor, user_id: int, name: str, email: str) -> User:
    """Both may be empty. Raises User.DoesNotExist for an account that is closed."""
    user = User.objects.select_for_update().get(pk=user_id, is_active=True)
    new = {"name": name.strip(), "email": email.strip()}
    changed = [field for field, value in new.items() if getattr(user, field) != value]
    if changed:
        for field in changed:
            setattr(user, field, new[field])
        user.save(update_fields=changed)
        audit.record(actor, "customer.corrected", f"user:{user.pk}", fields=",".join(changed))
    return user
