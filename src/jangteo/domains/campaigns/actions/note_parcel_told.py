"""A customer of the hub's shelf has been told, or cannot be."""

from __future__ import annotations

from jangteo.domains.campaigns.actions.note_call_told import CallTold
from jangteo.domains.campaigns.actions.write_service import write_service
from jangteo.domains.hub.actions.end_parcel_notice import end_parcel_notice
from jangteo.domains.hub.models import ParcelNotice
from jangteo.domains.markets.models import Market
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_parcel_told(
    *, market: Market, actor: Actor, notice_id: int, state: ParcelNotice.State, told: CallTold | None = None
) -> None:
    """Write it down once; `told` is the message as it left."""
    notice = end_parcel_notice(notice_id=notice_id, state=state)
    if notice is not None and told is not None and told.handed is not None:
        write_service(market=market, key=told.key, user_id=told.user_id, text=told.text, handed=told.handed)
