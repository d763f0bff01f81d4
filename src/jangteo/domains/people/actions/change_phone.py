"""A customer has a new phone number and has typed the code that was sent to it."""

from __future__ import annotations

from django.db.models import Q

from jangteo.domains.markets.models import Market
from jangteo.domains.people.errors import NumberTaken
from jangteo.domains.people.models import User
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def change_phone(*, market: Market, actor: Actor, user_id: int, phone: str) -> User:
    """`phone` is digits only and proven. Raises NumberTaken where another account has it, User.DoesNotExist."""
    either = Q(pk=user_id, is_active=True) | Q(phone=phone)
    found = {user.pk: user for user in User.objects.select_for_update().filter(either).order_by("pk")}
    if user_id not in found:
        raise User.DoesNotExist
    if any(user.phone == phone for pk, user in found.items() if pk != user_id):
        raise NumberTaken
    user = found[user_id]
    if user.phone != phone:
        user.phone, user.phone_verified = phone, True
        user.save(update_fields=["phone", "phone_verified"])
        audit.record(actor, "customer.new_number", f"user:{user.pk}")
    return user
