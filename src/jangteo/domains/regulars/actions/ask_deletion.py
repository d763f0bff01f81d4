"""A customer wants to be forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.markets.models import Market
from jangteo.domains.people.errors import NotInPractice
from jangteo.domains.people.models import User
from jangteo.domains.regulars import rules
from jangteo.domains.regulars.errors import AlreadyAsked
from jangteo.domains.regulars.privacy_models import Deletion
from jangteo.kernel import audit, clock, ids, masking
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.tenancy import unscoped


@action
def ask_deletion(*, market: Market, actor: Actor, user_id: int, told: Mapping[str, int]) -> Deletion:
    """Write it down with the time to think better of it and the day by which it is answered.

    `told` counts by topic what the person was shown that it takes. Raises AlreadyAsked, and NotInPractice in a copy.
    """
    if market.is_practice:
        raise NotInPractice
    user = User.objects.select_for_update().get(pk=user_id, is_active=True)
    with unscoped():
        if Deletion.objects.filter(user=user, state=Deletion.State.ASKED).exists():
            raise AlreadyAsked
    moment = clock.now()
    deletion = Deletion.objects.create(
        market=market,
        user=user,
        number=_number(),
        token=ids.new_token(),
        shown=masking.phone(user.phone or ""),
        told=dict(told),
        asked_at=moment,
        erase_after=moment + rules.REGRET,
        answer_by=rules.answer_by(moment),
    )
    audit.record(actor, "customer.deletion_asked", f"user:{user.pk}", number=deletion.number)
    return deletion


def _number() -> str:
    """One that this market has not given yet."""
    number = ids.new_number()
    while Deletion.objects.filter(number=number).exists():
        number = ids.new_number()
    return number
