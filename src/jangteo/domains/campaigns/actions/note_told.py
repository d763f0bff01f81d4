"""A person has been told about their own consent."""

from __future__ import annotations

from jangteo.domains.campaigns.kinds import Channel, Kind, Move, Purpose
from jangteo.domains.campaigns.models import Consent, Dispatch, Notice
from jangteo.domains.campaigns.queries_people import said_by
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_told(*, market: Market, actor: Actor, notice_id: int, channel: Channel, cost_per_100: int) -> None:
    """Write down that it left. A reminder makes each consent it was about good for two more years."""
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.told_at is not None:
        return
    notice.told_at, notice.channel = clock.now(), channel
    notice.save(update_fields=["told_at", "channel"])
    Dispatch.objects.create(
        market=market,
        user_id=notice.user_id,
        key=f"notice:{notice.pk}",
        kind=Kind.NOTICE,
        channel=channel,
        text=notice.text,
        cost_per_100=cost_per_100,
        at=clock.now(),
    )
    if notice.kind == Notice.Kind.REMINDER:
        _confirm(market, actor, notice)


def _confirm(market: Market, actor: Actor, notice: Notice) -> None:
    """What was withdrawn since the reminder was written stays withdrawn."""
    said = said_by([notice.user_id]).get(notice.user_id, {})
    held: list[tuple[Channel, Purpose]] = [
        one for one, standing in said.items() if standing.given and standing.since < notice.made_at
    ]
    Consent.objects.bulk_create(
        Consent(
            market=market,
            user_id=notice.user_id,
            channel=channel,
            purpose=purpose,
            move=Move.CONFIRMED,
            at=clock.now(),
            place="reminder",
            wording=notice.text,
            actor_ref=actor.ref,
        )
        for channel, purpose in sorted(held)
    )
