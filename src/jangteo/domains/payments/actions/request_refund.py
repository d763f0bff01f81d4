"""Send money back: written down first, then asked of the gateway."""

from __future__ import annotations

from jangteo.domains.payments.errors import RefundTooLarge
from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.payments.queries import asked_back_won
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.outbox import emit


@step
def request_refund(*, payment: Payment, amount_won: int, tax_free_won: int, reason: str) -> Refund | None:
    """Queue a refund of the locked payment; `reason` makes it unique ("part:7:refused"), so a repeat adds nothing.

    Zero won asks for nothing and answers None. Raises RefundTooLarge above what is left.
    """
    if amount_won == 0:
        return None
    key = f"refund:{payment.order_ref}:{reason}"
    if (earlier := Refund.objects.filter(key=key).first()) is not None:
        return earlier
    left_won = payment.captured_won - asked_back_won(payment)[0]
    if amount_won > left_won:
        raise RefundTooLarge(left_won=left_won)
    moment = clock.now()
    refund = Refund.objects.create(
        market_id=payment.market_id,
        payment=payment,
        key=key,
        amount_won=amount_won,
        tax_free_won=tax_free_won,
        reason=reason,
        created_at=moment,
        changed_at=moment,
    )
    emit("payment.refund", key=key, refund_id=refund.pk, order_ref=payment.order_ref)
    return refund
