from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.wanted import PlacedOrder, WantedLine, WantedOrder
from jangteo.domains.payments.models import Payment
from jangteo.domains.stock.models import StockHold, StockItem, StockMovement
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.errors import Refused
from jangteo.kernel.idempotency import KeyMissing, KeyReused
from jangteo.kernel.models import AuditRow, LiveEvent
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World, make_world, order, wants

pytestmark = pytest.mark.usefixtures("takes_card")


def place(world: World, wanted: WantedOrder, key: str | None = None) -> PlacedOrder:
    return place_order(market=world.market, actor=GUEST, wanted=wanted, key=key or str(uuid.uuid4()))


def counts(world: World) -> tuple[int, int, int, int]:
    with in_market(world.market.pk):
        return (
            Order.objects.count(),
            Line.objects.count(),
            StockMovement.objects.count(),
            StockItem.objects.get(good=world.mackerel).on_hand,
        )


def test_one_basket_over_three_stalls_becomes_one_order_with_three_parts(world: World) -> None:
    placed = order(world, (world.mackerel, 2), (world.hairtail, 1), (world.cabbage, 1), (world.tofu, 3))

    assert (placed.number, placed.state, placed.estimate_won, placed.pay_won) == (1, "placed", 35_500, 0)
    with in_market(world.market.pk):
        parts = StallPart.objects.filter(order_id=placed.order_id).order_by("stall_id")
        assert [(part.stall_id, part.state) for part in parts] == [
            (world.fish.pk, "new"),
            (world.greens.pk, "new"),
            (world.tofu_stall.pk, "new"),
        ]
        assert Line.objects.filter(part__in=parts).count() == 4


def test_the_stalls_hear_of_it(world: World) -> None:
    LiveEvent.objects.all().delete()

    order(world, (world.mackerel, 1), (world.tofu, 1))

    channels = LiveEvent.objects.filter(kind="part_new").values_list("channel", flat=True)
    assert sorted(channels) == [f"stall:{world.fish.pk}", f"stall:{world.tofu_stall.pk}"]


def test_counted_stock_is_taken_with_its_movement(world: World) -> None:
    placed = order(world, (world.mackerel, 2))

    with in_market(world.market.pk):
        item = StockItem.objects.get(good=world.mackerel)
        movement = StockMovement.objects.latest("pk")
    assert (item.on_hand, item.held) == (3, 0)
    assert (movement.delta, movement.reason, movement.cause) == (-2, "sold", f"order:{placed.ref}")


def test_numbers_count_up_within_the_day_and_start_again(world: World) -> None:
    tomorrow = clock.now() + timedelta(days=1)

    numbers = [order(world, (world.tofu, 1)).number for _ in range(3)]
    with clock.at(tomorrow):
        numbers.append(order(world, (world.tofu, 1)).number)

    assert numbers == [1, 2, 3, 1]


def test_the_same_key_gets_the_same_answer_and_orders_once(world: World) -> None:
    wanted, key = wants((world.mackerel, 1)), "the same key"

    first, second = place(world, wanted, key), place(world, wanted, key)

    assert first == second
    assert counts(world)[0] == 1


def test_a_key_used_for_another_basket_is_refused(world: World) -> None:
    place(world, wants((world.mackerel, 1)), "the same key")
    before = counts(world)

    with pytest.raises(KeyReused):
        place(world, wants((world.mackerel, 2)), "the same key")

    assert counts(world) == before


@pytest.mark.parametrize("key", ["", "short", "x" * 101])
def test_an_order_needs_a_usable_key(world: World, key: str) -> None:
    with pytest.raises(KeyMissing):
        place_order(market=world.market, actor=GUEST, wanted=wants((world.tofu, 1)), key=key)


def test_the_same_good_twice_is_one_line(world: World) -> None:
    placed = order(world, (world.hairtail, 1), (world.hairtail, 2))

    with in_market(world.market.pk):
        line = Line.objects.get(part__order_id=placed.order_id)
    assert (line.quantity, line.ceiling_won) == (3, 11_500 + 23_000)


def test_a_card_order_holds_its_goods_and_rings_nobody(world: World) -> None:
    LiveEvent.objects.all().delete()

    placed = order(world, (world.mackerel, 2), (world.hairtail, 1), (world.tofu, 1), tender="card")

    assert (placed.state, placed.pay_won) == ("awaiting_payment", 16_000 + 11_500 + 2_000)
    with in_market(world.market.pk):
        item, hold = StockItem.objects.get(good=world.mackerel), StockHold.objects.get()
        payment = Payment.objects.get(order_ref=placed.ref)
    assert (item.on_hand, item.held) == (5, 2)
    assert hold.expires_at - payment.created_at == timedelta(minutes=10)
    assert (payment.amount_won, payment.tax_free_won, payment.state) == (29_500, 27_500, "created")
    assert not LiveEvent.objects.exists()


