"""A customer tells their phone number at a counter to be known there: nothing to install, no code to type."""

from __future__ import annotations

from jangteo.domains.people.models import User
from jangteo.kernel import audit, clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor
from jangteo.kernel.tenancy import in_practice

# Nobody has such a number: it stands in for the one that was typed where people practise.
NOBODYS = "0100000"


@step
def know_by_number(*, phone: str, actor: Actor) -> User:
    """The account of this number (digits only), made now if there is none, and a note that its owner agreed here.

    Said aloud is not proven: see `confirm_phone`. Nothing of what the account holds may be shown for it.
    Where people practise nobody is written down: a number that nobody has stands in.
    """
    if in_practice():
        phone = NOBODYS + phone[-4:]
    user, is_new = User.objects.get_or_create(phone=phone, defaults={"joined_at": clock.now()})
    if is_new:
        audit.record(actor, "customer.registered", f"user:{user.pk}")
    audit.record(actor, "customer.agreed", f"user:{user.pk}")
    return user
