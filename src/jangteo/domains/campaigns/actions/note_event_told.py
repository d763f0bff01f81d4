"""Somebody who signed up for an event has been told, or cannot be."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.campaigns.actions.write_service import write_service
from jangteo.domains.campaigns.kinds import Channel
from jangteo.domains.campaigns.owed import Handed
from jangteo.domains.events.actions.end_notice import end_notice
from jangteo.domains.events.models import SignUpNotice
from jangteo.domains.markets.models import Market
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class EventTold:
    """How it ended; with TOLD by which way. `user_id` is the account of the number, if one has proven it."""

    state: SignUpNotice.State
    user_id: int | None = None
    channel: Channel | None = None
    text: str = ""
    cost_per_100: int = 0


@action
def note_event_told(*, market: Market, actor: Actor, notice_id: int, told: EventTold) -> None:
    """Write it down once, with the message as it left."""
    notice = end_notice(notice_id=notice_id, state=told.state)
    if notice is None or told.channel is None:
        return
    # Alimtalk goes under a name of its own, by which its end is found again.
    key = f"event:{notice.pk}:{told.channel}" if told.channel is Channel.ALIMTALK else f"event:{notice.pk}"
    handed = Handed(told.channel, told.cost_per_100)
    write_service(market=market, key=key, user_id=told.user_id, text=told.text, handed=handed)
