"""What the issuer said about a cash receipt."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit


@dataclass(frozen=True, slots=True)
class Told:
    """`state` is issued, cancelled or rejected."""

    state: CashReceipt.State
    issue_number: str = ""
    url: str = ""
    code: str = ""


@action
def end_cash_receipt(*, market: Market, actor: Actor, receipt_id: int, told: Told) -> CashReceipt:
    """Write it down. One that was issued while it was being taken back is taken back once more."""
    receipt = CashReceipt.objects.select_for_update().get(pk=receipt_id)
    was_taken_back = receipt.state in (CashReceipt.State.CANCELLING, CashReceipt.State.CANCELLED)
    if told.state == CashReceipt.State.ISSUED and was_taken_back:
        receipt.state = CashReceipt.State.CANCELLING
        emit("receipt.cancel", key=f"{receipt.ref}:cancel:late", receipt_id=receipt.pk)
    elif told.state == CashReceipt.State.REJECTED and was_taken_back:
        receipt.failure_code = told.code[:60]
    else:
        receipt.state = told.state
        receipt.failure_code = told.code[:60]
        code = f"cash_receipt.{told.state}"
        audit.record(actor, code, f"receipt:{receipt.pk}", amount_won=receipt.amount_won)
    receipt.issue_number = told.issue_number[:100] or receipt.issue_number
    receipt.url = told.url[:300] or receipt.url
    receipt.changed_at = clock.now()
    receipt.save()
    return receipt
