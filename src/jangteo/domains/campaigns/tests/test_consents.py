"""What people say about advertising, what they are told about it, and refusals by the thousand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from jangteo.domains.campaigns.actions.refuse_by_numbers import refuse_by_numbers
from jangteo.domains.campaigns.actions.remind_of_consents import remind_of_consents
from jangteo.domains.campaigns.actions.say_consent import Word, say_consent
from jangteo.domains.campaigns.effects import CampaignEffects
from jangteo.domains.campaigns.kinds import Channel, Move, Purpose
from jangteo.domains.campaigns.models import Consent, Dispatch, Notice
from jangteo.domains.campaigns.queries import consents_of
from jangteo.domains.campaigns.tests.stage import SMS_AD, Post, agrees, bought, phone_of, post, refuses
from jangteo.domains.people.models import User
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, Unknown
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, make_world

SMS_NIGHT = (Channel.SMS, Purpose.AD_NIGHT)
PEOPLE, THREADS = 1_000, 8


@pytest.fixture
def texts() -> Iterator[Post]:
    with clock.at(NOON), post() as opened:
        yield opened


def given(world: World, user: User) -> set[tuple[Channel, Purpose]]:
    with in_market(world.market.pk):
        return {one for one, standing in consents_of(user.pk).items() if standing.given}


def tell_all(world: World, texts: Post) -> list[Ending]:
    effects = CampaignEffects(texts.senders)
    rows = OutboxRow.objects.filter(topic="campaign.tell").order_by("pk")
    with in_market(world.market.pk):
        return [effects.tell(row) for row in rows]


def test_the_last_word_holds_and_a_no_is_a_no_for_the_night_as_well(world: World, texts: Post) -> None:
    user = bought(world, world.fish, 1)
    agrees(world, user, SMS_AD, SMS_NIGHT)
    assert given(world, user) == {SMS_AD, SMS_NIGHT}

    refuses(world, user)
    assert given(world, user) == set()
    refuses(world, user)
    agrees(world, user)

    assert given(world, user) == {SMS_AD}
    with in_market(world.market.pk):
        moves = list(Consent.objects.order_by("pk").values_list("move", "channel", "purpose", "place"))
    assert moves == [
        ("given", "sms", "ad", "shop"),
        ("given", "sms", "ad_night", "shop"),
        ("withdrawn", "sms", "ad", "link"),
        ("withdrawn", "sms", "ad_night", "link"),
        ("given", "sms", "ad", "shop"),
    ]


def test_yes_and_no_are_told_within_fourteen_days_and_nobody_is_woken_for_it(world: World, texts: Post) -> None:
    user = bought(world, world.fish, 1)
    agrees(world, user)
    with clock.at(datetime.fromisoformat("2026-11-20T23:00:00+09:00")):
        assert [type(end) for end in tell_all(world, texts)] == [Unknown]
    refuses(world, user)

    assert tell_all(world, texts) == [Done(), Done()]
    assert tell_all(world, texts) == [Done(), Done()]

    assert [text.draft.text for text in reversed(texts.simulator.accepted())] == [
        "[장터시장] 2026년 11월 20일 광고 소식 받기에 동의하신 것을 잘 받았어요. 언제든 그만 받을 수 있어요.",
        "[장터시장] 2026년 11월 20일 광고 소식 그만 받기를 잘 받았어요. 이제 보내지 않아요.",
    ]
    with in_market(world.market.pk):
        assert {notice.due_at - notice.made_at for notice in Notice.objects.all()} == {timedelta(days=14)}
        assert Dispatch.objects.filter(kind="notice").count() == 2


def test_a_reminder_makes_a_consent_good_for_two_more_years(world: World, texts: Post) -> None:
    held, gone, young = (bought(world, world.fish, number) for number in range(3))
    for user, days in ((held, 710), (gone, 710), (young, 600)):
        agrees(world, user, at=NOON - timedelta(days=days))
    tell_all(world, texts)

    assert [remind_of_consents(market=world.market, actor=SYSTEM) for _ in range(2)] == [2, 0]
    refuses(world, gone)
    assert set(map(type, tell_all(world, texts))) == {Done}

    with in_market(world.market.pk):
        assert consents_of(held.pk)[SMS_AD].since == NOON
        assert not consents_of(gone.pk)[SMS_AD].given
        assert list(Consent.objects.filter(move=Move.CONFIRMED).values_list("user_id", flat=True)) == [held.pk]


def test_a_number_refuses_before_anybody_knows_it(world: World, texts: Post) -> None:
    numbers = [phone_of(number) for number in (1, 2, 2)]

    assert refuse_by_numbers(market=world.market, actor=SYSTEM, numbers=numbers, place="phone") == 2
    user = bought(world, world.fish, 1)

    with in_market(world.market.pk):
        said = consents_of(user.pk)
        assert {one for one, standing in said.items() if not standing.given} == {
            (channel, purpose) for channel in (Channel.SMS, Channel.ALIMTALK) for purpose in Purpose
        }
        assert Notice.objects.count() == 2


def test_of_a_thousand_refusals_at_once_none_is_lost(committed_db: str) -> None:
    world = make_world()
    User.objects.bulk_create([User(phone=phone_of(number), joined_at=NOON) for number in range(PEOPLE)])
    users = list(User.objects.filter(phone__in=[phone_of(number) for number in range(PEOPLE)]).order_by("pk"))
    start = threading.Barrier(THREADS)

    def refuse(place: int) -> None:
        start.wait()
        for user in users[place::THREADS]:
            say_consent(market=world.market, actor=SYSTEM, user_id=user.pk, word=Word(Move.WITHDRAWN, [SMS_AD], "link"))
        connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(refuse, range(THREADS)))

    with in_market(world.market.pk):
        refused = Consent.objects.filter(move=Move.WITHDRAWN, channel="sms", purpose="ad", place="link")
        assert refused.values("user_id").distinct().count() == PEOPLE
        assert Notice.objects.count() == PEOPLE
        assert OutboxRow.objects.filter(topic="campaign.tell").count() == PEOPLE
