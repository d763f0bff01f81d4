"""Write how a refund ended."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.finish_refund import finish_refund
from jangteo.domains.payments.models import Refund
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def end_refund(*, market: Market, actor: Actor, refund_id: int, state: Refund.State, note: str) -> None:
    """Done, rejected or unknown. A rejected refund shows up in the office as something to settle by hand."""
    finish_refund(refund_id=refund_id, state=state, note=note, actor=actor)
