"""A message to many is drawn up: who gets it, who is held back, by which way."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from jangteo.domains.campaigns.actions.begin_campaign import start
from jangteo.domains.campaigns.drawing import in_order_of_lot
from jangteo.domains.campaigns.errors import NobodyToTell, NoSuchWay, NothingToSay, NotWhilePractising
from jangteo.domains.campaigns.kinds import Basis, Fate, Kind
from jangteo.domains.campaigns.models import Campaign, Recipient, Template
from jangteo.domains.campaigns.queries_people import terms_of
from jangteo.domains.campaigns.reach import Message, Plan, plan_of
from jangteo.domains.campaigns.segments import BY_KEY
from jangteo.domains.campaigns.wording import MOST_BODY, Draft, plain
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

BATCH = 50
LATEST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants said. `key` makes a second press harmless; `send_at` None means now."""

    key: str
    segment: str
    body: str
    stall_id: int | None = None
    good_id: int | None = None
    kind: Kind = Kind.NEWS
    basis: Basis = Basis.NONE
    template_id: int | None = None
    send_at: datetime | None = None


@action
def plan_campaign(*, market: Market, actor: Actor, wanted: Wanted) -> Campaign:
    """Draw it up and begin it when its time has come; the same key again gives what it gave.

    Raises NotWhilePractising, NothingToSay, NoSuchWay, NobodyToTell, and DoesNotExist for a stall, good or template
    that is not there.
    """
    if market.is_practice:
        raise NotWhilePractising
    Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    known = Campaign.objects.filter(key=wanted.key).first()
    if known is not None:
        return known
    message = message_wanted(market, wanted)
    moment = clock.now()
    at = max(moment, wanted.send_at or moment)
    if wanted.segment not in BY_KEY or at > moment + LATEST:
        raise NoSuchWay
    seed = seed_of(market, wanted.key)
    plan = plan_of(message, BY_KEY[wanted.segment], seed, at)
    if not plan.told:
        raise NobodyToTell
    campaign = _written(actor, wanted, message, plan, seed, at)
    _people(campaign, plan)
    audit.record(actor, "campaign.planned", f"campaign:{campaign.pk}", people=len(plan.told), held=len(plan.held))
    if at <= moment:
        start(campaign)
    return campaign


def seed_of(market: Market, key: str) -> str:
    """What the lot of a campaign is drawn by: known before it is sent, so that the reach that is shown is the one."""
    return hashlib.sha256(f"{market.pk}:{key}".encode()).hexdigest()[:32]


def message_wanted(market: Market, wanted: Wanted) -> Message:
    """What is wanted, looked up. Raises NothingToSay and DoesNotExist."""
    body = plain(wanted.body)
    if not body:
        raise NothingToSay(most=MOST_BODY)
    stall = None if wanted.stall_id is None else Stall.objects.get(pk=wanted.stall_id)
    good = None
    if wanted.good_id is not None:
        goods = Good.objects.filter(pk=wanted.good_id).exclude(state=Good.State.HIDDEN)
        good = goods.get() if stall is None else goods.get(stall=stall)
    template = None if wanted.template_id is None else Template.objects.get(pk=wanted.template_id)
    basis = wanted.basis if template is None else Basis(template.basis)
    return Message(market, stall, Draft(wanted.kind, body, basis), good, template)


def _written(actor: Actor, wanted: Wanted, message: Message, plan: Plan, seed: str, at: datetime) -> Campaign:
    return Campaign.objects.create(
        market=message.market,
        stall=message.stall,
        key=wanted.key,
        segment=wanted.segment,
        kind=message.draft.kind,
        basis=message.draft.basis,
        body=message.draft.body,
        good=message.good,
        template=message.template,
        channels=[str(way) for way in message.ways],
        seed=seed,
        window_days=terms_of(message.market).window_days,
        estimate_won=plan.won,
        made_at=clock.now(),
        made_by=actor.ref,
        send_at=at,
    )


def _people(campaign: Campaign, plan: Plan) -> None:
    """In the order of the lot, so that those who got it before somebody pressed stop are a sample like any other."""
    told = in_order_of_lot(plan.told, campaign.seed)
    rows = [
        Recipient(
            market_id=campaign.market_id, campaign=campaign, user_id=user_id, batch=place // BATCH, fate=Fate.WAITING
        )
        for place, user_id in enumerate(told)
    ]
    rows += [
        Recipient(market_id=campaign.market_id, campaign=campaign, user_id=user_id, batch=0, fate=Fate.HELD)
        for user_id in sorted(plan.held)
    ]
    Recipient.objects.bulk_create(rows)
