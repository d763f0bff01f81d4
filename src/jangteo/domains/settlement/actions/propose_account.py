"""Write down where a stall is paid, for somebody else to confirm."""

from __future__ import annotations

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.payments.ports import BankAccount
from jangteo.domains.settlement.bankfiles.layouts import bank_names
from jangteo.domains.settlement.bankfiles.lines import PayoutLine, checked
from jangteo.domains.settlement.errors import BadAccount, LineNotPayable
from jangteo.domains.settlement.models import PayoutAccount
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def propose_account(*, market: Market, actor: Actor, stall_id: int, account: BankAccount) -> PayoutAccount:
    """The account waits for a second person; one that waited before is forgotten.

    Raises BadAccount, Stall.DoesNotExist.
    """
    stall = Stall.objects.select_for_update(no_key=True).get(pk=stall_id)
    plain = _plain(account)
    PayoutAccount.objects.filter(stall=stall, confirmed_at=None, retired_at=None).update(retired_at=clock.now())
    row = PayoutAccount.objects.create(
        market=market,
        stall=stall,
        bank_code=plain.bank_code,
        number=plain.account,
        holder=plain.holder,
        proposed_by=actor.ref,
        proposed_at=clock.now(),
    )
    audit.record(actor, "account.proposed", f"stall:{stall.pk}")
    return row


def _plain(account: BankAccount) -> PayoutLine:
    """As a pay-out file will carry it."""
    if account.bank not in bank_names():
        raise BadAccount(field="bank_code")
    try:
        (line,) = checked([PayoutLine(account.bank, account.number, account.holder, 1)])
    except LineNotPayable as no:
        raise BadAccount(field=str(no.facts["field"])) from no
    return line