def bad(world: World) -> dict[str, tuple[WantedOrder, type[Refused]]]:
    good = wants((world.mackerel, 1))
    other_market = make_world("elsewhere", "2")
    return {
        "empty": (replace(good, lines=()), errors.BasketEmpty),
        "too many lines": (replace(good, lines=good.lines * 51), errors.TooManyLines),
        "no pieces": (replace(good, lines=(WantedLine(world.tofu.pk, 0),)), errors.BadQuantity),
        "minus pieces": (replace(good, lines=(WantedLine(world.tofu.pk, -3),)), errors.BadQuantity),
        "a hundred": (replace(good, lines=(WantedLine(world.tofu.pk, 100),)), errors.BadQuantity),
        "more than there is": (wants((world.mackerel, 6)), errors.NotEnough),
        "no such good": (replace(good, lines=(WantedLine(987654, 1),)), errors.GoodGone),
        "a good of another market": (wants((other_market.tofu, 1)), errors.GoodGone),
        "weighed without ceiling": (replace(good, lines=(WantedLine(world.hairtail.pk, 1),)), errors.BadCeiling),
        "ceiling below estimate": (replace(good, lines=(WantedLine(world.hairtail.pk, 1, 9_999),)), errors.BadCeiling),
        "ceiling out of reason": (replace(good, lines=(WantedLine(world.hairtail.pk, 1, 31_000),)), errors.BadCeiling),
        "ceiling on a piece": (replace(good, lines=(WantedLine(world.tofu.pk, 1, 5_000),)), errors.BadCeiling),
        "no name": (replace(good, name="  "), errors.NameMissing),
        "long name": (replace(good, name="가" * 31), errors.TextTooLong),
        "long note": (replace(good, note="가" * 201), errors.TextTooLong),
        "no phone": (replace(good, phone="없어요"), errors.BadPhone),
        "foreign phone": (replace(good, phone="+1 212 555 0100"), errors.BadPhone),
        "no address": (replace(good, fulfil="deliver", address=" "), errors.AddressMissing),
        "in the past": (replace(good, wanted_at=clock.now() - timedelta(minutes=1)), errors.BadTime),
    }


@pytest.mark.parametrize(
    "case",
    [
        "empty", "too many lines", "no pieces", "minus pieces", "a hundred", "more than there is", "no such good",
        "a good of another market", "weighed without ceiling", "ceiling below estimate", "ceiling out of reason",
        "ceiling on a piece", "no name", "long name", "long note", "no phone", "foreign phone", "no address",
        "in the past",
    ],
)  # fmt: skip
def test_what_cannot_be_ordered_is_refused_and_changes_nothing(world: World, case: str) -> None:
    wanted, refusal = bad(world)[case]
    before, audits = counts(world), AuditRow.objects.count()

    with pytest.raises(refusal):
        place(world, wanted)

    assert counts(world) == before
    assert AuditRow.objects.count() == audits


def test_a_closed_stall_takes_no_order(world: World) -> None:
    set_door(market=world.market, actor=SYSTEM, stall_id=world.fish.pk, door=Stall.Door.CLOSED)

    with pytest.raises(errors.StallClosed) as refused:
        place(world, wants((world.tofu, 1), (world.mackerel, 1)))

    assert refused.value.facts == {"stall": "순자네 수산"}


@pytest.mark.parametrize(
    ("state", "refusal"), [(Good.State.SOLD_OUT, errors.GoodSoldOut), (Good.State.HIDDEN, errors.GoodGone)]
)
def test_a_good_off_sale_cannot_be_ordered(world: World, state: Good.State, refusal: type[Refused]) -> None:
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, state=state)

    with pytest.raises(refusal):
        place(world, wants((world.tofu, 1)))


def test_the_price_of_a_placed_order_stays(world: World) -> None:
    placed = order(world, (world.tofu, 2))
    world.tofu.price_won = 9_000
    with in_market(world.market.pk):
        world.tofu.save(update_fields=["price_won"])
        line = Line.objects.get(part__order_id=placed.order_id)
    assert line.price_won == 2_000
