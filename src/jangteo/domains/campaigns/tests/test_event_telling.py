"""What people who signed up are told: once, by day, while it is true, and never in a market to practise in."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from jangteo.domains.campaigns.effects import CampaignEffects
from jangteo.domains.campaigns.event_telling import tell_due
from jangteo.domains.campaigns.models import Dispatch
from jangteo.domains.campaigns.tests.stage import Post, post
from jangteo.domains.events.actions.cancel_sign_up import cancel_sign_up
from jangteo.domains.events.actions.forget_sign_ups import forget_sign_ups
from jangteo.domains.events.actions.show_event import show_event
from jangteo.domains.events.actions.write_event import write_event
from jangteo.domains.events.jobs import remind_of_events
from jangteo.domains.events.models import Event, SignUpNotice
from jangteo.domains.events.queries import not_reached
from jangteo.domains.events.tests.gatherings import comes, event, told
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Unknown
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

OFF, ON = Event.State.CALLED_OFF, Event.State.SHOWN
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def texts() -> Iterator[Post]:
    with clock.at(NOON), post() as opened:
        yield opened


def minutes_pass(texts: Post, at: datetime) -> list[str]:
    """The worker's round at a moment; every text that has left until then, the oldest first."""
    with clock.at(at):
        remind_of_events()
        tell_due()
        for row in OutboxRow.objects.filter(topic="event.tell", status="queued").order_by("pk"):
            row.attempts += 1
            with in_market(row.market_id):
                ending = CampaignEffects(texts.senders).tell_of_event(row)
            row.status = "queued" if isinstance(ending, Unknown) else "finished"
            row.save()
    return [text.draft.text for text in reversed(texts.simulator.texts.newest_first())]


def turn(world: World, found: Event, state: Event.State, at: datetime) -> None:
    with clock.at(at):
        show_event(market=world.market, actor=SYSTEM, event_id=found.pk, state=state)


def test_people_are_reminded_once_on_the_day_before(world: World, texts: Post) -> None:
    found = event(world, starts_at=NOON + 3 * DAY, ends_at=NOON + 3 * DAY + HOUR)
    comes(world, found)
    comes(world, found)
    comes(world, found)  # waits, and is reminded of nothing
    day_before = NOON + 2 * DAY
    with clock.at(day_before):
        comes(world, event(world, title="오늘 신청한 교실", starts_at=NOON + 3 * DAY, ends_at=NOON + 4 * DAY))

    assert minutes_pass(texts, day_before - 3 * HOUR) == []  # nine in the morning
    sent = minutes_pass(texts, day_before - 2 * HOUR)
    assert sent == ["[장터시장] 내일이에요. 11월 23일 오후 12시 김장 교실. 못 오시면 미리 알려 주세요."] * 2
    assert len(minutes_pass(texts, day_before)) == 2


def test_an_event_that_is_called_off_is_told_in_the_morning(world: World, texts: Post) -> None:
    found = event(world, starts_at=NOON + 3 * DAY, ends_at=NOON + 3 * DAY + HOUR)
    comes(world, found)
    evening = NOON + 9 * HOUR
    turn(world, found, OFF, evening)
    assert minutes_pass(texts, evening + HOUR) == []
    assert minutes_pass(texts, NOON + 20 * HOUR - timedelta(seconds=1)) == []
    sent = minutes_pass(texts, NOON + 20 * HOUR)
    assert sent == ["[장터시장] 11월 23일 오후 12시 김장 교실, 취소됐어요. 헛걸음하지 마세요."]

    turn(world, found, ON, NOON + 21 * HOUR)
    assert minutes_pass(texts, NOON + 22 * HOUR)[1:] == [
        "[장터시장] 취소됐던 김장 교실, 다시 열어요. 11월 23일 오후 12시 고객지원센터 2층"
    ]
    with in_market(world.market.pk):
        kept = Dispatch.objects.filter(user=None).values_list("kind", "channel", "cost_per_100")
        assert list(kept) == [("notice", "sms", 1_320)] * 2


