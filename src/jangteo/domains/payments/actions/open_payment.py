"""A payment begins with what it must come to."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import PayBy
from jangteo.kernel import clock
from jangteo.kernel.action import step

OPEN_FOR = timedelta(minutes=10)


@step
def open_payment(
    *, market_id: int, gateway: str, order_ref: str, amount_won: int, tax_free_won: int, pay_by: PayBy = PayBy.CARD
) -> Payment:
    """Write down the amount before the browser leaves, so that what comes back can be compared."""
    moment = clock.now()
    return Payment.objects.create(
        market_id=market_id,
        gateway=gateway,
        pay_by=pay_by,
        order_ref=order_ref,
        amount_won=amount_won,
        tax_free_won=tax_free_won,
        created_at=moment,
        expires_at=moment + OPEN_FOR,
        changed_at=moment,
    )
