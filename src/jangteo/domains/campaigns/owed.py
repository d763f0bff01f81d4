"""Telling one person what they are owed to know. It is no advertising, so it may always be told; at night it waits."""

from __future__ import annotations

import json
from dataclasses import dataclass

from jangteo.domains.campaigns.kinds import Basis, Channel, Kind, TemplateState
from jangteo.domains.campaigns.models import Template, Terms
from jangteo.domains.campaigns.ports import Left, Outgoing, Senders, TextsUnknown
from jangteo.domains.campaigns.prices import size_of
from jangteo.domains.campaigns.pushing import push_to_all
from jangteo.domains.campaigns.queries_people import Known, house_of
from jangteo.domains.campaigns.rules import Letter, gate
from jangteo.domains.campaigns.wording import Draft, Sender, text_of
from jangteo.domains.markets.models import Market
from jangteo.domains.people.push_port import Message
from jangteo.kernel import clock
from jangteo.kernel.outbox.deliver import Rejected, Unknown

PUSH_LIVES_S = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing to be told. `key` finds it again; `path` is the page that a tap on a push opens.

    `again`: an earlier try may have left. `template` None: it does not go as Alimtalk.
    """

    market: Market
    key: str
    body: str
    path: str
    again: bool = False
    template: Template | None = None
    lives_s: int = PUSH_LIVES_S

    @property
    def text(self) -> str:
        return text_of(Draft(Kind.NOTICE, self.body), Sender(self.market.name, "", ""), Channel.SMS, "")


@dataclass(frozen=True, slots=True)
class Handed:
    """It left, by this way and at this price in hundredths of a won."""

    channel: Channel
    cost_per_100: int


def hand_over(senders: Senders, one: Owed, known: Known, terms: Terms) -> Handed | Rejected | Unknown:
    """By the cheapest way that the gate opens: push where a browser of theirs takes it, Alimtalk, text."""
    house, moment, refused = house_of(one.market, terms), clock.now(), False
    state = TemplateState.DRAFT if one.template is None else TemplateState(one.template.state)
    ways = [
        way
        for way in (Channel.PUSH, Channel.ALIMTALK, Channel.SMS)
        if gate(Letter(Kind.NOTICE, way, Basis.NONE, state), known.person, house, moment) is None
    ]
    try:
        if one.again and (left := _left_before(senders, one, known, terms, ways)) is not None:
            return left
        for way in ways:
            if way is Channel.PUSH:
                if _pushed(one, known):
                    return Handed(way, 0)
                continue
            left = _texted(senders, one, known, terms, way)
            if left is not None:
                return left
            refused = True
    except TextsUnknown as lost:
        return Unknown(str(lost))
    return Rejected("the carrier refuses the number" if refused else "no way to this person")


def key_of(one: Owed, way: Channel) -> str:
    """The name of one try."""
    return f"{one.key}:{way}" if way is Channel.ALIMTALK else one.key


def approved_template() -> Template | None:
    """A text that Kakao has let pass for what is no coupon, in the market in scope."""
    rows = Template.objects.filter(state=TemplateState.APPROVED, basis=Basis.NONE)
    return rows.order_by("pk").first()


def _left_before(
    senders: Senders, one: Owed, known: Known, terms: Terms, ways: list[Channel]
) -> Handed | Unknown | None:
    """What an earlier try came to, None where nothing left. Raises TextsUnknown."""
    for way in (Channel.ALIMTALK, Channel.SMS):
        if way not in ways or senders.letters is None:
            continue
        left = senders.letters.find(to=known.phone, key=key_of(one, way))
        if left is Left.LEFT:
            return Handed(way, terms.per_100(size_of(way, one.text)))
        if left is Left.UNKNOWN:
            return Unknown("nobody knows whether it left")
    return None


def _texted(senders: Senders, one: Owed, known: Known, terms: Terms, way: Channel) -> Handed | Unknown | None:
    """None where the carrier refuses it for good. Raises TextsUnknown."""
    if senders.letters is None:
        return None
    outgoing = Outgoing(key_of(one, way), known.phone, one.text)
    if way is Channel.ALIMTALK and one.template is not None:
        variables = (("#{보낸이}", one.market.name), ("#{내용}", one.body), ("#{근거}", ""))
        outgoing = Outgoing(outgoing.key, known.phone, one.text, one.template.code, terms.profile, variables)
    (answer,) = senders.letters.send_many([outgoing])
    if answer.left is Left.UNKNOWN:
        return Unknown("nobody knows whether it left")
    return None if answer.left is Left.REFUSED else Handed(way, terms.per_100(size_of(way, one.text)))


def _pushed(one: Owed, known: Known) -> bool:
    facts = {"title": one.text, "body": "", "url": one.path, "refuse": "", "key": one.key}
    written = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    message = Message(text=written, key=one.key, ttl_s=one.lives_s, urgency="low")
    return push_to_all(one.market, known.pushes, message)
