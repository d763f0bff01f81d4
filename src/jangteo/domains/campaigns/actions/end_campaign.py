"""A message to many has left as far as it could."""

from __future__ import annotations

from jangteo.domains.campaigns.actions.note_sent import end_if_over
from jangteo.domains.campaigns.models import Campaign
from jangteo.domains.markets.models import Market
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def end_campaign(*, market: Market, actor: Actor, campaign_id: int) -> None:
    """Where the last of a campaign were stopped at the gate, nothing else would say that it is over."""
    end_if_over(Campaign.objects.select_for_update().get(pk=campaign_id))
