"""The money went back, so its cash receipt must."""

from __future__ import annotations

from jangteo.domains.counter.models import CashReceipt
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.outbox import emit


@step
def take_back_receipt(*, about: str) -> CashReceipt | None:
    """Queue the whole receipt's cancellation, for issuers take back no part. None where there is none that lives."""
    living = (CashReceipt.State.ASKED, CashReceipt.State.ISSUED)
    receipt = CashReceipt.objects.select_for_update().filter(about=about, state__in=living).first()
    if receipt is None:
        return None
    receipt.state = CashReceipt.State.CANCELLING
    receipt.changed_at = clock.now()
    receipt.save(update_fields=["state", "changed_at"])
    emit("receipt.cancel", key=f"{receipt.ref}:cancel", receipt_id=receipt.pk)
    return receipt
