"""The gateway is about to be asked about a payment again."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.models import Payment
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_read(*, market: Market, actor: Actor, order_ref: str) -> None:
    """Write down when, so that a payment on which nothing happens is asked about at long intervals only."""
    Payment.objects.filter(order_ref=order_ref).update(read_at=clock.now())
