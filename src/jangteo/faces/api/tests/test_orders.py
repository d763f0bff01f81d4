from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from typing import cast

import pytest

from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.stock.queries import left_of
from jangteo.faces.api.tests.callers import ORDERS, V1, Answer, Caller, Json, customer, five_lines, wish
from jangteo.faces.api.tests.footprint import footprint
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, make_world


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def path_of(placed: Answer) -> str:
    return f"{ORDERS}{placed.body['token']}/"


def refused(world: World, body: Json) -> tuple[int, str]:
    """Status and code of an order that must leave everything as it was."""
    before = footprint()
    answer = Caller().order(body)
    assert footprint() == before
    return answer.status, answer.code


def test_one_call_orders_from_three_stalls(world: World) -> None:
    placed = Caller().order(five_lines(world))

    assert placed.status == 201
    assert placed.body["number"] == 1
    assert placed.body["state"] == "placed"
    assert placed.body["estimate_won"] == 8000 + 20000 + 3500 + 6000 + 12000
    assert placed.body["pay_won"] == 0
    order = Caller().get(path_of(placed)).body
    parts = cast(list[Json], order["parts"])
    stalls = [(cast(Json, part["stall"])["name"], part["state"], part["due_won"]) for part in parts]
    assert stalls == [
        ("순자네 수산", "new", 28000),
        ("푸른채소", "new", 3500),
        ("두부가게", "new", 6000),
        ("낯선 반찬", "new", 12000),
    ]


def test_the_answer_links_to_the_order(world: World) -> None:
    placed = Caller().order(wish((world.tofu, 1)))

    token = placed.body["token"]
    here = f"http://testserver{ORDERS}{token}/"
    assert placed.headers["Location"] == here
    assert placed.body["links"] == {
        "self": here,
        "cancel": f"{here}cancel/",
        "page": f"http://testserver/jangteo/order/{token}/",
        "pay": None,
    }


def test_an_order_reads_back_as_it_was_placed(world: World) -> None:
    body = wish((world.hairtail, 1), fulfil="deliver", address="장터동 101호", note="문 앞에\n놓아 주세요")
    order = Caller().get(path_of(Caller().order(body))).body

    lines = cast(list[Json], cast(list[Json], order["parts"])[0]["lines"])
    assert {
        name: order[name] for name in ("name", "fulfil", "address", "note", "tender", "placed_at", "wanted_at")
    } == {
        "name": "김하나",
        "fulfil": "deliver",
        "address": "장터동 101호",
        "note": "문 앞에\n놓아 주세요",
        "tender": "at_stall",
        "placed_at": "2026-11-20T12:00:00+09:00",
        "wanted_at": "2026-11-20T12:30:00+09:00",
    }
    assert (order["due_won"], order["most_won"], order["is_final"], order["can_cancel"]) == (10000, 11500, False, True)
    assert {name: lines[0][name] for name in ("estimate_grams", "final_grams", "final_won", "ceiling_won")} == {
        "estimate_grams": 400,
        "final_grams": None,
        "final_won": None,
        "ceiling_won": 11500,
    }
    assert "phone" not in order


def test_a_wanted_time_is_kept(world: World) -> None:
    placed = Caller().order(wish((world.tofu, 1), wanted_at="2026-11-20T16:30:00+09:00"))

    assert Caller().get(path_of(placed)).body["wanted_at"] == "2026-11-20T16:30:00+09:00"


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-20T11:30:00+09:00",  # past
        "2026-11-20T16:10:00+09:00",  # between the offered times
        "2026-11-20T23:45:00+09:00",  # after closing
        "2026-11-25T12:00:00+09:00",  # beyond the days on offer
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59",
    ],
)
def test_a_time_that_the_market_does_not_offer_is_refused(world: World, moment: str) -> None:
    assert refused(world, wish((world.tofu, 1), wanted_at=moment)) == (409, "ordering.bad_time")


def test_as_soon_as_possible_is_the_next_market_day(world: World) -> None:
    stored = Market.objects.filter(pk=world.market.pk)
    stored.update(cycle=Cycle(daily=False, digits=(2, 7)).to_json(), opens_at=time(7))

    placed = Caller().order(wish((world.tofu, 1)))

    assert Caller().get(path_of(placed)).body["wanted_at"] == "2026-11-22T07:00:00+09:00"
    assert refused(world, wish((world.tofu, 1), wanted_at="2026-11-20T16:30:00+09:00")) == (409, "ordering.bad_time")


