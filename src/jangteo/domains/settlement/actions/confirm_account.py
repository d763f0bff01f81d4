"""A second person has looked at a stall's new account."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.payouts_port import PayeeKind
from jangteo.domains.settlement.actions.put_payee import PayeeFacts, put_payee
from jangteo.domains.settlement.approvers import check_approver
from jangteo.domains.settlement.errors import SamePerson
from jangteo.domains.settlement.models import PayoutAccount, StallPayee
from jangteo.domains.settlement.stall_accounts import confirmed_accounts
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def confirm_account(*, market: Market, actor: Actor, account_id: int) -> PayoutAccount:
    """From now on the stall is paid there, and a gateway that pays it is told so. Again changes nothing.

    Raises NotApprover for all but managers, SamePerson for whoever wrote it down, PayoutAccount.DoesNotExist also when
    it was replaced meanwhile.
    """
    check_approver(actor)
    row = PayoutAccount.objects.select_for_update().get(pk=account_id, retired_at=None)
    if row.confirmed_at is not None:
        return row
    if row.proposed_by == actor.ref:
        raise SamePerson
    moment = clock.now()
    confirmed_accounts().filter(stall_id=row.stall_id).update(retired_at=moment)
    row.confirmed_by, row.confirmed_at = actor.ref, moment
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    known = StallPayee.objects.filter(stall_id=row.stall_id, retired_at=None).first()
    if known is not None:
        facts = PayeeFacts(known.gateway, PayeeKind(known.kind), known.email, known.phone)
        put_payee(account=row, facts=facts, actor=actor)
    audit.record(actor, "account.confirmed", f"stall:{row.stall_id}")
    return row
