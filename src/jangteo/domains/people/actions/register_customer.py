"""A phone number becomes an account."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.errors import NotInPractice
from jangteo.domains.people.models import User
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def register_customer(*, market: Market, actor: Actor, phone: str) -> User:
    """The account of this number (digits only), made now if there is none. Not yet proven: see `confirm_phone`.

    Raises NotInPractice in a copy: an account is a real person's.
    """
    if market.is_practice:
        raise NotInPractice
    user, is_new = User.objects.get_or_create(phone=phone, defaults={"joined_at": clock.now()})
    if is_new:
        audit.record(actor, "customer.registered", f"user:{user.pk}")
    return user
