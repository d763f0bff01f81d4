"""The customer says where a deposit is to go back to."""

from __future__ import annotations

import re

from django.db.models import Sum

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.errors import AccountNotAsked, BadAccount, PaymentNotFound
from jangteo.domains.payments.models import Payment, Refund, RefundAccount
from jangteo.domains.payments.ports import BankAccount, PayBy
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit

LONGEST_HOLDER = 60

_BANK = re.compile(r"0[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{6,20}")


@action
def give_refund_account(*, market: Market, actor: Actor, order_ref: str, account: BankAccount) -> RefundAccount:
    """Keep the account and send every refund that waited for one.

    An account is replaced only after the bank refused it: before that, money may be on its way there.
    Raises PaymentNotFound, BadAccount (facts: field) and AccountNotAsked.
    """
    payment = Payment.objects.select_for_update().filter(order_ref=order_ref, pay_by=PayBy.ACCOUNT).first()
    if payment is None:
        raise PaymentNotFound
    _check(account)
    kept = _kept(payment, account)
    waiting = _waiting(payment, again=kept.tries > 1)
    if not waiting:
        raise AccountNotAsked
    kept.save()
    for refund in waiting:
        emit("payment.refund", key=f"{refund.key}:to:{kept.tries}", refund_id=refund.pk, order_ref=payment.order_ref)
    audit.record(actor, "refund.account_given", f"order:{order_ref}", tries=kept.tries)
    return kept


def _check(account: BankAccount) -> None:
    checks = {
        "bank": _BANK.fullmatch(account.bank),
        "number": _NUMBER.fullmatch(account.number),
        "holder": 0 < len(account.holder.strip()) <= LONGEST_HOLDER,
    }
    for field, fits in checks.items():
        if not fits:
            raise BadAccount(field=field)


def _kept(payment: Payment, account: BankAccount) -> RefundAccount:
    """The row to save: a new one, or the one before with the next try."""
    kept = RefundAccount.objects.filter(payment=payment).first()
    if kept is None:
        kept = RefundAccount(market_id=payment.market_id, payment=payment, tries=0)
    kept.bank, kept.number, kept.holder = account.bank, account.number, account.holder.strip()
    kept.tries += 1
    kept.given_at = clock.now()
    return kept


def _waiting(payment: Payment, *, again: bool) -> list[Refund]:
    """The refunds to send: all that are queued, or, after an account that was refused, those that came back.

    What came back is queued again as far as the payment still holds it.
    """
    asked = Refund.objects.filter(payment=payment).order_by("pk")
    if not again:
        return list(asked.filter(state=Refund.State.QUEUED))
    if asked.filter(state__in=[Refund.State.QUEUED, Refund.State.UNKNOWN]).exists():
        return []
    done = asked.filter(state=Refund.State.DONE).aggregate(won=Sum("amount_won"))["won"] or 0
    left = payment.captured_won - done
    waiting = []
    for refund in asked.filter(state=Refund.State.REJECTED):
        if refund.amount_won <= left:
            left -= refund.amount_won
            refund.state, refund.changed_at = Refund.State.QUEUED, clock.now()
            refund.save(update_fields=["state", "changed_at"])
            waiting.append(refund)
    return waiting
