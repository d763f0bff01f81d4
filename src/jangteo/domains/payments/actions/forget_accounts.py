"""Where deposits went back to is nobody's business once they have."""

from __future__ import annotations

from collections.abc import Collection

from jangteo.domains.payments.models import Refund, RefundAccount
from jangteo.kernel.action import step


@step
def forget_accounts(*, order_refs: Collection[str]) -> int:
    """Empty the accounts that customers gave for these orders; how many. Those that money is on its way to stay."""
    going = Refund.objects.filter(
        payment__order_ref__in=order_refs, state__in=[Refund.State.QUEUED, Refund.State.UNKNOWN]
    )
    accounts = RefundAccount.objects.filter(payment__order_ref__in=order_refs)
    return accounts.exclude(payment__in=going.values("payment")).update(number="", holder="")
