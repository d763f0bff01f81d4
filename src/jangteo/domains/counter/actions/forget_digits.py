"""What identifies a customer on a cash receipt is kept as long as the receipt may have to be issued anew."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.markets.models import Market
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_digits(*, market: Market, actor: Actor, before: datetime) -> int:
    """Forget the digits of receipts asked for before a moment that wait for nobody; how many. The last four stay."""
    old = CashReceipt.objects.filter(asked_at__lt=before).exclude(digits="")
    return old.exclude(state=CashReceipt.State.ASKED).update(digits="")
