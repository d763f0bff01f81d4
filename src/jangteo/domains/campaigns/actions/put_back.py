"""Messages that were claimed by a worker that died, and that certainly did not leave, wait again."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.campaigns.kinds import Fate, State
from jangteo.domains.campaigns.models import Campaign, Recipient
from jangteo.domains.markets.models import Market
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def put_back(*, market: Market, actor: Actor, campaign_id: int, recipient_ids: Sequence[int]) -> None:
    """They pass the gate anew."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    fate = Fate.WAITING if campaign.state == State.SENDING else Fate.STOPPED
    claimed = Recipient.objects.filter(campaign=campaign, pk__in=recipient_ids, fate=Fate.CLAIMED)
    claimed.update(fate=fate, claimed_at=None)
