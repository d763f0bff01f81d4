"""An account without its person: the row stays, because what is kept by law hangs on it."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from jangteo.domains.people.models import User
from jangteo.kernel import audit
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def close_account(*, user_id: int, actor: Actor) -> None:
    """Take number, name and e-mail away and let nobody in with it; whoever comes with the number again is new."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.phone, user.phone_verified, user.name, user.email = None, False, "", ""
    user.is_active, user.last_login = False, None
    user.save(update_fields=["phone", "phone_verified", "name", "email", "is_active", "last_login"])
    EmailAddress.objects.filter(user_id=user.pk).delete()
    audit.record(actor, "customer.closed", f"user:{user.pk}")
