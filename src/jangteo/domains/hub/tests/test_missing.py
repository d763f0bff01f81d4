"""What a stall turned out not to have: paid back, or another good, and never a won more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.models import Good
from jangteo.domains.hub.actions.answer_missing import answer_missing
from jangteo.domains.hub.actions.hand_out import hand_out
from jangteo.domains.hub.actions.note_missing import note_missing
from jangteo.domains.hub.actions.receive_part import receive_part
from jangteo.domains.hub.errors import AskFirst, NotToSwap, SettledBefore
from jangteo.domains.hub.models import Missing, Outcome
from jangteo.domains.hub.queries import missing_by_id, stand_ins, unanswered
from jangteo.domains.ledger.queries import balances_won
from jangteo.domains.ordering.errors import MoveNotAllowed
from jangteo.domains.ordering.models import Line
from jangteo.domains.ordering.queries import order_by_token
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.models import Giveback
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.domains.stock.models import StockItem
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from jangteo.project.invariants import all_breaches
from tests.brought import bring, order_row, wants_home
from tests.gathering import gathers, goods_parts, lines_of, parcel, receive, to_be_brought, to_be_fetched
from tests.world import NOON, World, delivers, make_world

pytestmark = pytest.mark.usefixtures("takes_card")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    delivers(world)
    gathers(world)
    return world


def saury(world: World, price_won: int, **changed: Any) -> Good:
    new = NewGood(
        stall_id=world.fish.pk,
        kind_id=world.mackerel.kind_id,
        name="꽁치",
        unit="1손",
        origin="국산",
        price_won=price_won,
        tax="exempt",
        picture="fish",
    )
    return put_up_good(market=world.market, actor=SYSTEM, new=replace(new, **changed))


def fish_line(world: World, placed: PlacedOrder) -> Line:
    part = next(part for part in goods_parts(world, placed) if part.stall_id == world.fish.pk)
    return lines_of(world, part)[0]


def gone(world: World, placed: PlacedOrder) -> Missing:
    return note_missing(market=world.market, actor=SYSTEM, line_id=fish_line(world, placed).pk)


def given_back(world: World, placed: PlacedOrder) -> list[int]:
    with in_market(world.market.pk):
        return list(Giveback.objects.filter(order_ref=placed.ref).order_by("pk").values_list("customer_won", flat=True))


def due_won(world: World, placed: PlacedOrder) -> int:
    with in_market(world.market.pk):
        view = order_by_token(placed.token)
    assert view is not None
    return view.due_won


def test_who_wished_for_the_money_gets_it_at_once(world: World) -> None:
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1), substitute="refund")

    missing = gone(world, placed)
    gone(world, placed)

    with in_market(world.market.pk):
        assert Outcome.objects.get(missing=missing).what == "refund"
        assert unanswered() == []
    assert given_back(world, placed) == [8_000]
    assert [part.state for part in goods_parts(world, placed)] == ["refused", "ready"]
    assert due_won(world, placed) == 2_000


def test_what_is_left_is_handed_out_and_every_won_is_accounted_for(world: World) -> None:
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1), substitute="refund")
    gone(world, placed)
    tofu = goods_parts(world, placed)[1]
    receive_part(market=world.market, actor=SYSTEM, part_id=tofu.pk)

    hand_out(market=world.market, actor=SYSTEM, order_id=placed.order_id)

    assert order_row(world, placed).state == "closed"
    with in_market(world.market.pk):
        assert [breach for breach in all_breaches()] == []
        owed = {account: -won for account, won in balances_won("stall:").items() if won and account.endswith("payable")}
    assert owed == {f"stall:{world.tofu_stall.pk}:payable": 2_000}


def test_a_cheaper_good_gives_the_rest_back(world: World) -> None:
    other = saury(world, 6_500)
    placed = to_be_fetched(world, (world.mackerel, 2), (world.tofu, 1), substitute="nearest")
    missing = gone(world, placed)
    with in_market(world.market.pk):
        assert stand_ins(missing_by_id(missing.pk)) == [other]

    for _press in range(2):
        outcome = answer_missing(market=world.market, actor=SYSTEM, missing_id=missing.pk, good_id=other.pk)

    assert (outcome.good_name, outcome.won) == ("꽁치", 13_000)
    assert given_back(world, placed) == [3_000]
    assert due_won(world, placed) == 15_000
    receive(world, placed)
    hand_out(market=world.market, actor=SYSTEM, order_id=placed.order_id)
    with in_market(world.market.pk):
        assert balances_won(f"stall:{world.fish.pk}:")[f"stall:{world.fish.pk}:payable"] == -13_000


def test_a_dearer_good_costs_as_much_as_what_was_ordered(world: World) -> None:
    other = saury(world, 9_900)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1), substitute="nearest")

    outcome = answer_missing(market=world.market, actor=SYSTEM, missing_id=gone(world, placed).pk, good_id=other.pk)

    assert outcome.won == 8_000
    assert given_back(world, placed) == []
    assert fish_line(world, placed).name == "꽁치"


def test_a_good_by_the_piece_stands_in_for_one_by_weight(world: World) -> None:
    other = saury(world, 7_000)
    placed = to_be_fetched(world, (world.hairtail, 1), (world.tofu, 1), substitute="nearest")
    line = fish_line(world, placed)
    assert line.ceiling_won == 11_500

    outcome = answer_missing(market=world.market, actor=SYSTEM, missing_id=gone(world, placed).pk, good_id=other.pk)

    assert (outcome.won, given_back(world, placed)) == (7_000, [4_500])
    receive(world, placed)
    assert parcel(world, placed).ready_at == NOON


def test_what_is_counted_leaves_the_stock(world: World) -> None:
    other = saury(world, 6_000)
    count_stock(market=world.market, actor=SYSTEM, good_id=other.pk, on_hand=3)
    placed = to_be_fetched(world, (world.mackerel, 2), (world.tofu, 1))

    answer_missing(market=world.market, actor=SYSTEM, missing_id=gone(world, placed).pk, good_id=other.pk)

    with in_market(world.market.pk):
        left = dict(StockItem.objects.values_list("good__name", "on_hand"))
    assert left == {"고등어": 3, "꽁치": 1}


def test_who_wants_a_call_is_called_first(world: World) -> None:
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1), substitute="call")
    missing = gone(world, placed)

    with in_market(world.market.pk):
        assert unanswered() == [missing]
    assert given_back(world, placed) == []
    with pytest.raises(AskFirst):
        receive(world, placed)

    answer_missing(market=world.market, actor=SYSTEM, missing_id=missing.pk, good_id=None)
    assert given_back(world, placed) == [8_000]


def test_what_is_answered_is_answered(world: World) -> None:
    other = saury(world, 6_500)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))
    missing = gone(world, placed)
    answer_missing(market=world.market, actor=SYSTEM, missing_id=missing.pk, good_id=None)

    with pytest.raises(SettledBefore):
        answer_missing(market=world.market, actor=SYSTEM, missing_id=missing.pk, good_id=other.pk)
    assert given_back(world, placed) == [8_000]


def test_only_the_like_of_it_stands_in(world: World) -> None:
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))
    missing = gone(world, placed)
    taxed = saury(world, 6_500, tax="taxable")

    with in_market(world.market.pk):
        assert stand_ins(missing_by_id(missing.pk)) == []
    for good in (taxed, world.tofu, world.hairtail, world.mackerel):
        with pytest.raises(NotToSwap):
            answer_missing(market=world.market, actor=SYSTEM, missing_id=missing.pk, good_id=good.pk)
    assert fish_line(world, placed).name == "고등어"


def test_an_order_of_which_nothing_is_left_is_cancelled_with_its_fee(world: World) -> None:
    placed = to_be_brought(world, (world.mackerel, 1), substitute="refund")

    gone(world, placed)

    assert order_row(world, placed).state == "cancelled"
    assert sorted(given_back(world, placed)) == [3_000, 8_000]


def test_what_is_paid_at_the_door_is_asked_for_no_more(world: World) -> None:
    placed = bring(world, replace(wants_home(world, (world.mackerel, 1), (world.tofu, 1)), substitute="refund"))

    gone(world, placed)

    assert due_won(world, placed) == 2_000 + 3_000
    assert [part.state for part in goods_parts(world, placed)] == ["refused", "new"]


def test_what_was_handed_over_is_not_missing(world: World) -> None:
    placed = to_be_fetched(world, (world.mackerel, 1), (world.tofu, 1))
    receive(world, placed)
    hand_out(market=world.market, actor=SYSTEM, order_id=placed.order_id)

    with pytest.raises(MoveNotAllowed):
        gone(world, placed)
