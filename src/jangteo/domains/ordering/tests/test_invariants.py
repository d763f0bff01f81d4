"""Orders and the book are set apart behind the program's back, and exactly the right invariant says so."""

from __future__ import annotations

import pytest

from jangteo.domains.ledger.actions.post_entry import NewEntry
from jangteo.domains.ledger.models import Entry
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.breaking import broken, by_hand, one_more_refund, over, post
from tests.world import World, order

pytestmark = pytest.mark.usefixtures("takes_card")


def last_part(world: World) -> StallPart:
    with in_market(world.market.pk):
        part = StallPart.objects.order_by("-pk").first()
    assert part is not None
    return part


def test_an_order_that_is_over_and_still_has_money_is_found(world: World) -> None:
    placed = over(world)
    account = f"order:{placed.ref}"

    post(world, NewEntry("left", "correction", account, {"goodwill:test": 5, account: -5}))

    assert broken() == {"I7": [account]}


def test_an_order_that_is_over_and_owes_money_is_found(world: World) -> None:
    placed = over(world)
    account = f"order:{placed.ref}"

    post(world, NewEntry("lent", "correction", account, {"goodwill:test": -5, account: 5}))

    assert broken() == {"I7": [account]}


def test_money_on_its_way_back_is_allowed_to_be_there_and_no_won_more(world: World) -> None:
    placed = over(world)
    account = f"order:{placed.ref}"
    by_hand(one_more_refund(5))
    post(world, NewEntry("left", "correction", account, {"goodwill:test": 5, account: -5}))
    assert broken() == {}

    post(world, NewEntry("more", "correction", account, {"goodwill:test": 1, account: -1}))

    assert broken() == {"I7": [account]}


def test_a_stall_that_got_another_amount_than_its_goods_are_worth_is_found(world: World) -> None:
    over(world)

    by_hand("UPDATE ordering_line SET price_won = price_won + 1 WHERE name = '손두부'")

    assert broken() == {"I9": [f"part:{last_part(world).pk}"]}


def test_a_stall_that_got_money_before_it_handed_anything_over_is_found(world: World) -> None:
    over(world)
    part = last_part(world)

    by_hand("UPDATE ordering_stallpart SET state = 'ready' WHERE state = 'handed_over'")

    assert broken() == {"I9": [f"part:{part.pk}"]}


def test_what_a_stall_is_owed_changes_by_nothing_but_trade(world: World) -> None:
    over(world)

    post(world, NewEntry("odd", "gift", "test", {"goodwill:test": 5, f"stall:{world.fish.pk}:payable": -5}))

    with in_market(world.market.pk):
        assert broken() == {"I9": [f"entry:{Entry.objects.get(key='odd').pk}"]}


@pytest.mark.parametrize(("grams", "cap"), [(411, False), (397, False), (900, True)])
def test_what_a_scale_says_is_worked_out_again(world: World, grams: int, cap: bool) -> None:
    order(world, (world.hairtail, 1), (world.mackerel, 1))
    part = last_part(world)
    with in_market(world.market.pk):
        line = Line.objects.get(good=world.hairtail)
    accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    weigh_line(market=world.market, actor=SYSTEM, line_id=line.pk, grams=grams, cap=cap)
    ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    hand_over_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    assert broken() == {}

    by_hand("UPDATE ordering_line SET final_grams = 350, capped = false WHERE final_grams IS NOT NULL")

    assert broken() == {"I9": [f"part:{part.pk}"]}
