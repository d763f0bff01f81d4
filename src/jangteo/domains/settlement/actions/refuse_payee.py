"""The gateway would not take what it was told about a stall, or does not know it any more."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.models import StallPayee
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

# Known once, and not to be found there now.
GONE = "NOT_FOUND_SELLER"


@action
def refuse_payee(*, market: Market, actor: Actor, payee_id: int, version: int, code: str) -> None:
    """Keep the gateway's code, unless something newer is on its way to it. Raises StallPayee.DoesNotExist."""
    payee = StallPayee.objects.select_for_update().get(pk=payee_id)
    if payee.version != version:
        return
    if payee.refusal != code[:100]:
        audit.record(actor, "payee.refused", f"stall:{payee.stall_id}", answer=code[:100])
    payee.refusal, payee.read_at = code[:100], clock.now()
    payee.save(update_fields=["refusal", "read_at"])
