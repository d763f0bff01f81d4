"""What identifies a customer on a cash receipt is kept as long as the receipt may have to be issued anew."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

KEPT = timedelta(days=30)


@action
def forget_digits(*, market: Market, actor: Actor) -> int:
    """Forget the digits of receipts older than a month that wait for nobody; how many. The last four stay."""
    old = CashReceipt.objects.filter(asked_at__lt=clock.now() - KEPT).exclude(digits="")
    return old.exclude(state=CashReceipt.State.ASKED).update(digits="")
