"""Campaigns as people look at them. In the scope of their market."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Sum

from jangteo.domains.campaigns.bought import BOUGHT, PART_WON
from jangteo.domains.campaigns.kinds import Channel, Fate, Purpose
from jangteo.domains.campaigns.models import (
    Campaign,
    Consent,
    CustomerPush,
    Dispatch,
    Notice,
    PastCampaign,
    Recipient,
    Template,
)
from jangteo.domains.campaigns.prices import total_won
from jangteo.domains.campaigns.proof import Group, Proof, proof_of
from jangteo.domains.campaigns.queries_people import Said, said_by
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.tenancy import unscoped

MOST_LISTED = 50
MOST_LOGGED = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """A campaign in a list, with how many got it and were held back, and what it has cost so far."""

    campaign: Campaign
    sent: int
    held: int
    waiting: int
    won: int


def campaigns(stall_id: int | None = None) -> list[Listed]:
    """The newest, of one stall or of all and the market's own. Four statements."""
    rows = Campaign.objects.select_related("stall", "good", "market").order_by("-pk")
    if stall_id is not None:
        rows = rows.filter(stall_id=stall_id)
    found = list(rows[:MOST_LISTED])
    fates, costs = _fates(found), _costs([campaign.pk for campaign in found])
    return [_listed(campaign, fates.get(campaign.pk, {}), costs.get(campaign.pk, 0)) for campaign in found]


def campaign_of(campaign_id: int, stall_id: int | None = None) -> Listed:
    """One of them; with `stall_id` only one of that stall. Raises Campaign.DoesNotExist."""
    rows = Campaign.objects.select_related("stall", "good", "template", "market")
    if stall_id is not None:
        rows = rows.filter(stall_id=stall_id)
    campaign = rows.get(pk=campaign_id)
    fates, costs = _fates([campaign]), _costs([campaign.pk])
    return _listed(campaign, fates.get(campaign.pk, {}), costs.get(campaign.pk, 0))


def outcome(campaign: Campaign) -> Proof:
    """Both groups, and what they bought from the first message until now or the end of the days counted.

    A stall's message is measured by what is bought at the stall, the market's by what is bought anywhere in it.
    """
    end = campaign.send_at + timedelta(days=campaign.window_days)
    sent, held = _past_groups(campaign) or groups_of(campaign, end)
    return proof_of(sent, held, is_over=clock.now() >= end)


def groups_of(campaign: Campaign, end: datetime) -> tuple[Group, Group]:
    """Those who were to get it and those held back. Two statements."""
    won, back = _came_back(campaign, end)
    groups: dict[bool, list[int]] = {True: [], False: []}
    drawn = Recipient.objects.filter(campaign=campaign).exclude(fate=Fate.STOPPED)
    for user_id, fate in drawn.order_by("user_id").values_list("user_id", "fate"):
        groups[fate == Fate.HELD].append(user_id)
    return _group(groups[False], won, back), _group(groups[True], won, back)


