"""Who a message would reach, by which way and for how much: asked before it is sent, and drawn up when it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.drawing import held_back
from jangteo.domains.campaigns.kinds import Bar, Basis, Channel, Kind, TemplateState
from jangteo.domains.campaigns.models import Campaign, Template, Terms
from jangteo.domains.campaigns.prices import size_of, total_won
from jangteo.domains.campaigns.queries_people import Known, house_of, known_of, people_of, terms_of
from jangteo.domains.campaigns.rules import House, Letter, gate
from jangteo.domains.campaigns.segments import Segment
from jangteo.domains.campaigns.wording import Draft, Sender, text_of
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall

NEWS_WAYS = (Channel.PUSH, Channel.EMAIL, Channel.SMS)
GRANTED_WAYS = (Channel.PUSH, Channel.ALIMTALK, Channel.EMAIL, Channel.SMS)


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be said, by whom: one stall, or (`stall` None) the market."""

    market: Market
    stall: Stall | None
    draft: Draft
    good: Good | None = None
    template: Template | None = None

    @property
    def ways(self) -> tuple[Channel, ...]:
        return NEWS_WAYS if self.draft.kind is Kind.NEWS else GRANTED_WAYS

    def sender(self, terms: Terms) -> Sender:
        """Who it comes from; asked back is the stall if it has a number."""
        stall = self.stall
        phone = (stall.phone if stall is not None else "") or self.market.phone
        return Sender(self.market.name, stall.name if stall is not None else "", phone, terms.refusal_number)

    def letter(self, channel: Channel) -> Letter:
        """What the gate is shown."""
        state = TemplateState.DRAFT if self.template is None else TemplateState(self.template.state)
        return Letter(self.draft.kind, channel, self.draft.basis, state)


@dataclass(frozen=True, slots=True)
class Reach:
    """Before sending: `people` fit the words, `ways` says how many go which way, `held` of all get nothing by lot."""

    people: int
    ways: Mapping[Channel, int]
    barred: Mapping[Bar, int]
    held: int
    won: int

    @property
    def told(self) -> int:
        return sum(self.ways.values())


@dataclass(frozen=True, slots=True)
class Plan:
    """Who gets it, who is held back, and why others do not."""

    told: Mapping[int, Channel]
    held: frozenset[int]
    barred: Mapping[int, Bar]
    won: int

    def reach(self) -> Reach:
        ways, barred = Counter(self.told.values()), Counter(self.barred.values())
        people = len(self.told) + len(self.held) + len(self.barred)
        return Reach(people, ways, barred, len(self.held), self.won)


def plan_of(message: Message, segment: Segment, seed: str, at: datetime) -> Plan:
    """As it would go at this moment."""
    terms = terms_of(message.market)
    people = people_of(segment, None if message.stall is None else message.stall.pk)
    house = house_of(message.market, terms)
    ways: dict[int, Channel] = {}
    barred: dict[int, Bar] = {}
    for user_id, known in known_of(people, message.stall, message.good, terms).items():
        way, bar = first_way(message, known, house, at)
        if way is not None:
            ways[user_id] = way
        elif bar is not None:
            barred[user_id] = bar
    held = held_back(ways.keys(), seed)
    told = {user_id: way for user_id, way in ways.items() if user_id not in held}
    return Plan(told, held, barred, _cost(message, Counter(told.values()), terms))


def first_way(
    message: Message, known: Known, house: House, at: datetime, tried: tuple[str, ...] = ()
) -> tuple[Channel | None, Bar | None]:
    """The cheapest way that is open to this person, or the bar of the one that came nearest."""
    nearest: Bar | None = Bar.UNREACHABLE
    for channel in message.ways:
        if channel in tried:
            continue
        bar = gate(message.letter(channel), known.person, house, at)
        if bar is None:
            return channel, None
        if bar is not Bar.UNREACHABLE:
            nearest = bar
    return None, nearest


def message_of(campaign: Campaign) -> Message:
    """What a campaign says; its stall, good and template loaded."""
    draft = Draft(Kind(campaign.kind), campaign.body, Basis(campaign.basis))
    return Message(campaign.market, campaign.stall, draft, campaign.good, campaign.template)


def example(message: Message, channel: Channel, terms: Terms) -> str:
    """The text as it will look, under an address that opens nothing."""
    return text_of(message.draft, message.sender(terms), channel, refusal_address(message.market, 0))


def refusal_address(market: Market, user_id: int) -> str:
    """Where this person says never again, without signing in."""
    return f"{outside.current().address}/{market.slug}/no-ads/{outside.seal().token(market.pk, user_id)}/"


def _cost(message: Message, ways: Mapping[Channel, int], terms: Terms) -> int:
    each = {way: terms.per_100(size_of(way, example(message, way, terms))) for way in ways}
    return total_won(count * each[way] for way, count in ways.items())
