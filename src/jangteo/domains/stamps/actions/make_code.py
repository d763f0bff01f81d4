"""Six digits that bring a customer and a stall together."""

from __future__ import annotations

from django.db.models import Q

from jangteo.domains.markets.models import Market
from jangteo.domains.stamps import rules
from jangteo.domains.stamps.models import Code
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

TRIES = 50


class NoDigitsLeft(RuntimeError):
    """Every number that was drawn is shown somewhere now."""


@action
def make_code(
    *, market: Market, actor: Actor, user_id: int | None = None, stall_id: int | None = None, purchase: str = ""
) -> Code:
    """For a customer to show, or for a stall to show for `purchase`. One a person and one a purchase at a time.

    Codes that have run out are forgotten here.
    """
    now = clock.now()
    Code.objects.filter(expires_at__lte=now).delete()
    whom = Q(stall_id=stall_id) if user_id is None else Q(user_id=user_id)
    mine = Code.objects.filter(whom, purchase=purchase, used_at=None).first()
    if mine is not None:
        return mine
    code = Code.objects.create(
        market=market,
        user_id=user_id,
        stall_id=stall_id,
        purchase=purchase,
        digits=_free_digits(),
        token=ids.new_token(),
        made_at=now,
        expires_at=now + rules.CODE_LASTS,
    )
    audit.record(actor, "stamps.code", f"code:{code.pk}")
    return code


def _free_digits() -> str:
    for _ in range(TRIES):
        digits = ids.new_number()
        if not Code.objects.filter(digits=digits, used_at=None).exists():
            return digits
    raise NoDigitsLeft
