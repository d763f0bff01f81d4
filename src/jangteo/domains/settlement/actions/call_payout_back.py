"""The office wants a pay-out back before the gateway has begun with it."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.errors import TooLateToCallBack
from jangteo.domains.settlement.models import SentPayout, SettlementLine, SettlementRun
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit


@action
def call_payout_back(*, market: Market, actor: Actor, line_id: int) -> SettlementLine:
    """Queue the call; whether it came in time is for the gateway to say. Again changes nothing.

    Raises TooLateToCallBack, SettlementLine.DoesNotExist.
    """
    line = SettlementLine.objects.get(pk=line_id)
    SettlementRun.objects.select_for_update().get(pk=line.run_id)
    payout = SentPayout.objects.filter(line=line, state=SentPayout.State.REQUESTED).first()
    if payout is None:
        raise TooLateToCallBack
    if payout.back_asked_at is None:
        payout.back_asked_at = clock.now()
        payout.save(update_fields=["back_asked_at"])
        emit("payout.call_back", key=f"back:{payout.ref}", payout_id=payout.pk)
        audit.record(actor, "settlement.called_back", f"stall:{line.stall_id}", payout_won=line.payout_won)
    return line
