"""A market with customers, and senders that are simulators."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from jangteo.adapters.solapi.client import SolapiSender
from jangteo.adapters.solapi.letters import SolapiLetters
from jangteo.adapters.solapi.simulator import PracticeAccount, SolapiSimulator
from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.actions.say_consent import Word, say_consent
from jangteo.domains.campaigns.effects import CampaignEffects
from jangteo.domains.campaigns.kinds import Channel, Move, Purpose
from jangteo.domains.campaigns.models import Campaign
from jangteo.domains.campaigns.ports import Senders
from jangteo.domains.counter.actions.record_till_sale import record_till_sale
from jangteo.domains.counter.told import ToldLine, ToldSale
from jangteo.domains.markets.models import Stall
from jangteo.domains.people.models import User
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Ending
from jangteo.kernel.tenancy import in_market
from tests.world import World

SMS_AD = (Channel.SMS, Purpose.AD)


@dataclass
class Post:
    """The practice Solapi, and what the program sends through it."""

    simulator: SolapiSimulator
    senders: Senders

    def to(self) -> list[str]:
        return sorted(text.draft.to for text in self.simulator.accepted())


@contextmanager
def post(templates: Collection[str] = (), timeout_s: float = 5.0) -> Iterator[Post]:
    """Texts leave, for a simulator on loopback."""
    account = PracticeAccount(templates=frozenset(templates))
    # Its threads do not see the moment that a test has set: each request tells it.
    told = [clock.now()]
    with SolapiSimulator(account=account, seed=1, clock=lambda: told[0]) as simulator:
        sender = SolapiSender(
            base_url=simulator.url,
            api_key=account.api_key,
            api_secret=account.api_secret,
            sender=account.sender,
            timeout_s=timeout_s,
            before_call=lambda: told.__setitem__(0, clock.now()),
        )
        senders = Senders(letters=SolapiLetters(sender, account.hook_secret), address="http://jangteo.test")
        outside.use(senders)
        yield Post(simulator, senders)
        outside.use(Senders())
        sender.close()


def phone_of(number: int) -> str:
    return f"010{number:08}"


def bought(world: World, stall: Stall, number: int, *, won: int = 10_000, days_ago: int = 0) -> User:
    """A sale across the counter to the customer of this number, so many days ago."""
    at = clock.now() - timedelta(days=days_ago)
    lines = (ToldLine(amount_won=won, price_won=won),)
    told = ToldSale(stall.pk, "cash", lines, at, at, phone=phone_of(number))
    with clock.at(at):
        record_till_sale(market=world.market, actor=SYSTEM, told=told, key=str(uuid.uuid4()))
    return User.objects.get(phone=phone_of(number))


def agrees(world: World, user: User, *about: tuple[Channel, Purpose], at: datetime | None = None) -> None:
    with clock.at(at or clock.now()):
        word = Word(Move.GIVEN, about or [SMS_AD], "shop", "동의해요.")
        say_consent(market=world.market, actor=SYSTEM, user_id=user.pk, word=word)


def refuses(world: World, user: User, *about: tuple[Channel, Purpose]) -> None:
    word = Word(Move.WITHDRAWN, about or [SMS_AD], "link")
    say_consent(market=world.market, actor=SYSTEM, user_id=user.pk, word=word)


def deliver(post: Post, campaign: Campaign) -> list[Ending]:
    """Run the effects that a campaign has queued, as the worker does."""
    effects = CampaignEffects(post.senders)
    rows = OutboxRow.objects.filter(topic="campaign.send", payload__campaign_id=campaign.pk).order_by("pk")
    with in_market(campaign.market_id):
        return [effects.send(row) for row in rows]
