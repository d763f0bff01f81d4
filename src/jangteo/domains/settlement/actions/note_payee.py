"""What the gateway says about a stall."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.payouts_port import Payee
from jangteo.domains.settlement.actions.refuse_payee import GONE
from jangteo.domains.settlement.models import StallPayee
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_payee(*, market: Market, actor: Actor, payee_id: int, found: Payee, version: int = 0) -> StallPayee:
    """Keep key and state. `version` is what the gateway was told with this answer, 0 when it was only asked.

    Raises StallPayee.DoesNotExist.
    """
    payee = StallPayee.objects.select_for_update().get(pk=payee_id)
    if payee.state != found.state:
        audit.record(actor, "payee.checked", f"stall:{payee.stall_id}", state=found.state.value)
    payee.key, payee.state, payee.read_at = found.key, found.state, clock.now()
    payee.told_version = max(payee.told_version, version)
    if payee.refusal == GONE:
        payee.refusal = ""
    payee.save(update_fields=["key", "state", "read_at", "told_version", "refusal"])
    return payee
