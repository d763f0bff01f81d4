"""A deposit into a virtual account, on the order's page."""

from __future__ import annotations

from dataclasses import dataclass

from django import template

from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import PayBy
from jangteo.domains.payments.queries import waits_for_account
from jangteo.faces._parts.words.banks import bank_words
from jangteo.faces.shop.refund_account import RefundAccountForm

register = template.Library()
register.filter("bank", bank_words)


@dataclass(frozen=True, slots=True)
class Deposit:
    """What there is to say: `waits` for the money, which `came_before` and was taken back; `form` asks where it is to
    go back to, after one account was `refused`.
    """

    waits: bool
    came_before: bool
    form: RefundAccountForm | None
    refused: bool


@register.simple_tag
def deposit(payment: Payment | None) -> Deposit | None:
    """None for orders without a deposit. One or two more queries once its money has come."""
    if payment is None or payment.pay_by != PayBy.ACCOUNT:
        return None
    asked = waits_for_account(payment)
    return Deposit(
        waits=payment.state == Payment.State.WAITING_DEPOSIT,
        came_before=payment.captures > 0,
        form=RefundAccountForm(prefix="back") if asked else None,
        refused=asked and hasattr(payment, "refund_account"),
    )
