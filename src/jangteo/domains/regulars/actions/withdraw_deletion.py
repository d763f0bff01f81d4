"""The customer stays after all."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.domains.regulars.errors import NothingToWithdraw
from jangteo.domains.regulars.privacy_models import Deletion, ForgottenHere
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def withdraw_deletion(*, market: Market, actor: Actor, user_id: int) -> Deletion:
    """Call it off, also late, as long as nothing is forgotten yet. Raises NothingToWithdraw.

    In the market where it was asked for, which forgets first: see `forget_here`.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    deletion = Deletion.objects.select_for_update().filter(user=user, state=Deletion.State.ASKED).first()
    if deletion is None or ForgottenHere.objects.filter(deletion=deletion).exists():
        raise NothingToWithdraw
    deletion.state, deletion.ended_at = Deletion.State.WITHDRAWN, clock.now()
    deletion.save(update_fields=["state", "ended_at"])
    audit.record(actor, "customer.deletion_withdrawn", f"user:{user.pk}", number=deletion.number)
    return deletion
