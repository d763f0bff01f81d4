"""Who got which message long ago is not known any more; how many did, and what came of it, stays."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from jangteo.domains.campaigns.kinds import Fate, State
from jangteo.domains.campaigns.models import Campaign, Dispatch, PastCampaign, Recipient
from jangteo.domains.campaigns.queries import groups_of
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_old_messages(*, market: Market, actor: Actor, before: datetime) -> int:
    """Detach the people from what was sent before a moment, with the text that holds their own address; how many.

    PostgreSQL lets this one change of a message through, and only after six months.
    """
    over = Campaign.objects.select_for_update(of=("self",)).filter(
        send_at__lt=before, state__in=[State.DONE, State.STOPPED], past=None
    )
    for campaign in over.order_by("pk"):
        if campaign.send_at + timedelta(days=campaign.window_days) < clock.now():
            _keep_numbers(campaign)
    kept = Dispatch.objects.filter(at__lt=before).exclude(user=None, recipient=None, text="")
    count = kept.update(user=None, recipient=None, text="")
    gone, _ = (
        Recipient.objects.filter(campaign__past__isnull=False, campaign__send_at__lt=before)
        .exclude(pk__in=Dispatch.objects.exclude(recipient=None).values("recipient_id"))
        .delete()
    )
    if count or gone:
        audit.record(actor, "messages.forgotten", f"market:{market.pk}", count=max(count, gone))
    return count


def _keep_numbers(campaign: Campaign) -> None:
    end = campaign.send_at + timedelta(days=campaign.window_days)
    sent, held = groups_of(campaign, end)
    fates = Counter[str](Recipient.objects.filter(campaign=campaign).values_list("fate", flat=True))
    left_out = Recipient.objects.filter(campaign=campaign, fate__in=[Fate.BARRED, Fate.FAILED])
    PastCampaign.objects.create(
        market_id=campaign.market_id,
        campaign=campaign,
        fates=dict(fates),
        bars=dict(Counter[str](left_out.values_list("reason", flat=True))),
        sent_won=list(sent.won),
        sent_back=sent.back,
        held_won=list(held.won),
        held_back=held.back,
        at=clock.now(),
    )
