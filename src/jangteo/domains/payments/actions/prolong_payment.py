"""A payment that somebody else is asked to make waits longer."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.payments.models import Payment
from jangteo.kernel import clock
from jangteo.kernel.action import step


@step
def prolong_payment(*, payment: Payment, until: datetime) -> None:
    """Let the locked payment run until then; never shorter than before."""
    if payment.expires_at < until:
        payment.expires_at = until
        payment.changed_at = clock.now()
        payment.save(update_fields=["expires_at", "changed_at"])
