"""A message to many begins to leave."""

from __future__ import annotations

from jangteo.domains.campaigns.kinds import Fate, State
from jangteo.domains.campaigns.models import Campaign, Recipient
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action, step
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit


@action
def begin_campaign(*, market: Market, actor: Actor, campaign_id: int) -> None:
    """Queue its batches, if its time has come and nobody stopped it."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    if campaign.state == State.QUEUED and campaign.send_at <= clock.now():
        start(campaign)
        audit.record(actor, "campaign.began", f"campaign:{campaign.pk}")


def start(campaign: Campaign) -> None:
    """In the action of whoever holds it."""
    _start(campaign=campaign)


@step
def _start(*, campaign: Campaign) -> None:
    campaign.state = State.SENDING
    campaign.save(update_fields=["state"])
    waiting = Recipient.objects.filter(campaign=campaign, fate=Fate.WAITING)
    for batch in waiting.order_by("batch").values_list("batch", flat=True).distinct():
        emit("campaign.send", key=f"campaign.send:{campaign.pk}:{batch}", campaign_id=campaign.pk, batch=batch)
