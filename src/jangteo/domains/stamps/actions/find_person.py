"""Whom a stamp is for: a number that was said aloud, or six digits that a customer's page shows."""

from __future__ import annotations

from jangteo.domains.ordering.errors import BadPhone
from jangteo.domains.ordering.wanted import plain_phone
from jangteo.domains.people.actions.know_by_number import know_by_number
from jangteo.domains.people.models import User
from jangteo.domains.stamps.errors import BadWho, CodeOver
from jangteo.domains.stamps.models import Code
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

CODE_DIGITS = 6
MOBILE, LEAST_MOBILE = "01", 10


@step
def find_person(*, who: str, actor: Actor) -> User:
    """Who is meant by what was typed. Six digits are used up. Raises BadWho, CodeOver."""
    digits = "".join(sign for sign in who if sign.isascii() and sign.isdigit())
    if len(digits) == CODE_DIGITS:
        return _shown(digits)
    try:
        phone = plain_phone(who)
    except BadPhone as wrong:
        raise BadWho from wrong
    if not phone.startswith(MOBILE) or len(phone) < LEAST_MOBILE:
        raise BadWho
    return know_by_number(phone=phone, actor=actor)


def _shown(digits: str) -> User:
    now = clock.now()
    live = Code.objects.select_for_update().filter(digits=digits, used_at=None, expires_at__gt=now)
    code = live.filter(user__isnull=False).first()
    if code is None or code.user_id is None:
        raise CodeOver
    code.used_at = now
    code.save(update_fields=["used_at"])
    return User.objects.get(pk=code.user_id)