def test_what_the_state_of_the_market_forbids_is_a_conflict(world: World) -> None:
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.cabbage.pk, state=Good.State.SOLD_OUT)
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.kimchi.pk, state=Good.State.HIDDEN)
    set_door(market=world.market, actor=SYSTEM, stall_id=world.tofu_stall.pk, door=Stall.Door.CLOSED)

    assert refused(world, wish((world.mackerel, 6))) == (409, "ordering.not_enough")
    assert refused(world, wish((world.cabbage, 1))) == (409, "ordering.good_sold_out")
    assert refused(world, wish((world.kimchi, 1))) == (409, "ordering.good_gone")
    assert refused(world, wish((world.tofu, 1))) == (409, "ordering.stall_closed")
    assert refused(world, wish((world.tofu, 1), tender="card")) == (409, "ordering.card_not_taken")


def test_a_ceiling_below_the_present_price_is_a_conflict_that_names_the_least(world: World) -> None:
    body = wish((world.hairtail, 1))
    set_price(market=world.market, actor=SYSTEM, good_id=world.hairtail.pk, price_won=3000)

    answer = Caller().order(body)
    assert (answer.status, answer.code) == (409, "ordering.bad_ceiling")
    assert answer.body["facts"] == {"name": "갈치", "least_won": 12000}


def test_another_markets_good_is_gone(world: World) -> None:
    other = make_world("other", digit="2")

    assert refused(world, wish((other.tofu, 1))) == (409, "ordering.good_gone")


def test_one_bad_line_orders_nothing(world: World) -> None:
    assert refused(world, wish((world.tofu, 1), (world.mackerel, 6))) == (409, "ordering.not_enough")


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"lines": []}, "/lines"),
        ({"lines": [{"good_id": 1, "quantity": 0}]}, "/lines/0/quantity"),
        ({"lines": [{"good_id": 1, "quantity": True}]}, "/lines/0/quantity"),
        ({"lines": [{"good_id": 1, "quantity": 1.5}]}, "/lines/0/quantity"),
        ({"lines": [{"good_id": 1, "quantity": float("nan")}]}, "/lines/0/quantity"),
        ({"lines": [{"good_id": 1, "quantity": 1e300}]}, "/lines/0/quantity"),
        ({"lines": [{"good_id": "1", "quantity": 1}]}, "/lines/0/good_id"),
        ({"lines": [{"good_id": 2**63, "quantity": 1}]}, "/lines/0/good_id"),
        ({"lines": [{"good_id": 1, "quantity": 1, "price_won": 1}]}, "/lines/0/price_won"),
        ({"name": " "}, "/name"),
        ({"name": "김\u0000하나"}, "/name"),
        ({"name": "김\ud800하나"}, "/name"),
        ({"name": "가" * 31}, "/name"),
        ({"phone": "010-1234"}, "/phone"),
        ({"phone": "+1 212 555 0100"}, "/phone"),
        ({"note": "\u0007"}, "/note"),
        ({"fulfil": "drone"}, "/fulfil"),
        ({"tender": "gold"}, "/tender"),
        ({"wanted_at": "2026-11-20T16:30:00"}, "/wanted_at"),
        ({"wanted_at": 1763624400}, "/wanted_at"),
        ({"wanted_at": "1763624400"}, "/wanted_at"),
        ({"wanted_at": "2026-13-01T00:00:00Z"}, "/wanted_at"),
        ({"user_id": 1}, "/user_id"),
    ],
)
def test_a_value_that_can_never_fit_is_pointed_at(world: World, changed: Json, pointer: str) -> None:
    before = footprint()
    answer = Caller().order({**wish((world.tofu, 1)), **changed})

    assert (answer.status, answer.code) == (422, "api.invalid")
    assert [fault["pointer"] for fault in cast(list[Json], answer.body["errors"])] == [pointer]
    assert footprint() == before


def test_a_whole_number_may_be_written_with_a_point(world: World) -> None:
    placed = Caller().order({**wish(), "lines": [{"good_id": float(world.tofu.pk), "quantity": 2.0}]})

    assert placed.body["estimate_won"] == 4000


