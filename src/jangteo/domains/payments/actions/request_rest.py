"""Send back what is left of a payment."""

from __future__ import annotations

from jangteo.domains.payments.actions.request_refund import request_refund
from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.payments.queries import asked_back_won
from jangteo.kernel.action import step


@step
def request_rest(*, payment: Payment, reason: str) -> Refund | None:
    """Queue a refund of all of the locked payment that nobody asked back before; that much is under way already."""
    asked_won, asked_tax_free_won = asked_back_won(payment)
    won = payment.captured_won - asked_won
    tax_free_won = min(won, max(0, payment.tax_free_won - asked_tax_free_won))
    return request_refund(payment=payment, amount_won=won, tax_free_won=tax_free_won, reason=reason)