def days_left(campaign: Campaign) -> int:
    """Of the days counted, those to come; 0 when they are over."""
    left = campaign.send_at + timedelta(days=campaign.window_days) - clock.now()
    return max(0, -(-left // timedelta(days=1)))


def dispatched(campaign_id: int) -> list[Dispatch]:
    """What was sent to whom, the last first, each with what became of it."""
    rows = Dispatch.objects.filter(campaign_id=campaign_id).select_related("user", "arrival").order_by("-pk")
    return list(rows[:MOST_LOGGED])


def bars_of(campaign_id: int) -> Mapping[str, int]:
    """How many did not get it, by reason."""
    past = PastCampaign.objects.filter(campaign_id=campaign_id).first()
    if past is not None:
        return dict(past.bars)
    rows = Recipient.objects.filter(campaign_id=campaign_id, fate__in=[Fate.BARRED, Fate.FAILED])
    return dict(rows.values("reason").annotate(count=Count("pk")).values_list("reason", "count"))


def templates() -> list[Template]:
    return list(Template.objects.order_by("name", "pk"))


def open_reports(since: datetime) -> list[Dispatch]:
    """What carriers have not said the end of yet, oldest first."""
    rows = Dispatch.objects.filter(at__gte=since, channel__in=["sms", "alimtalk"], arrival=None)
    return list(rows.order_by("pk")[:1000])


def consents_of(user_id: int) -> Said:
    """What one person said last."""
    return said_by([user_id]).get(user_id, {})


def consent_rows(user_id: int) -> list[Consent]:
    """All that one person ever said, the last first."""
    return list(Consent.objects.filter(user_id=user_id).order_by("-pk")[:MOST_LISTED])


def notices_of(user_id: int) -> list[Notice]:
    """What they are or were to be told about it, the last first."""
    return list(Notice.objects.filter(user_id=user_id).order_by("-pk")[:5])


def untold_notices() -> int:
    """How many are waited for past their day."""
    return Notice.objects.filter(told_at=None, due_at__lt=clock.now()).count()


def push_endpoint(user_id: int, endpoint: str) -> bool:
    """Whether this browser takes this person's news: it is kept, and the person has not said no elsewhere."""
    standing = consents_of(user_id).get((Channel.PUSH, Purpose.AD))
    agreed = standing is not None and standing.given
    return agreed and CustomerPush.objects.filter(user_id=user_id, endpoint=endpoint).exists()


def markets_of_dispatches(keys: Collection[str]) -> list[Market]:
    """Those that have sent any of these. Asked for a sender's message, before any market is known."""
    with unscoped():
        return list(Market.objects.filter(pk__in=Dispatch.objects.filter(key__in=keys).values("market_id")))


def _fates(found: Sequence[Campaign]) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = {}
    rows = Recipient.objects.filter(campaign__in=found).values("campaign_id", "fate").annotate(count=Count("pk"))
    for campaign_id, fate, count in rows.values_list("campaign_id", "fate", "count"):
        counts.setdefault(campaign_id, {})[fate] = count
    past = PastCampaign.objects.filter(campaign__in=[one for one in found if one.pk not in counts])
    return counts | dict(past.values_list("campaign_id", "fates"))


def _past_groups(campaign: Campaign) -> tuple[Group, Group] | None:
    past = PastCampaign.objects.filter(campaign=campaign).first()
    if past is None:
        return None
    return Group(tuple(past.sent_won), past.sent_back), Group(tuple(past.held_won), past.held_back)


def _costs(ids: Sequence[int]) -> dict[int, int]:
    rows = Dispatch.objects.filter(campaign_id__in=ids).values("campaign_id")
    summed = rows.annotate(own=Sum("cost_per_100"), more=Sum("arrival__cost_per_100"))
    pairs = summed.values_list("campaign_id", "own", "more")
    return {campaign_id: total_won([own or 0, more or 0]) for campaign_id, own, more in pairs}


def _listed(campaign: Campaign, fates: Mapping[str, int], won: int) -> Listed:
    waiting = fates.get(Fate.WAITING, 0) + fates.get(Fate.CLAIMED, 0)
    return Listed(campaign, fates.get(Fate.SENT, 0), fates.get(Fate.HELD, 0), waiting, won)


def _came_back(campaign: Campaign, end: datetime) -> tuple[dict[int, int], set[int]]:
    where, stall = ("", []) if campaign.stall_id is None else (" AND b.stall_id = %s", [campaign.stall_id])
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {BOUGHT} SELECT b.user_id, sum(b.sale_won + {PART_WON}) FROM bought b"  # noqa: S608 - values are bound
            " JOIN campaigns_recipient r ON r.user_id = b.user_id AND r.campaign_id = %s"
            f" WHERE b.at > %s AND b.at <= %s{where} GROUP BY b.user_id",
            [campaign.market_id, campaign.market_id, campaign.pk, campaign.send_at, min(end, clock.now()), *stall],
        )
        won = {user_id: int(sum_won) for user_id, sum_won in cursor.fetchall()}
    return won, set(won)


def _group(user_ids: Sequence[int], won: Mapping[int, int], back: set[int]) -> Group:
    return Group(tuple(won.get(user_id, 0) for user_id in user_ids), sum(user_id in back for user_id in user_ids))
