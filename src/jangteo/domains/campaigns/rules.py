"""The gate: whether one message may go to one person now. Asked again at the moment of sending, not only when planned.

정보통신망법 제50조 and its decree: consent beforehand, another one for 21:00 to 08:00 (not for e-mail), told again
every two years, and an exception of six months for those who bought. Alimtalk: Kakao's terms as of April 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from jangteo.domains.campaigns.kinds import Bar, Basis, Channel, Kind, Purpose, TemplateState
from jangteo.kernel.clock import KST

NIGHT_FROM, NIGHT_TO = time(21), time(8)
CONSENT_YEARS = 2
TRADE_DAYS = 180  # six months at their shortest
CAP_WINDOW = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person last said about a channel and a purpose. `since`: when it was given or they were reminded of it."""

    given: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """What the gate knows of somebody.

    `traded_at` is when they last bought goods of the same kind from the same stall; `got` are the moments of all
    advertising that reached them out of the whole market.
    """

    reached_by: frozenset[Channel]
    said: Mapping[tuple[Channel, Purpose], Standing] = field(default_factory=dict)
    traded_at: datetime | None = None
    got: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """What is about to leave."""

    kind: Kind
    channel: Channel
    basis: Basis = Basis.NONE
    template: TemplateState = TemplateState.DRAFT


@dataclass(frozen=True, slots=True)
class House:
    """The market's side: whether it is one that people practise in, and how many a week one person gets at most."""

    practice: bool
    cap_a_week: int


def gate(letter: Letter, person: Person, house: House, at: datetime) -> Bar | None:
    """Why it must not leave at this moment; None if it may."""
    if house.practice:
        return Bar.PRACTICE
    if letter.channel not in person.reached_by:
        return Bar.UNREACHABLE
    if letter.channel is Channel.ALIMTALK and (bar := _kakaos(letter)) is not None:
        return bar
    if letter.kind is Kind.NOTICE:
        return None
    return _agreed(letter, person, at) or _hour(letter, person, at) or _often(person, house, at)


def is_night(at: datetime) -> bool:
    """Nine in the evening to eight in the morning in Korea; the first second of it counts, the last one is its end."""
    clock_time = at.astimezone(KST).time()
    return clock_time >= NIGHT_FROM or clock_time < NIGHT_TO


def next_morning(at: datetime) -> datetime:
    """The next eight o'clock in Korea, in UTC of `at`'s night or day."""
    here = at.astimezone(KST)
    morning = here.replace(hour=NIGHT_TO.hour, minute=0, second=0, microsecond=0)
    return (morning if here < morning else morning + timedelta(days=1)).astimezone(at.tzinfo)


def runs_out(standing: Standing) -> datetime:
    """When a consent that nobody is reminded of may be used no more."""
    since = standing.since.astimezone(KST)
    try:
        end = since.replace(year=since.year + CONSENT_YEARS)
    except ValueError:  # the 29th of February
        end = since.replace(year=since.year + CONSENT_YEARS, day=28)
    return end.astimezone(standing.since.tzinfo)


def _kakaos(letter: Letter) -> Bar | None:
    """Alimtalk is no advertising: an approved template, and for coupons the deed of the person that earned them."""
    if letter.kind is Kind.NEWS:
        return Bar.NO_ADS_HERE
    if letter.template is not TemplateState.APPROVED:
        return Bar.NO_TEMPLATE
    if letter.kind is Kind.GRANTED and letter.basis is Basis.NONE:
        return Bar.NO_BASIS
    return None


def _agreed(letter: Letter, person: Person, at: datetime) -> Bar | None:
    standing = person.said.get((letter.channel, Purpose.AD))
    if standing is not None and not standing.given:
        return Bar.WITHDRAWN
    if letter.channel is Channel.ALIMTALK:
        return None
    if standing is not None:
        return None if at < runs_out(standing) else Bar.TOO_OLD
    return None if _has_traded(letter.channel, person, at) else Bar.NO_CONSENT


def _has_traded(channel: Channel, person: Person, at: datetime) -> bool:
    """Whoever bought has left a number, no more; and who has refused anything is not written to by an exception."""
    if channel is not Channel.SMS or person.traded_at is None:
        return False
    refused = any(not standing.given for (_, purpose), standing in person.said.items() if purpose is Purpose.AD)
    return not refused and timedelta() <= at - person.traded_at < timedelta(days=TRADE_DAYS)


def _hour(letter: Letter, person: Person, at: datetime) -> Bar | None:
    if letter.channel is Channel.EMAIL or not is_night(at):
        return None
    night = person.said.get((letter.channel, Purpose.AD_NIGHT))
    return None if night is not None and night.given and at < runs_out(night) else Bar.NIGHT


def _often(person: Person, house: House, at: datetime) -> Bar | None:
    lately = sum(at - CAP_WINDOW < moment <= at for moment in person.got)
    return Bar.TOO_MANY if lately >= house.cap_a_week else None
