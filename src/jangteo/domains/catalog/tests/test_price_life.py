from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.catalog.actions.end_prices import end_prices
from jangteo.domains.catalog.actions.keep_prices import keep_prices
from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_price_life import set_price_life
from jangteo.domains.catalog.models import Good, PriceChange
from jangteo.domains.catalog.price_list import rows_of
from jangteo.domains.catalog.queries import best_now, good_by_id, kinds_with_goods, next_price_end, search_goods
from jangteo.domains.catalog.rules import closing_after
from jangteo.domains.ordering.errors import GoodGone, PriceAsked
from jangteo.domains.stock.queries import goods_with_left
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow, LiveEvent
from jangteo.kernel.tenancy import in_market, in_stall
from tests.world import NOON, World, order

# The world's market closes at half past eleven at night, by the Korean clock.
CLOSING = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
TODAY, ASKED, STANDING = Good.PriceLife.TODAY, Good.PriceLife.ASKED, Good.PriceLife.STANDING


def live_as(world: World, good: Good, life: Good.PriceLife) -> Good:
    return set_price_life(market=world.market, actor=SYSTEM, good_id=good.pk, life=life)


def is_shown(world: World, good: Good) -> bool:
    """Whether every way that shoppers' screens read goods agrees that it is there."""
    with in_market(world.market.pk):
        answers = {
            good_by_id(good.pk) is not None,
            good.pk in rows_of([good.pk]),
            good.pk in goods_with_left([good.pk]),
            good.pk in {found.pk for found in search_goods(good.name).goods},
        }
    (answer,) = answers
    return answer


@given(
    moment=st.integers(0, 730 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    closes_at=st.times(min_value=time(1), max_value=time(23, 59)),
)
def test_the_next_closing_is_less_than_a_day_ahead(moment: datetime, closes_at: time) -> None:
    closing = closing_after(moment, closes_at)

    assert timedelta(0) < closing - moment <= timedelta(days=1)
    assert closing.astimezone(clock.KST).time() == closes_at


def test_a_price_of_today_holds_until_the_market_closes(world: World) -> None:
    with clock.at(NOON):
        assert live_as(world, world.mackerel, TODAY).price_until == CLOSING
    with clock.at(CLOSING - timedelta(seconds=1)):
        assert is_shown(world, world.mackerel)
    with clock.at(CLOSING):
        assert not is_shown(world, world.mackerel)
        assert is_shown(world, world.cabbage)


def test_what_has_ended_is_nowhere_in_the_lists(world: World) -> None:
    with clock.at(NOON):
        live_as(world, world.tofu, TODAY)
    with in_market(world.market.pk):
        with clock.at(NOON):
            before = {kind.key for kind in kinds_with_goods()}, {good.pk for good in best_now(9)}
        with clock.at(MORNING):
            after = {kind.key for kind in kinds_with_goods()}, {good.pk for good in best_now(9)}

    assert before[0] - after[0] == {"tofu"}
    assert before[1] - after[1] == {world.tofu.pk}


def test_what_has_ended_cannot_be_ordered(world: World) -> None:
    with clock.at(NOON):
        live_as(world, world.mackerel, TODAY)
    with clock.at(MORNING), pytest.raises(GoodGone):
        order(world, (world.mackerel, 1))


def test_a_price_that_is_asked_is_seen_and_not_ordered(world: World) -> None:
    live_as(world, world.mackerel, ASKED)

    assert is_shown(world, world.mackerel)
    with pytest.raises(PriceAsked) as no:
        order(world, (world.mackerel, 1))
    assert no.value.facts == {"name": "고등어", "good_id": world.mackerel.pk}


def test_as_yesterday_holds_for_another_day_and_can_be_taken_back(world: World) -> None:
    ids = [world.mackerel.pk, world.hairtail.pk, world.cabbage.pk]
    with clock.at(NOON):
        live_as(world, world.mackerel, TODAY)
        live_as(world, world.hairtail, TODAY)
    with clock.at(MORNING):
        kept = keep_prices(market=world.market, actor=SYSTEM, good_ids=ids)
        again = keep_prices(market=world.market, actor=SYSTEM, good_ids=ids)
        assert [good.pk for good in kept] == [world.mackerel.pk, world.hairtail.pk]
        assert {good.price_until for good in kept} == {CLOSING + timedelta(days=1)}
        assert again == []
        assert is_shown(world, world.mackerel)

        end_prices(market=world.market, actor=SYSTEM, good_ids=ids)

        assert not is_shown(world, world.mackerel)
        assert is_shown(world, world.cabbage)


def test_a_new_price_in_the_morning_is_one_of_today(world: World) -> None:
    with clock.at(NOON):
        live_as(world, world.mackerel, TODAY)
    with clock.at(MORNING):
        good = set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=9000)

        assert (good.price_life, good.price_until) == (TODAY, CLOSING + timedelta(days=1))
        assert is_shown(world, good)


def test_the_same_price_answers_the_morning_too(world: World) -> None:
    with clock.at(NOON):
        live_as(world, world.mackerel, TODAY)
    with clock.at(MORNING):
        set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=8000)

        assert is_shown(world, world.mackerel)


def test_a_price_named_for_what_was_asked_is_one_of_today(world: World) -> None:
    with clock.at(NOON):
        live_as(world, world.mackerel, ASKED)
        good = set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=8000)

    assert (good.price_life, good.price_until) == (TODAY, CLOSING)


def test_a_standing_price_stays_standing_when_it_changes(world: World) -> None:
    good = set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=9000)

    assert (good.price_life, good.price_until) == (STANDING, None)


def test_lasting_screens_know_when_to_look_again(world: World) -> None:
    with clock.at(NOON):
        with in_market(world.market.pk):
            assert next_price_end() is None
        live_as(world, world.mackerel, TODAY)
        with in_market(world.market.pk):
            assert next_price_end() == CLOSING
    with clock.at(CLOSING), in_market(world.market.pk):
        assert next_price_end() is None


def test_another_stalls_prices_stay_as_they_are(world: World) -> None:
    with clock.at(NOON):
        live_as(world, world.mackerel, TODAY)
    with clock.at(MORNING), in_stall(world.market.pk, world.stranger.pk):
        assert keep_prices(market=world.market, actor=SYSTEM, good_ids=[world.mackerel.pk]) == []
        with pytest.raises(Good.DoesNotExist):
            live_as(world, world.mackerel, ASKED)


def test_every_change_is_told_and_written_down(world: World) -> None:
    before = LiveEvent.objects.order_by("pk").last()
    assert before is not None
    with clock.at(NOON):
        live_as(world, world.mackerel, TODAY)
        live_as(world, world.mackerel, TODAY)
    with clock.at(MORNING):
        keep_prices(market=world.market, actor=SYSTEM, good_ids=[world.mackerel.pk])
        end_prices(market=world.market, actor=SYSTEM, good_ids=[world.mackerel.pk])

    subject = f"good:{world.mackerel.pk}"
    codes = (
        AuditRow.objects.filter(subject=subject, code__startswith="good.").order_by("pk").values_list("code", flat=True)
    )
    assert list(codes) == ["good.put_up", "good.price_life", "good.price_kept", "good.price_ended"]
    for channel in (f"market:{world.market.pk}", subject):
        told = LiveEvent.objects.filter(channel=channel, kind="good", payload__good=world.mackerel.pk)
        assert told.filter(pk__gt=before.pk).count() == 3
    with in_market(world.market.pk):
        assert PriceChange.objects.filter(good=world.mackerel).count() == 1
