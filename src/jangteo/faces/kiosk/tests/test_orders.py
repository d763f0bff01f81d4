from __future__ import annotations

from datetime import timedelta

import pytest

from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.helping.models import HelpCall
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.models import KioskOrder, Line, Order, StallPart
from jangteo.domains.people.models import User
from jangteo.domains.stock.models import StockItem
from jangteo.faces.kiosk.tests.kiosk import Kiosk, seen
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import KeyedAnswer
from jangteo.kernel.tenancy import in_market
from tests.books import wrong_in_the_books
from tests.world import NOON, World, make_world

LATER = NOON + timedelta(hours=6)


def orders(world: World) -> list[Order]:
    with in_market(world.market.pk):
        return list(Order.objects.order_by("pk"))


def on_hand(world: World) -> int:
    with in_market(world.market.pk):
        return StockItem.objects.get(good=world.mackerel).on_hand


def parts(world: World) -> list[tuple[int, str, str]]:
    with in_market(world.market.pk):
        return list(StallPart.objects.order_by("pk").values_list("stall_id", "state", "told"))


def test_an_order_is_placed_under_its_ticket_to_be_paid_at_the_stalls(world: World, kiosk: Kiosk) -> None:
    kept = kiosk.order(seen(world.mackerel, 2), seen(world.hairtail), seen(world.tofu), language="en")
    kiosk.flush()

    (order,) = orders(world)
    with in_market(world.market.pk):
        made = KioskOrder.objects.get(order=order)
    assert (order.name, order.phone, order.tender, order.state) == ("K1-01", "", "at_stall", "placed")
    assert (made.ticket, made.tender, made.language, made.is_late, made.made_at) == ("K1-01", "cash", "en", False, NOON)
    assert parts(world) == [(world.fish.pk, "new", ""), (world.tofu_stall.pk, "new", "")]
    assert kiosk.answers[kept.key] == {"number": 1, "ticket": "K1-01", "total_won": 28_000, "differences": []}
    assert on_hand(world) == 3


def test_the_same_key_is_the_same_order_and_the_same_answer(world: World, kiosk: Kiosk) -> None:
    kept = kiosk.order(seen(world.mackerel))
    assert kiosk.send(kept) == 200
    first = kiosk.answers[kept.key]
    with clock.at(LATER):
        assert kiosk.send(kept) == 200

    assert kiosk.answers[kept.key] == first
    assert (len(orders(world)), on_hand(world)) == (1, 4)


def test_a_key_is_known_when_its_answer_was_forgotten(world: World, kiosk: Kiosk) -> None:
    kept = kiosk.order(seen(world.mackerel))
    kiosk.send(kept)
    first = kiosk.answers[kept.key]
    with in_market(world.market.pk):
        KeyedAnswer.objects.filter(key=kept.key).delete()

    assert kiosk.send(kept) == 200
    assert kiosk.answers[kept.key] == first
    assert len(orders(world)) == 1


def test_today_s_price_holds_and_the_difference_is_told(world: World, kiosk: Kiosk) -> None:
    kept = kiosk.order(seen(world.mackerel, 2, price_won=7_500), seen(world.tofu))
    kiosk.flush()

    told = {"good": world.mackerel.pk, "name": "고등어", "seen_won": 15_000, "now_won": 16_000}
    assert kiosk.answers[kept.key] == {"number": 1, "ticket": "K1-01", "total_won": 18_000, "differences": [told]}
    with in_market(world.market.pk):
        assert list(Line.objects.order_by("pk").values_list("price_won", "seen_won")) == [
            (8_000, 15_000),
            (2_000, 2_000),
        ]


def sell_out(world: World, good: Good) -> None:
    set_sale_state(market=world.market, actor=SYSTEM, good_id=good.pk, state=Good.State.SOLD_OUT)


def shut(world: World, stall: Stall) -> None:
    set_door(market=world.market, actor=SYSTEM, stall_id=stall.pk, door=Stall.Door.CLOSED)


def test_whoever_stands_there_is_told_what_is_sold_out(world: World, kiosk: Kiosk) -> None:
    sell_out(world, world.tofu)
    kiosk.order(seen(world.mackerel), seen(world.tofu))
    kiosk.flush()

    (no,) = kiosk.refused
    assert no["code"] == "ordering.good_sold_out"
    assert "손두부" in str(no["sentence"])
    assert (kiosk.disk, orders(world), on_hand(world)) == ([], [], 5)


def test_whoever_stands_there_is_told_of_a_shut_stall_and_of_too_few(world: World, kiosk: Kiosk) -> None:
    shut(world, world.tofu_stall)
    kiosk.order(seen(world.tofu))
    kiosk.order(seen(world.mackerel, 6))
    kiosk.flush()

    assert [no["code"] for no in kiosk.refused] == ["ordering.stall_closed", "ordering.not_enough"]


def test_an_order_of_someone_who_has_gone_reaches_the_stalls_whatever_happened_since(
    world: World, kiosk: Kiosk
) -> None:
    kiosk.order(seen(world.mackerel, 7), seen(world.cabbage), seen(world.tofu), seen(world.kimchi))
    sell_out(world, world.cabbage)
    shut(world, world.tofu_stall)
    with clock.at(LATER):
        kiosk.flush()

    (order,) = orders(world)
    assert (order.placed_at, order.changed_at, order.state) == (NOON, LATER, "placed")
    assert parts(world) == [
        (world.fish.pk, "new", "office"),
        (world.greens.pk, "new", "office"),
        (world.tofu_stall.pk, "new", "office"),
        (world.stranger.pk, "new", ""),
    ]
    with in_market(world.market.pk):
        assert KioskOrder.objects.get().is_late
        assert list(Line.objects.order_by("pk").values_list("quantity", "taken")) == [
            (7, 5),
            (1, None),
            (1, None),
            (1, None),
        ]
    assert on_hand(world) == 0
    assert wrong_in_the_books() == []


