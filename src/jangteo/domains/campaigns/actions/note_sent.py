"""What became of messages that were claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.domains.campaigns.actions.claim_batch import Claimed
from jangteo.domains.campaigns.kinds import Fate, State
from jangteo.domains.campaigns.models import Campaign, Dispatch, Recipient
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class Went:
    """`left` False: this way did not work and is not tried again; `code` says why, and holds nothing of a person."""

    claimed: Claimed
    left: bool
    code: str = ""


@action
def note_sent(*, market: Market, actor: Actor, campaign_id: int, went: Sequence[Went]) -> bool:
    """Write it down, once each; who was not reached waits for the next way. Whether anybody of these waits again."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    by_id = {one.claimed.recipient_id: one for one in went}
    claimed = Recipient.objects.select_for_update().filter(campaign=campaign, pk__in=by_id, fate=Fate.CLAIMED)
    rows = list(claimed.order_by("pk"))
    for row in rows:
        _end(row, by_id[row.pk], campaign)
    Recipient.objects.bulk_update(rows, ["fate", "tried", "reason", "claimed_at"])
    Dispatch.objects.bulk_create(
        [_dispatch(campaign, by_id[row.pk].claimed) for row in rows if row.fate == Fate.SENT], ignore_conflicts=True
    )
    end_if_over(campaign)
    return any(row.fate == Fate.WAITING for row in rows)


def _end(row: Recipient, one: Went, campaign: Campaign) -> None:
    if one.left:
        row.fate = Fate.SENT
        return
    row.tried, row.reason, row.claimed_at = [*row.tried, one.claimed.channel], one.code[:40], None
    row.fate = Fate.WAITING if campaign.state == State.SENDING else Fate.STOPPED


def _dispatch(campaign: Campaign, claimed: Claimed) -> Dispatch:
    return Dispatch(
        market_id=campaign.market_id,
        campaign=campaign,
        recipient_id=claimed.recipient_id,
        user_id=claimed.user_id,
        key=claimed.key,
        kind=campaign.kind,
        channel=claimed.channel,
        text=claimed.text,
        cost_per_100=claimed.cost_per_100,
        at=clock.now(),
    )


def end_if_over(campaign: Campaign) -> None:
    """Nobody waits any more and nothing is on its way."""
    left = Recipient.objects.filter(campaign=campaign, fate__in=[Fate.WAITING, Fate.CLAIMED])
    if campaign.state == State.SENDING and not left.exists():
        campaign.state, campaign.ended_at = State.DONE, clock.now()
        campaign.save(update_fields=["state", "ended_at"])
