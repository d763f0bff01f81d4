from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from jangteo.domains.regulars import rules
from jangteo.domains.regulars.actions.note_look import Seen, note_look
from jangteo.domains.regulars.actions.review_looks import review_looks
from jangteo.domains.regulars.errors import MonthNotOver, ReasonMissing
from jangteo.domains.regulars.jobs import keep_to_time_limits
from jangteo.domains.regulars.models import Look, LookReview
from jangteo.domains.regulars.queries_privacy import is_unmasked, month_of_looks, unreviewed_month
from jangteo.domains.regulars.rules import RULES, looks_rule, months_later
from jangteo.kernel import clock
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

DESK = Actor(ActorKind.STAFF, "device:1")


def look(world: World, *, reason: str = "", asks: bool = False, actor: Actor = DESK) -> None:
    seen = Seen("order", "order:7", reason=reason, asks_reason=asks)
    note_look(market=world.market, actor=actor, seen=seen, from_address="203.0.113.7")


def looks(world: World) -> int:
    with in_market(world.market.pk):
        return Look.objects.count()


def test_a_page_that_is_opened_again_is_one_row_an_hour_and_a_reason_always_one(world: World) -> None:
    with clock.at(NOON):
        for _again in range(3):
            look(world)
        look(world, actor=Actor(ActorKind.STAFF, "device:2"))
        assert looks(world) == 2
        look(world, reason="손님께 전화하려고", asks=True)
        look(world, reason="손님께 전화하려고", asks=True)
        assert looks(world) == 4
    with clock.at(NOON + timedelta(hours=1)):
        look(world)
    assert looks(world) == 5


@pytest.mark.parametrize("reason", ["", " ", ".", "ㄱ", "가" * 101])
def test_what_is_masked_is_not_shown_without_a_reason(world: World, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        look(world, reason=reason, asks=True)
    assert looks(world) == 0


def test_it_is_masked_again_after_ten_minutes_and_for_everybody_else_at_once(world: World) -> None:
    with clock.at(NOON):
        look(world, reason="배달하려고", asks=True)
    with in_market(world.market.pk):
        with clock.at(NOON + timedelta(minutes=10)):
            assert is_unmasked("device:1", "order:7")
            assert not is_unmasked("device:2", "order:7")
            assert not is_unmasked("device:1", "order:8")
        with clock.at(NOON + timedelta(minutes=10, seconds=1)):
            assert not is_unmasked("device:1", "order:7")


def test_the_database_lets_nobody_change_or_shorten_the_record(world: World) -> None:
    look(world)
    with clock.at(clock.now() - timedelta(days=360)):
        look(world, reason="오래전에", asks=True)
    with in_market(world.market.pk):
        changes = (
            lambda: Look.objects.update(reason="고쳤다"),
            lambda: Look.objects.filter(at__gt=clock.now() - timedelta(days=364)).delete(),
        )
        for change in changes:
            with pytest.raises(IntegrityError), transaction.atomic():
                change()


@pytest.mark.parametrize(("days", "left"), [(365, 1), (366, 0)])
def test_records_go_a_year_and_a_day_later(world: World, days: int, left: int) -> None:
    with clock.at(clock.now() - timedelta(days=days)):
        look(world)
    keep_to_time_limits()
    assert looks(world) == left


def test_where_many_people_are_known_two_years() -> None:
    assert looks_rule(49_999).years == 1
    assert looks_rule(50_000).years == 2


def test_a_month_is_reviewed_once_when_it_is_over(world: World) -> None:
    october = date(2026, 10, 1)
    with clock.at(NOON - timedelta(days=30)):
        look(world)
        with pytest.raises(MonthNotOver):
            review_looks(market=world.market, actor=DESK, month=october, note="")
    with clock.at(NOON), in_market(world.market.pk):
        assert unreviewed_month() == october
    with clock.at(NOON):
        first = review_looks(market=world.market, actor=DESK, month=october, note="이상 없음")
        again = review_looks(market=world.market, actor=DESK, month=october, note="다시")
    assert first == again
    with clock.at(NOON), in_market(world.market.pk):
        assert unreviewed_month() is None
        assert month_of_looks(october).looks == 1
        assert LookReview.objects.get().note == "이상 없음"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 20), 3, date(2027, 2, 20)),
        (date(2026, 11, 30), 3, date(2027, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
    ],
)
def test_months_never_come_out_shorter(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_first_day_that_is_kept_is_the_first_whose_time_is_not_over(rule: rules.Retention) -> None:
    today = date(2028, 3, 1)
    while today < date(2028, 3, 4):
        first = rule.first_kept(today)
        assert rule.last_day(first) >= today > rule.last_day(first - timedelta(days=1))
        today += timedelta(days=1)
