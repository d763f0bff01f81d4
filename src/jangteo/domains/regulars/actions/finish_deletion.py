"""Every market has forgotten the person: the account ends, the proof stands."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.markets.models import Market
from jangteo.domains.people.actions.close_account import close_account
from jangteo.domains.people.models import User
from jangteo.domains.regulars.privacy_models import Deletion
from jangteo.domains.regulars.proof import Outcome
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def finish_deletion(*, market: Market, actor: Actor, deletion_id: int, outcome: Mapping[str, Outcome]) -> bool:
    """Close the account and keep what became of each topic (see `Deletion`). False where it was finished before."""
    user_id = Deletion.objects.values_list("user_id", flat=True).get(pk=deletion_id)
    User.objects.select_for_update().get(pk=user_id)
    deletion = Deletion.objects.select_for_update().get(pk=deletion_id)
    if deletion.state != Deletion.State.ASKED:
        return False
    close_account(user_id=user_id, actor=actor)
    deletion.state, deletion.ended_at = Deletion.State.DONE, clock.now()
    deletion.outcome = dict(outcome)
    deletion.save(update_fields=["state", "ended_at", "outcome"])
    audit.record(actor, "customer.forgotten", f"user:{user_id}", number=deletion.number)
    return True