def test_delivery_needs_an_address(world: World) -> None:
    assert refused(world, wish((world.tofu, 1), fulfil="deliver")) == (422, "ordering.address_missing")


def test_a_card_order_waits_for_its_money_and_links_to_the_pay_page(world: World, card: None) -> None:
    placed = Caller().order(wish((world.hairtail, 1), (world.tofu, 1), tender="card"))

    assert (placed.body["state"], placed.body["pay_won"]) == ("awaiting_payment", 11500 + 2000)
    token = placed.body["token"]
    assert cast(Json, placed.body["links"])["pay"] == f"http://testserver/jangteo/pay/{token}/"
    order = Caller().get(path_of(placed)).body
    assert order["payment"] == {
        "way": "card",
        "state": "created",
        "amount_won": 13500,
        "captured_won": 0,
        "refunded_won": 0,
        "receipt": None,
    }


def test_a_guest_order_belongs_to_nobody_and_a_customers_to_the_customer(world: World) -> None:
    caller = customer(world.market)
    guest, own = Caller().order(wish((world.tofu, 1))), caller.order(wish((world.cabbage, 1)))

    with in_market(world.market.pk):
        owners = dict(Order.objects.values_list("token", "user__phone"))
    assert owners == {guest.body["token"]: None, own.body["token"]: "01000003000"}
    assert [order["token"] for order in caller.get(f"{V1}/me/orders/").items] == [own.body["token"]]


def test_a_customer_sees_only_their_own_orders_newest_first(world: World) -> None:
    one, other = customer(world.market, "01000003001"), customer(world.market, "01000003002")
    tokens = [one.order(wish((world.tofu, 1))).body["token"] for _ in range(3)]
    other.order(wish((world.tofu, 1)))

    first = one.get(f"{V1}/me/orders/", limit=2)
    rest = one.get(f"{V1}/me/orders/", limit=2, cursor=str(first.body["next_cursor"]))
    assert [order["token"] for order in (*first.items, *rest.items)] == tokens[::-1]
    assert rest.body["next_cursor"] is None


def test_cancelling_gives_the_goods_back_once(world: World) -> None:
    placed = Caller().order(wish((world.mackerel, 2)))
    path = f"{path_of(placed)}cancel/"

    first, second = Caller().post(path), Caller().post(path)

    assert (first.status, first.body["state"], first.body["can_cancel"]) == (200, "cancelled", False)
    assert second.body == first.body
    with in_market(world.market.pk):
        assert left_of([world.mackerel.pk]) == {world.mackerel.pk: 5}


def test_cancelling_is_too_late_once_a_stall_has_begun(world: World) -> None:
    placed = Caller().order(wish((world.tofu, 1), (world.cabbage, 1)))
    with in_market(world.market.pk):
        part_id = StallPart.objects.get(stall=world.tofu_stall).pk
    accept_part(market=world.market, actor=SYSTEM, part_id=part_id)
    before = footprint()

    answer = Caller().post(f"{path_of(placed)}cancel/")

    assert (answer.status, answer.code) == (409, "ordering.too_late_to_cancel")
    assert footprint() == before


def test_an_order_opens_by_its_token_only(world: World) -> None:
    placed = Caller().order(wish((world.tofu, 1)))
    make_world("other", digit="2")
    with in_market(world.market.pk):
        order = Order.objects.get(token=placed.body["token"])
    before = footprint()

    for wrong in (str(order.number), str(order.pk), order.ref, str(placed.body["token"])[::-1]):
        for answer in (Caller().get(f"{ORDERS}{wrong}/"), Caller().post(f"{ORDERS}{wrong}/cancel/")):
            assert (answer.status, answer.code) == (404, "api.not_found")
    elsewhere = f"{V1}/markets/other/orders/{order.token}/"
    assert Caller().get(elsewhere).status == 404
    assert Caller().post(f"{elsewhere}cancel/").status == 404
    assert footprint() == before


def test_a_time_may_be_wanted_until_it_comes(world: World) -> None:
    """Within the half hour before it a time is no longer offered, but an order for it still arrives in time."""
    with clock.at(NOON + timedelta(minutes=20)):
        placed = Caller().order(wish((world.tofu, 1), wanted_at="2026-11-20T12:30:00+09:00"))

    assert placed.status == 201
