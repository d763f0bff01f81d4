"""Somebody who signed up for an event has been told, or cannot be."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.campaigns.kinds import Channel, Kind
from jangteo.domains.campaigns.models import Dispatch
from jangteo.domains.events.actions.end_notice import end_notice
from jangteo.domains.events.models import SignUpNotice
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
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
    key = f"event:{notice.pk}:{told.channel}" if told.channel is Channel.ALIMTALK else f"event:{notice.pk}"
    Dispatch.objects.create(
        market=market,
        user_id=told.user_id,
        key=key,
        kind=Kind.NOTICE,
        channel=told.channel,
        text=told.text,
        cost_per_100=told.cost_per_100,
        at=clock.now(),
    )
