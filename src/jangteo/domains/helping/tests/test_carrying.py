"""Bags are carried on market days, to where the association says."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from jangteo.domains.helping.actions.call_help import call_help
from jangteo.domains.helping.actions.finish_call import finish_call
from jangteo.domains.helping.actions.set_carry_points import MOST_POINTS, set_carry_points
from jangteo.domains.helping.actions.take_call import take_call
from jangteo.domains.helping.calls import NewCall
from jangteo.domains.helping.errors import BadCall, BadPoints, NoCarrying
from jangteo.domains.helping.models import HelpCall
from jangteo.domains.helping.queries import carried_by_day, carry_points, carrying_to
from jangteo.domains.helping.tests.helpers_of import actor_of, helper
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market, unscoped
from tests.world import NOON, World

ASKED = NewCall("shop", "꽃집 앞", "carry", "key", to="주차장")


def to_places(world: World, *names: str) -> None:
    set_carry_points(market=world.market, actor=SYSTEM, names=names)


def on_fifth_days(world: World) -> Market:
    """A market of every fifth day."""
    with unscoped():
        Market.objects.filter(pk=world.market.pk).update(cycle={"digits": [0, 5], "daily": True, "on_31st": False})
        return Market.objects.get(pk=world.market.pk)


def test_bags_go_where_the_association_says(world: World) -> None:
    to_places(world, "주차장", " 버스  정류장 ", "주차장", "")
    with in_market(world.market.pk):
        assert carrying_to(world.market, clock.now()) == ["주차장", "버스 정류장"]

    call = call_help(market=world.market, actor=SYSTEM, call=ASKED)

    assert (call.what, call.place, call.to) == ("carry", "꽃집 앞", "주차장")


@pytest.mark.parametrize(
    ("what", "to", "why"), [("carry", "공항", NoCarrying), ("carry", "", BadCall), ("orders", "주차장", BadCall)]
)
def test_what_nobody_carries_is_refused(world: World, what: str, to: str, why: type[Exception]) -> None:
    to_places(world, "주차장")

    with pytest.raises(why):
        call_help(market=world.market, actor=SYSTEM, call=replace(ASKED, what=what, to=to))
    with in_market(world.market.pk):
        assert HelpCall.objects.count() == 0


def test_only_market_days_have_hands_for_it(world: World) -> None:
    """The 20th is a market day of a market of fives, the 21st is not."""
    to_places(world, "주차장")
    market = on_fifth_days(world)

    with clock.at(NOON):
        call_help(market=market, actor=SYSTEM, call=ASKED)
    with clock.at(NOON + timedelta(days=1)), pytest.raises(NoCarrying):
        call_help(market=market, actor=SYSTEM, call=replace(ASKED, key="other"))


def test_what_was_carried_is_counted_by_day(world: World) -> None:
    to_places(world, "주차장")
    device = helper(world, "김하나")
    for day, many in ((0, 2), (1, 1)):
        with clock.at(NOON + timedelta(days=day)):
            for _ in range(many):
                asked = replace(ASKED, key=str(uuid.uuid4()), place=f"{uuid.uuid4()}")
                call = call_help(market=world.market, actor=SYSTEM, call=asked)
                for deed in (take_call, finish_call):
                    deed(market=world.market, actor=actor_of(device), call_id=call.pk, helper_id=device.pk)
            call_help(market=world.market, actor=SYSTEM, call=replace(ASKED, key=str(uuid.uuid4())))

    with in_market(world.market.pk):
        days = [(day.day, many) for day, many in carried_by_day(NOON - timedelta(days=9))]
    assert days == [(21, 1), (20, 2)]


def test_a_list_that_is_too_long_changes_nothing(world: World) -> None:
    to_places(world, "주차장")

    for names in ([f"{n}번" for n in range(MOST_POINTS + 1)], ["가" * 31]):
        with pytest.raises(BadPoints):
            to_places(world, *names)
    with in_market(world.market.pk):
        assert [point.name for point in carry_points()] == ["주차장"]
