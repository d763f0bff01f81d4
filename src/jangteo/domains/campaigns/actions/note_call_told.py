"""Somebody who waits for the rebate desk has been told of their turn, or cannot be."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.campaigns.actions.write_service import write_service
from jangteo.domains.campaigns.owed import Handed
from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.end_call import end_call
from jangteo.domains.rebates.models import RebateVisit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class CallTold:
    """What left, and how; `handed` None where no way leads to this number. `key` is the name of the try."""

    key: str
    handed: Handed | None
    user_id: int | None = None
    text: str = ""


@action
def note_call_told(*, market: Market, actor: Actor, visit_id: int, telling: int, told: CallTold) -> None:
    """Write it down once, with the message as it left."""
    state = RebateVisit.Told.LOST if told.handed is None else RebateVisit.Told.TOLD
    end_call(visit_id=visit_id, telling=telling, told=state)
    if told.handed is not None:
        write_service(market=market, key=told.key, user_id=told.user_id, text=told.text, handed=told.handed)