def test_what_the_count_had_comes_back_when_the_stall_refuses(world: World, kiosk: Kiosk) -> None:
    kiosk.order(seen(world.mackerel, 7), gone=True)
    kiosk.flush()
    with in_market(world.market.pk):
        part = StallPart.objects.get()
    refuse_part(market=world.market, actor=SYSTEM, part_id=part.pk, reason=StallPart.RefuseReason.SOLD_OUT)

    assert on_hand(world) == 5
    assert wrong_in_the_books() == []


@pytest.mark.parametrize("more", [{"gone": True}, {}])
def test_a_refusal_that_came_too_late_is_sent_again_as_gone(
    world: World, kiosk: Kiosk, more: dict[str, object]
) -> None:
    sell_out(world, world.tofu)
    kept = kiosk.order(seen(world.tofu), **more)
    kiosk.flush()

    assert (len(orders(world)), kept.key in kiosk.answers) == ((1, True) if more else (0, False))


def test_a_weighed_good_never_costs_more_than_its_customer_said(world: World, kiosk: Kiosk) -> None:
    said = {**seen(world.hairtail), "ceiling_won": 9_000}
    kiosk.order(said)
    kiosk.flush()
    assert kiosk.refused[0]["code"] == "ordering.bad_ceiling"

    kiosk.order(said, gone=True)
    kiosk.flush()
    with in_market(world.market.pk):
        assert Line.objects.get().ceiling_won == 9_000


def test_a_customer_is_known_by_number_and_a_wrong_one_is_told(world: World, kiosk: Kiosk) -> None:
    kiosk.order(seen(world.tofu), phone="010-1234-5678")
    kiosk.order(seen(world.tofu), phone="01")
    kiosk.order(seen(world.tofu), phone="01", gone=True)
    kiosk.flush()

    known = User.objects.get(phone="01012345678")
    assert [(order.name, order.phone, order.user_id) for order in orders(world)] == [
        ("K1-01", "01012345678", known.pk),
        ("K1-03", "", None),
    ]
    assert [no["code"] for no in kiosk.refused] == ["ordering.bad_phone"]


@pytest.mark.parametrize(
    "body",
    [
        {"ticket": "7"},
        {"tender": "gold"},
        {"language": "xx"},
        {"lines": []},
        {"lines": ["nonsense"]},
        {"lines": [{"good": 1, "quantity": 0, "seen_won": 1}]},
        {"lines": [{"good": -1, "quantity": 1, "seen_won": 1}]},
        {"lines": [{"good": 1, "quantity": 1, "seen_won": -5}]},
        {"lines": [{"good": 1, "quantity": 1}] * 51},
    ],
)
def test_what_no_kiosk_sends_is_refused_with_words(world: World, kiosk: Kiosk, body: dict[str, object]) -> None:
    kiosk.order(**body)
    kiosk.flush()

    (no,) = kiosk.refused
    assert str(no["code"]).startswith("ordering.")
    assert str(no["sentence"]).endswith("요.")
    assert orders(world) == []


def test_an_order_of_nothing_that_is_known_sends_a_helper_after_its_ticket(world: World, kiosk: Kiosk) -> None:
    kept = kiosk.order({"good": 987_654, "quantity": 1, "seen_won": 1}, gone=True)
    for _ in range(2):
        assert kiosk.send(kept) == 422

    with in_market(world.market.pk):
        call = HelpCall.objects.get()
    assert (call.face, call.what, call.place, call.who) == ("kiosk", "orders", "북문 앞", "K1-01")


def test_a_screen_gone_wild_is_slowed_down_and_loses_nothing(world: World, kiosk: Kiosk) -> None:
    kept = kiosk.order(seen(world.tofu))
    assert {kiosk.send(kept) for _ in range(120)} == {200}
    assert kiosk.send(kept) == 429
    with clock.at(NOON + timedelta(minutes=11)):
        assert kiosk.send(kept) == 200
    assert len(orders(world)) == 1


def test_what_a_market_s_kiosk_kept_is_not_ordered_in_another(world: World, kiosk: Kiosk) -> None:
    other = make_world("namdong", "2")
    kept = kiosk.order(seen(world.tofu))
    kiosk.pair(other.market)

    assert kiosk.send(kept) == 422
    assert kiosk.refused[0]["code"] == "ordering.good_gone"


def test_a_screen_that_was_taken_down_keeps_its_orders_until_it_is_back(world: World, kiosk: Kiosk) -> None:
    kiosk.order(seen(world.tofu))
    kiosk.leave()
    kiosk.flush()
    assert (len(kiosk.disk), orders(world)) == (1, [])

    kiosk.pair(world.market)
    kiosk.flush()
    assert (kiosk.disk, [order.name for order in orders(world)]) == ([], ["K1-01"])


def test_an_order_from_before_the_clock_was_put_right_counts_as_made_now(world: World, kiosk: Kiosk) -> None:
    kiosk.skew = timedelta(days=-9_000)
    kiosk.order(seen(world.tofu))
    kiosk.skew = timedelta()
    kiosk.flush()

    assert [order.placed_at for order in orders(world)] == [NOON]