def test_a_slip_that_is_undone_at_once_is_told_to_nobody(world: World, texts: Post) -> None:
    found = event(world)
    comes(world, found)
    turn(world, found, OFF, NOON)
    turn(world, found, ON, NOON + timedelta(minutes=4))

    assert minutes_pass(texts, NOON + HOUR) == []


def test_several_changes_are_told_as_one_and_words_alone_are_not(world: World, texts: Post) -> None:
    found = event(world, starts_at=NOON + 3 * DAY, ends_at=NOON + 3 * DAY + HOUR)
    comes(world, found)
    times = {"starts_at": NOON + 3 * DAY, "ends_at": NOON + 3 * DAY + HOUR}
    for changes in ({**times, "body": "장갑도요"}, {**times, "place": "정문"}, {**times, "place": "후문 앞"}):
        write_event(market=world.market, actor=SYSTEM, told=told(**changes), event_id=found.pk)

    assert minutes_pass(texts, NOON + HOUR) == [
        "[장터시장] 김장 교실, 때나 곳이 바뀌었어요. 11월 23일 오후 12시 후문 앞"
    ]


def test_who_moves_up_hears_of_it_and_who_left_hears_nothing(world: World, texts: Post) -> None:
    found = event(world, places=1)
    first, second = comes(world, found), comes(world, found)
    cancel_sign_up(market=world.market, actor=SYSTEM, sign_up_id=first.pk)
    turn(world, found, OFF, NOON + timedelta(minutes=1))
    turn(world, found, ON, NOON + timedelta(minutes=2))

    assert minutes_pass(texts, NOON + timedelta(minutes=2)) == [
        "[장터시장] 자리가 났어요. 11월 21일 오후 12시 김장 교실, 이제 오시면 돼요."
    ]
    assert texts.to() == [second.phone]


def test_the_same_notice_is_sent_once_though_its_answer_was_lost(world: World, texts: Post) -> None:
    found = event(world, places=1)
    first, _second = comes(world, found), comes(world, found)
    cancel_sign_up(market=world.market, actor=SYSTEM, sign_up_id=first.pk)
    texts.simulator.dial.next_up("send_many", "server_error_after_commit")

    assert len(minutes_pass(texts, NOON)) == 1
    assert len(minutes_pass(texts, NOON + HOUR)) == 1
    with in_market(world.market.pk):
        assert SignUpNotice.objects.get().state == "told"
        assert Dispatch.objects.count() == 1


def test_whoever_cannot_be_reached_is_shown_to_the_office(world: World, texts: Post) -> None:
    found = event(world)
    row = comes(world, found)
    turn(world, found, OFF, NOON)
    texts.simulator.texts.blocked = {row.phone}

    minutes_pass(texts, NOON + HOUR)
    assert [text.status_code for text in texts.simulator.texts.newest_first()] == ["1060"]
    with in_market(world.market.pk):
        assert not_reached(found.pk) == {row.pk: "called_off"}
        assert Dispatch.objects.count() == 0


def test_whoever_is_forgotten_meanwhile_is_told_nothing(world: World, texts: Post) -> None:
    found = event(world)
    row = comes(world, found)
    turn(world, found, OFF, NOON)
    forget_sign_ups(market=world.market, actor=SYSTEM, before=NOON + 30 * DAY)

    assert minutes_pass(texts, NOON + HOUR) == []
    with in_market(world.market.pk):
        assert SignUpNotice.objects.get(sign_up=row).state == "dropped"


def test_nothing_is_owed_where_people_practise(world: World, texts: Post) -> None:
    play = copy(world.market)
    play.pk, play.code, play.slug, play.practice_of = -1, "play", "play", world.market
    play.save(force_insert=True)
    there = replace(world, market=play)
    found = event(there)
    comes(there, found)
    turn(there, found, OFF, NOON)

    assert minutes_pass(texts, NOON + HOUR) == []
    assert SignUpNotice._base_manager.count() == OutboxRow.objects.filter(topic="event.tell").count() == 0
