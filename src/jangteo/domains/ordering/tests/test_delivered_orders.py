"""One fee for an order over any number of stalls, from the wave's seat to the last won in the book."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.delivery.actions.write_fee import write_fee
from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.errors import OutsideZones, PastCutOff, WaveFull
from jangteo.domains.delivery.fees import Payer, Terms
from jangteo.domains.delivery.models import Seat
from jangteo.domains.delivery.told import NewFee
from jangteo.domains.ledger.models import Entry
from jangteo.domains.ledger.queries import balance_won, balances_won
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.delivering import stall_shares
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.queries import order_by_token, orders_by_tokens, parts_of_stall
from jangteo.domains.ordering.states import PartState
from jangteo.domains.ordering.wanted import PlacedOrder, WantedMoney, WantedOrder
from jangteo.domains.payments.models import Cell, Refund
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.settlement.billing import open_bills
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.breaking import broken
from tests.brought import bring, hand_over, order_row, parts, pay, refuse, seat, wants_home
from tests.world import GUEST, NOON, World, delivers, make_world, takes_vouchers, wants

pytestmark = pytest.mark.usefixtures("takes_card")

HALF = Terms(3_010, Payer.HALF)
TOWN = Terms(3_000, Payer.MUNICIPALITY, municipality_won=1_000)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    delivers(world)
    return world


def half(world: World, terms: Terms = HALF) -> World:
    write_fee(market=world.market, actor=SYSTEM, told=NewFee(clock.calendar_day(), terms))
    return world


def states(world: World, placed: PlacedOrder) -> list[tuple[str, bool]]:
    return [(part.state, part.is_fee) for part in parts(world, placed)]


def house(world: World) -> Stall:
    with in_market(world.market.pk):
        return Stall.with_house.get(is_house=True)


def payables(world: World) -> dict[str, int]:
    with in_market(world.market.pk):
        rows = balances_won("stall:")
    names = {world.fish.pk: "fish", world.greens.pk: "greens", world.tofu_stall.pk: "tofu", house(world).pk: "house"}
    return {
        names[int(account.split(":")[1])]: -won for account, won in rows.items() if won and account.endswith(":payable")
    }


def test_two_stalls_and_one_fee_are_one_order_with_its_seat(world: World) -> None:
    placed = bring(world, wants_home(world, (world.mackerel, 1), (world.tofu, 1)))

    assert placed.estimate_won == 8_000 + 2_000 + 3_000
    assert states(world, placed) == [("new", False), ("new", False), ("ready", True)]
    taken = seat(world, placed)
    assert (taken.customer_won, taken.stalls_won, taken.wave.taken) == (3_000, 0, 1)
    row = order_row(world, placed)
    assert (row.address, row.wanted_at) == (taken.address, taken.wave.starts_at)


def test_the_fee_is_shown_beside_the_tickets_and_in_the_sum(world: World) -> None:
    placed = bring(world, wants_home(world, (world.mackerel, 1), (world.tofu, 1)))

    with in_market(world.market.pk):
        views = [order_by_token(placed.token), *orders_by_tokens([placed.token])]

    for view in views:
        assert view is not None
        assert (len(view.parts), view.fee_won, view.due_won, view.most_won) == (2, 3_000, 13_000, 13_000)
        assert view.can_cancel
        assert view.is_final


def test_no_stall_has_the_fee_among_its_orders(world: World) -> None:
    bring(world, wants_home(world, (world.tofu, 1)))

    with in_market(world.market.pk):
        assert [len(parts_of_stall(stall.pk, list(PartState))) for stall in Stall.objects.order_by("pk")] == [
            0,
            0,
            1,
            0,
        ]
        assert parts_of_stall(house(world).pk, list(PartState)) == []


def test_a_second_order_finds_the_same_house_stall(world: World) -> None:
    for _ in range(2):
        bring(world, wants_home(world, (world.tofu, 1)))

    with in_market(world.market.pk):
        assert Stall.with_house.filter(is_house=True).count() == 1
        assert Stall.objects.count() == 4


def test_free_from_a_threshold_no_fee_is_charged_and_none_is_a_part(world: World) -> None:
    placed = bring(world, wants_home(world, (world.mackerel, 3), (world.kimchi, 1)))

    assert placed.estimate_won == 36_000
    assert [is_fee for _, is_fee in states(world, placed)] == [False, False]
    assert seat(world, placed).stalls_won == 3_000


@pytest.mark.parametrize("shown", [2_000, None])
def test_another_fee_than_was_shown_is_said_and_nothing_is_ordered(world: World, shown: int | None) -> None:
    wanted = replace(wants_home(world, (world.tofu, 1)), fee_won=shown)

    with pytest.raises(errors.FeeChanged) as refused:
        bring(world, wanted)

    assert refused.value.facts == {"fee_won": 3_000}
    with in_market(world.market.pk):
        assert (Order.objects.count(), Seat.objects.count()) == (0, 0)


def test_what_delivery_refuses_leaves_no_order_behind(world: World) -> None:
    wanted = wants_home(world, (world.mackerel, 1))

    with pytest.raises(OutsideZones):
        bring(world, replace(wanted, place=Address("다른시 먼동 1")))
    with clock.at(NOON + timedelta(hours=4)), pytest.raises(PastCutOff):
        bring(world, wanted)

    with in_market(world.market.pk):
        assert (Order.objects.count(), Seat.objects.count()) == (0, 0)


def test_a_full_wave_takes_no_more(db: None) -> None:
    world = make_world()
    delivers(world, capacity=1)
    wanted = wants_home(world, (world.tofu, 1))
    bring(world, wanted)

    with pytest.raises(WaveFull):
        bring(world, wanted)


def test_a_wave_is_for_what_is_brought_and_a_substitute_is_one_of_three(world: World) -> None:
    wanted = wants_home(world, (world.tofu, 1))

    with pytest.raises(errors.NothingToBring):
        bring(world, replace(wanted, fulfil="pickup"))
    with pytest.raises(errors.BadSubstitute):
        bring(world, replace(wanted, substitute="whatever"))

    assert order_row(world, bring(world, replace(wanted, substitute="nearest"))).substitute == "nearest"


def test_the_same_request_again_takes_no_second_seat(world: World) -> None:
    wanted = wants_home(world, (world.tofu, 1))

    key = str(uuid.uuid4())
    again = [place_order(market=world.market, actor=GUEST, wanted=wanted, key=key) for _ in range(2)]

    assert again[0] == again[1]
    assert seat(world, again[0]).wave.taken == 1


def test_a_card_pays_the_goods_and_the_fee_in_one_payment(world: World) -> None:
    placed = bring(world, wants_home(world, (world.mackerel, 1), (world.tofu, 1), tender="card"))
    assert (placed.pay_won, states(world, placed)[-1]) == (13_000, ("awaiting_payment", True))

    pay(world, placed)

    assert states(world, placed) == [("new", False), ("new", False), ("ready", True)]
    assert broken() == {}


def test_when_the_last_stall_is_done_the_fee_is_the_associations(world: World) -> None:
    placed = bring(world, wants_home(world, (world.mackerel, 1), (world.tofu, 1), tender="card"))
    pay(world, placed)
    fish, tofu, _ = parts(world, placed)

    hand_over(world, fish)
    assert payables(world) == {"fish": 8_000}
    hand_over(world, tofu)

    assert payables(world) == {"fish": 8_000, "tofu": 2_000, "house": 3_000}
    assert order_row(world, placed).state == "closed"
    assert states(world, placed)[-1] == ("handed_over", True)
    assert broken() == {}


def test_what_the_stalls_bear_is_shared_by_their_goods_to_the_won(world: World) -> None:
    half(world)
    placed = bring(world, wants_home(world, (world.mackerel, 1), (world.cabbage, 1), (world.tofu, 1), tender="card"))
    assert placed.pay_won == 13_500 + 1_505
    pay(world, placed)
    for part in parts(world, placed)[:3]:
        hand_over(world, part)

    shares = {"fish": 892, "greens": 390, "tofu": 223}
    assert payables(world) == {"fish": 8_000 - 892, "greens": 3_500 - 390, "tofu": 2_000 - 223, "house": 3_010}
    assert sum(shares.values()) == 1_505
    with in_market(world.market.pk):
        bills = {stall: one.statement.delivery_won for stall, one in open_bills(world.market).items()}
    assert bills == {world.fish.pk: 892, world.greens.pk: 390, world.tofu_stall.pk: 223, house(world).pk: -1_505}
    assert broken() == {}


def test_a_stall_that_refuses_bears_nothing_and_the_fee_stays(world: World) -> None:
    half(world)
    placed = bring(world, wants_home(world, (world.mackerel, 1), (world.tofu, 1), tender="card"))
    pay(world, placed)
    fish, tofu, _ = parts(world, placed)

    refuse(world, fish)
    hand_over(world, tofu)

    assert payables(world) == {"tofu": 2_000 - 1_505, "house": 3_010}
    with in_market(world.market.pk):
        assert [one.amount_won for one in Refund.objects.all()] == [8_000]
    assert broken() == {}


def test_a_threshold_that_is_lost_by_a_refusal_charges_nobody_afterwards(world: World) -> None:
    placed = bring(world, wants_home(world, (world.mackerel, 3), (world.kimchi, 1), tender="card"))
    pay(world, placed)
    fish, kimchi = parts(world, placed)

    refuse(world, fish)
    hand_over(world, kimchi)

    with in_market(world.market.pk):
        assert balance_won(f"stall:{world.stranger.pk}:payable") == -9_000
        assert balance_won(f"stall:{house(world).pk}:payable") == -3_000
        assert [one.amount_won for one in Refund.objects.all()] == [24_000]
    assert broken() == {}


def test_the_town_owes_what_its_coupon_takes_off(world: World) -> None:
    half(world, TOWN)
    placed = bring(world, wants_home(world, (world.tofu, 1), tender="card"))
    assert placed.pay_won == 4_000
    pay(world, placed)

    hand_over(world, parts(world, placed)[0])

    assert payables(world) == {"tofu": 2_000, "house": 3_000}
    with in_market(world.market.pk):
        assert balance_won("receivable:municipality:delivery") == 1_000
    assert broken() == {}


def test_a_cancelled_order_gets_its_fee_back_and_frees_its_seat(world: World) -> None:
    placed = bring(world, wants_home(world, (world.tofu, 1), tender="card"))
    pay(world, placed)

    for _ in range(2):
        cancel_order(market=world.market, actor=GUEST, order_id=placed.order_id)

    assert states(world, placed) == [("cancelled", False), ("cancelled", True)]
    with in_market(world.market.pk):
        assert [one.amount_won for one in Refund.objects.all()] == [5_000]
    freed = seat(world, placed)
    assert (freed.freed_at, freed.wave.taken) == (NOON, 0)
    assert broken() == {}


def test_when_every_stall_refuses_nothing_is_kept_and_nobody_shares(world: World) -> None:
    half(world)
    placed = bring(world, wants_home(world, (world.mackerel, 1), (world.tofu, 1), tender="card"))
    pay(world, placed)

    for part in parts(world, placed)[:2]:
        refuse(world, part)

    assert order_row(world, placed).state == "cancelled"
    with in_market(world.market.pk):
        assert sorted(one.amount_won for one in Refund.objects.all()) == [1_505, 2_000, 8_000]
        assert not Entry.objects.filter(kind="fee_share").exists()
    assert seat(world, placed).wave.taken == 0
    assert payables(world) == {}
    assert broken() == {}


def test_an_order_that_nobody_paid_gives_its_seat_back_and_late_money_takes_it_again(world: World) -> None:
    placed = bring(world, wants_home(world, (world.tofu, 1), tender="card"))
    with clock.at(NOON + timedelta(minutes=11)):
        expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)
        assert seat(world, placed).wave.taken == 0

        pay(world, placed)

    assert (order_row(world, placed).state, seat(world, placed).wave.taken) == ("placed", 1)
    assert broken() == {}


def test_late_money_goes_back_whole_where_somebody_else_has_the_seat(db: None) -> None:
    world = make_world()
    delivers(world, capacity=1)
    wanted = wants_home(world, (world.tofu, 1), tender="card")
    placed = bring(world, wanted)
    with clock.at(NOON + timedelta(minutes=11)):
        expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)
        bring(world, wanted)

        pay(world, placed)

    with in_market(world.market.pk):
        assert [one.amount_won for one in Refund.objects.all()] == [5_000]
    assert order_row(world, placed).state == "expired"
    assert broken() == {}


def test_no_voucher_pays_the_fee(world: World) -> None:
    takes_vouchers(world, world.tofu_stall)
    moneys = (WantedMoney(TenderKind.ONNURI_PAPER),)
    placed = bring(world, wants_home(world, (world.tofu, 1), moneys=moneys))
    hand_over(world, parts(world, placed)[0])

    with in_market(world.market.pk):
        fee = Line.objects.get(part__is_fee=True)
        cells = {
            (cell.line_key == str(fee.pk), cell.tender.kind, cell.won) for cell in Cell.objects.select_related("tender")
        }
    assert cells == {(False, "onnuri_paper", 2_000), (True, "cash", 3_000)}
    assert broken() == {}


@given(
    st.integers(0, 30_000),
    st.dictionaries(st.integers(1, 500), st.integers(0, 2_000_000), min_size=1, max_size=12),
)
def test_shares_of_a_fee_come_to_it_and_nobody_with_more_goods_bears_less(fee: int, goods: dict[int, int]) -> None:
    shares = stall_shares(fee, goods)

    assert sum(shares.values()) == fee
    assert set(shares) == set(goods)
    assert min(shares.values()) >= 0
    by_goods = [shares[stall] for stall in sorted(goods, key=lambda stall: (goods[stall], -stall))]
    assert by_goods == sorted(by_goods)


def statements(world: World, wanted: WantedOrder) -> int:
    bring(world, wanted)
    with CaptureQueriesContext(connection) as captured:
        bring(world, wanted)
    return len(captured)


def test_an_order_that_is_fetched_costs_no_statement_for_what_is_brought(world: World) -> None:
    fetched = statements(world, wants((world.tofu, 1)))
    brought = statements(world, wants_home(world, (world.tofu, 1)))

    assert (fetched, brought - fetched) == (13, 12)
