"""The last look before messages leave: who of a batch may get it at this very moment, and by which way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.domains.campaigns.kinds import Bar, Channel, Fate, State
from jangteo.domains.campaigns.models import Campaign, CustomerPush, Recipient, Terms
from jangteo.domains.campaigns.prices import size_of
from jangteo.domains.campaigns.queries_people import Known, house_of, known_of, terms_of
from jangteo.domains.campaigns.reach import Message, first_way, message_of, refusal_address
from jangteo.domains.campaigns.wording import subject_of, text_of
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class Claimed:
    """One message that is to leave now, complete."""

    recipient_id: int
    user_id: int
    key: str
    channel: Channel
    to: str
    text: str
    subject: str
    refuse_at: str
    cost_per_100: int
    pushes: tuple[CustomerPush, ...] = ()


@action
def claim_batch(*, market: Market, actor: Actor, campaign_id: int, batch: int) -> list[Claimed]:
    """Pass every one of the batch who still waits through the gate as of now, and take those who pass.

    One market's claims happen one after another, so that two stalls cannot both give somebody the last message of the
    week. What is claimed already is left alone: nobody knows yet whether it left.
    """
    Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    campaigns = Campaign.objects.select_related("stall", "good", "template", "market")
    campaign = campaigns.get(pk=campaign_id)
    waiting = Recipient.objects.select_for_update().filter(campaign=campaign, batch=batch, fate=Fate.WAITING)
    rows = list(waiting.order_by("pk"))
    if campaign.state != State.SENDING or not rows:
        return []
    taken = _through_the_gate(campaign, rows)
    Recipient.objects.bulk_update(rows, ["fate", "channel", "reason", "claimed_at"])
    return taken


def _through_the_gate(campaign: Campaign, rows: Sequence[Recipient]) -> list[Claimed]:
    terms, moment = terms_of(campaign.market), clock.now()
    house, message = house_of(campaign.market, terms), message_of(campaign)
    known = known_of([row.user_id for row in rows], campaign.stall, campaign.good, terms)
    taken = []
    for row in rows:
        person = known.get(row.user_id)
        way, bar = (
            (None, Bar.UNREACHABLE) if person is None else first_way(message, person, house, moment, tuple(row.tried))
        )
        if person is None or way is None:
            row.fate, row.reason = Fate.FAILED if row.tried else Fate.BARRED, row.reason or str(bar)
            continue
        row.fate, row.channel, row.claimed_at = Fate.CLAIMED, way, moment
        taken.append(_claimed(row, person, message, way, terms))
    return taken


def _claimed(row: Recipient, known: Known, message: Message, way: Channel, terms: Terms) -> Claimed:
    sender, refuse_at = message.sender(terms), refusal_address(message.market, known.user_id)
    text = text_of(message.draft, sender, way, refuse_at)
    return Claimed(
        recipient_id=row.pk,
        user_id=known.user_id,
        key=key_of(row, way),
        channel=way,
        to={Channel.EMAIL: known.email, Channel.PUSH: ""}.get(way, known.phone),
        text=text,
        subject=subject_of(message.draft, sender),
        refuse_at=refuse_at,
        cost_per_100=terms.per_100(size_of(way, text)),
        pushes=known.pushes if way is Channel.PUSH else (),
    )


def key_of(row: Recipient, way: str) -> str:
    """The name of one try, the same whenever it is asked."""
    return f"news:{row.campaign_id}:{row.user_id}:{way}"
