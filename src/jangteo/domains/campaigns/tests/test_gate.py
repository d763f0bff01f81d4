"""The gate against a second, independent reading of the law, and at the edges of its hours."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from jangteo.domains.campaigns.kinds import Bar, Basis, Channel, Kind, Purpose, TemplateState
from jangteo.domains.campaigns.rules import House, Letter, Person, Standing, gate, is_night, next_morning, runs_out

CASES = 100_000
NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)
HOUSE = House(practice=False, cap_a_week=2)
SMS_AD, SMS_NIGHT = (Channel.SMS, Purpose.AD), (Channel.SMS, Purpose.AD_NIGHT)


def may(letter: Letter, person: Person, house: House, at: datetime) -> bool:
    """The law once more, as a list of what has to be true. Written from its text, sharing nothing with the gate."""
    seconds = (at.timestamp() + 9 * 3600) % 86_400
    night = not (8 * 3600 <= seconds < 21 * 3600)

    def holds(purpose: str) -> bool:
        word = person.said.get((letter.channel, Purpose(purpose)))
        if word is None or not word.given:
            return False
        then, here = word.since + timedelta(hours=9), at + timedelta(hours=9)
        return (here.year - then.year, here.replace(year=2000), 0) < (2, then.replace(year=2000), 0)

    if house.practice or letter.channel not in person.reached_by:
        return False
    if letter.channel == "alimtalk":
        earned = letter.kind == "notice" or (letter.kind == "granted" and letter.basis != "")
        if not earned or letter.template != "approved":
            return False
    if letter.kind == "notice":
        return True
    own = person.said.get((letter.channel, Purpose.AD))
    no_at_all = any(not word.given for (_, purpose), word in person.said.items() if purpose == "ad")
    bought = person.traded_at is not None and 0 <= (at - person.traded_at).total_seconds() < 180 * 86_400
    agreed = {
        "alimtalk": own is None or own.given,
        "sms": holds("ad") or (own is None and bought and not no_at_all),
    }.get(letter.channel, holds("ad"))
    awake = letter.channel == "email" or not night or holds("ad_night")
    seven = sum(1 for got in person.got if 0 <= (at - got).total_seconds() < 7 * 86_400)
    return agreed and awake and seven < house.cap_a_week


def case(chance: random.Random) -> tuple[Letter, Person, House, datetime]:
    at = NOON + timedelta(seconds=chance.choice((chance.randrange(86_400), 9 * 3600, 9 * 3600 - 1, 20 * 3600 - 1)))

    def back(days: int) -> datetime:
        return at - timedelta(seconds=chance.randrange(days * 86_400))

    said = {
        (channel, purpose): Standing(chance.random() < 0.8, back(900))
        for channel in Channel
        for purpose in Purpose
        if chance.random() < 0.5
    }
    person = Person(
        reached_by=frozenset(channel for channel in Channel if chance.random() < 0.8),
        said=said,
        traded_at=back(365) if chance.random() < 0.6 else None,
        got=tuple(back(14) for _ in range(chance.randrange(4))),
    )
    letter = Letter(
        chance.choice(list(Kind)), chance.choice(list(Channel)), chance.choice(list(Basis)), chance.choice(TEMPLATES)
    )
    return letter, person, House(chance.random() < 0.05, chance.randint(1, 3)), at


TEMPLATES = [*TemplateState, TemplateState.APPROVED, TemplateState.APPROVED]


@pytest.mark.slow
def test_of_a_hundred_thousand_cases_none_leaves_that_must_not_and_none_stays_that_may() -> None:
    chance = random.Random(50)
    forbidden, kept, left = [], [], 0
    for _ in range(CASES):
        asked = case(chance)
        passes, allowed = gate(*asked) is None, may(*asked)
        left += passes
        if passes and not allowed:
            forbidden.append(asked)
        if allowed and not passes:
            kept.append(asked)

    assert forbidden == []
    assert kept == []
    assert CASES // 20 < left < CASES // 2


@pytest.mark.parametrize(
    ("clock_time", "night"),
    [("20:59:59", False), ("21:00:00", True), ("07:59:59", True), ("08:00:00", False), ("00:00:00", True)],
)
def test_the_night_begins_and_ends_on_the_second(clock_time: str, night: bool) -> None:
    at = datetime.fromisoformat(f"2026-11-20T{clock_time}+09:00")
    person = Person(frozenset({Channel.SMS, Channel.EMAIL}), {SMS_AD: Standing(True, NOON)})
    mailed = Person(frozenset({Channel.EMAIL}), {(Channel.EMAIL, Purpose.AD): Standing(True, NOON)})

    assert is_night(at) is night
    assert gate(Letter(Kind.NEWS, Channel.SMS), person, HOUSE, at) == (Bar.NIGHT if night else None)
    assert gate(Letter(Kind.NEWS, Channel.EMAIL), mailed, HOUSE, at) is None
    assert gate(Letter(Kind.NOTICE, Channel.SMS), person, HOUSE, at) is None


def test_with_a_word_for_the_night_it_leaves_at_night() -> None:
    at = datetime.fromisoformat("2026-11-20T23:30:00+09:00")
    said = {SMS_AD: Standing(True, NOON), SMS_NIGHT: Standing(True, NOON)}

    assert gate(Letter(Kind.NEWS, Channel.SMS), Person(frozenset(Channel), said), HOUSE, at) is None


@pytest.mark.parametrize(("at", "morning"), [("07:59:59", 20), ("08:00:00", 21), ("21:00:00", 21)])
def test_the_morning_is_the_next_eight_oclock(at: str, morning: int) -> None:
    moment = datetime.fromisoformat(f"2026-11-20T{at}+09:00")

    assert next_morning(moment) == datetime.fromisoformat(f"2026-11-{morning}T08:00:00+09:00")


def test_a_consent_of_a_leap_day_lasts_until_the_28th() -> None:
    given = datetime.fromisoformat("2028-02-29T12:00:00+09:00")

    assert runs_out(Standing(True, given)) == datetime.fromisoformat("2030-02-28T12:00:00+09:00")


@pytest.mark.parametrize(
    ("letter", "bar"),
    [
        (Letter(Kind.NEWS, Channel.ALIMTALK, template=TemplateState.APPROVED), Bar.NO_ADS_HERE),
        (Letter(Kind.GRANTED, Channel.ALIMTALK, template=TemplateState.APPROVED), Bar.NO_BASIS),
        (Letter(Kind.GRANTED, Channel.ALIMTALK, Basis.BOUGHT, TemplateState.INSPECTING), Bar.NO_TEMPLATE),
        (Letter(Kind.GRANTED, Channel.ALIMTALK, Basis.BOUGHT, TemplateState.APPROVED), None),
    ],
)
def test_alimtalk_tells_of_what_was_earned_and_nothing_else(letter: Letter, bar: Bar | None) -> None:
    assert gate(letter, Person(frozenset({Channel.ALIMTALK})), HOUSE, NOON) == bar


@pytest.mark.parametrize(
    ("ago", "bar"),
    [
        (timedelta(days=180) - timedelta(seconds=1), None),
        (timedelta(days=180), Bar.NO_CONSENT),
        (-timedelta(seconds=1), Bar.NO_CONSENT),
    ],
)
def test_who_bought_may_be_written_to_for_six_months(ago: timedelta, bar: Bar | None) -> None:
    person = Person(frozenset({Channel.SMS}), traded_at=NOON - ago)

    assert gate(Letter(Kind.NEWS, Channel.SMS), person, HOUSE, NOON) == bar
