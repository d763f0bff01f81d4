"""How a refund ended at the gateway."""

from __future__ import annotations

from jangteo.domains.payments.models import Refund
from jangteo.kernel import audit, clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def finish_refund(*, refund_id: int, state: Refund.State, note: str, actor: Actor) -> Refund:
    """Write the outcome. A refund that is done stays done."""
    refund = Refund.objects.select_for_update().select_related("payment").get(pk=refund_id)
    if refund.state in (Refund.State.DONE, state):
        return refund
    refund.state = state
    refund.changed_at = clock.now()
    refund.save(update_fields=["state", "changed_at"])
    subject = f"order:{refund.payment.order_ref}"
    audit.record(actor, f"refund.{state}", subject, amount_won=refund.amount_won, note=note[:100])
    return refund
