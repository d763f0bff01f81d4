"""Somebody wants no more of a message to leave."""

from __future__ import annotations

from jangteo.domains.campaigns.errors import CampaignOver
from jangteo.domains.campaigns.kinds import Fate, State
from jangteo.domains.campaigns.models import Campaign, Recipient
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def stop_campaign(*, market: Market, actor: Actor, campaign_id: int, stall_id: int | None = None) -> int:
    """Whoever has not got it gets it no more. How many; 0 when it was stopped before.

    With `stall_id` only one of that stall's. Raises CampaignOver, Campaign.DoesNotExist.
    """
    own = Campaign.objects.select_for_update()
    campaign = (own if stall_id is None else own.filter(stall_id=stall_id)).get(pk=campaign_id)
    if campaign.state == State.DONE:
        raise CampaignOver
    if campaign.state == State.STOPPED:
        return 0
    kept = Recipient.objects.filter(campaign=campaign, fate=Fate.WAITING).update(fate=Fate.STOPPED)
    campaign.state, campaign.ended_at = State.STOPPED, clock.now()
    campaign.save(update_fields=["state", "ended_at"])
    audit.record(actor, "campaign.stopped", f"campaign:{campaign.pk}", people=kept)
    return kept
