"""A second person has looked at a stall's new account."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.errors import SamePerson
from jangteo.domains.settlement.models import PayoutAccount
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def confirm_account(*, market: Market, actor: Actor, account_id: int) -> PayoutAccount:
    """From now on the stall is paid there. Again changes nothing.

    Raises SamePerson for whoever wrote it down, PayoutAccount.DoesNotExist also when it was replaced meanwhile.
    """
    row = PayoutAccount.objects.select_for_update().get(pk=account_id, retired_at=None)
    if row.confirmed_at is not None:
        return row
    if row.proposed_by == actor.ref:
        raise SamePerson
    moment = clock.now()
    PayoutAccount.objects.filter(stall_id=row.stall_id, confirmed_at__isnull=False, retired_at=None).update(
        retired_at=moment
    )
    row.confirmed_by, row.confirmed_at = actor.ref, moment
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record(actor, "account.confirmed", f"stall:{row.stall_id}")
    return row
