from __future__ import annotations

import pytest

from jangteo.domains.ledger.queries import balance_won
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.undo_part import undo_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, Move, Order, StallPart
from jangteo.domains.ordering.queries import OrderView, order_by_token, part_of_stall, parts_of_stall, sold_won
from jangteo.domains.ordering.states import PartState
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.stock.models import StockItem
from jangteo.kernel import clock
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.tenancy import in_market, in_stall
from tests.world import GUEST, World, order

STALL = Actor(ActorKind.STALL, "device:1")


def part_id(world: World, placed: PlacedOrder, stall_id: int) -> int:
    with in_market(world.market.pk):
        return StallPart.objects.get(order_id=placed.order_id, stall_id=stall_id).pk


def line_id(world: World, placed: PlacedOrder, good_id: int) -> int:
    with in_market(world.market.pk):
        return Line.objects.get(part__order_id=placed.order_id, good_id=good_id).pk


def view(world: World, placed: PlacedOrder) -> OrderView:
    with in_market(world.market.pk):
        found = order_by_token(placed.token)
    assert found is not None
    return found


def mackerel_left(world: World) -> int:
    with in_market(world.market.pk):
        return StockItem.objects.get(good=world.mackerel).on_hand


def test_a_part_is_accepted_once_however_often_it_is_tapped(world: World) -> None:
    part = part_id(world, order(world, (world.mackerel, 1)), world.fish.pk)

    for _ in range(2):
        accepted = accept_part(market=world.market, actor=STALL, part_id=part)

    assert accepted.state == "accepted"
    with in_market(world.market.pk):
        assert Move.objects.filter(part_id=part, became="accepted").count() == 1


def test_weight_decides_the_price_and_the_customer_sees_it(world: World) -> None:
    placed = order(world, (world.hairtail, 1), (world.tofu, 1))
    accept_part(market=world.market, actor=STALL, part_id=part_id(world, placed, world.fish.pk))
    before = view(world, placed)

    weigh_line(market=world.market, actor=STALL, line_id=line_id(world, placed, world.hairtail.pk), grams=437)

    after = view(world, placed)
    assert (before.due_won, before.most_won, before.is_final) == (12_000, 13_500, False)
    assert (after.due_won, after.most_won, after.is_final) == (12_920, 12_920, True)


def test_above_the_ceiling_the_stall_is_told_what_fits(world: World) -> None:
    placed = order(world, (world.hairtail, 1))
    accept_part(market=world.market, actor=STALL, part_id=part_id(world, placed, world.fish.pk))
    line = line_id(world, placed, world.hairtail.pk)

    with pytest.raises(errors.OverCeiling) as over:
        weigh_line(market=world.market, actor=STALL, line_id=line, grams=500)
    unchanged = view(world, placed).due_won
    weigh_line(market=world.market, actor=STALL, line_id=line, grams=int(over.value.facts["most_grams"]))

    assert over.value.facts == {"name": "갈치", "amount_won": 12_500, "ceiling_won": 11_500, "most_grams": 460}
    assert (unchanged, view(world, placed).due_won) == (10_000, 11_500)


def test_the_stall_may_give_the_rest_for_nothing(world: World) -> None:
    placed = order(world, (world.hairtail, 1))
    accept_part(market=world.market, actor=STALL, part_id=part_id(world, placed, world.fish.pk))
    line = line_id(world, placed, world.hairtail.pk)

    weigh_line(market=world.market, actor=STALL, line_id=line, grams=500, cap=True)

    shown = view(world, placed).parts[0].lines[0]
    assert (shown.final_grams, shown.final_won, shown.capped) == (500, 11_500, True)


@pytest.mark.parametrize("grams", [0, -5, 200_001])
def test_an_impossible_weight_is_refused(world: World, grams: int) -> None:
    placed = order(world, (world.hairtail, 1))
    accept_part(market=world.market, actor=STALL, part_id=part_id(world, placed, world.fish.pk))

    with pytest.raises(errors.BadGrams):
        weigh_line(market=world.market, actor=STALL, line_id=line_id(world, placed, world.hairtail.pk), grams=grams)


def test_pieces_are_not_weighed(world: World) -> None:
    placed = order(world, (world.mackerel, 1))
    accept_part(market=world.market, actor=STALL, part_id=part_id(world, placed, world.fish.pk))

    with pytest.raises(errors.NotAWeighedLine):
        weigh_line(market=world.market, actor=STALL, line_id=line_id(world, placed, world.mackerel.pk), grams=300)


def test_nothing_is_weighed_before_it_is_accepted(world: World) -> None:
    placed = order(world, (world.hairtail, 1))

    with pytest.raises(errors.MoveNotAllowed):
        weigh_line(market=world.market, actor=STALL, line_id=line_id(world, placed, world.hairtail.pk), grams=300)


def test_an_unweighed_part_is_not_ready(world: World) -> None:
    placed = order(world, (world.hairtail, 1))
    part = part_id(world, placed, world.fish.pk)
    accept_part(market=world.market, actor=STALL, part_id=part)

    with pytest.raises(errors.NotWeighed) as unweighed:
        ready_part(market=world.market, actor=STALL, part_id=part)

    assert unweighed.value.facts == {"name": "갈치"}


def test_the_last_hand_over_closes_the_order_and_books_each_stall(world: World) -> None:
    placed = order(world, (world.mackerel, 2), (world.tofu, 1))
    for stall in (world.fish, world.tofu_stall):
        part = part_id(world, placed, stall.pk)
        accept_part(market=world.market, actor=STALL, part_id=part)
        ready_part(market=world.market, actor=STALL, part_id=part)
        hand_over_part(market=world.market, actor=STALL, part_id=part)
        hand_over_part(market=world.market, actor=STALL, part_id=part)

    with in_market(world.market.pk):
        assert Order.objects.get(pk=placed.order_id).state == "closed"
        assert balance_won(f"stall:{world.fish.pk}:till") == 16_000
        assert balance_won(f"stall:{world.fish.pk}:sales") == -16_000
        assert balance_won(f"stall:{world.tofu_stall.pk}:till") == 2_000
        start, end = clock.day_bounds(clock.today())
        assert sold_won(world.fish.pk, start, end) == 16_000


def test_a_refused_part_gives_its_goods_back_and_leaves_the_rest(world: World) -> None:
    placed = order(world, (world.mackerel, 2), (world.tofu, 1))
    part = part_id(world, placed, world.fish.pk)

    for _ in range(2):
        refuse_part(market=world.market, actor=STALL, part_id=part, reason=StallPart.RefuseReason.SOLD_OUT)

    shown = view(world, placed)
    assert mackerel_left(world) == 5
    assert [p.state for p in shown.parts] == ["refused", "new"]
    assert (shown.due_won, shown.order.state) == (2_000, "placed")


def test_an_order_that_every_stall_refuses_is_cancelled(world: World) -> None:
    placed = order(world, (world.mackerel, 1), (world.tofu, 1))

    for stall in (world.fish, world.tofu_stall):
        refuse_part(
            market=world.market,
            actor=STALL,
            part_id=part_id(world, placed, stall.pk),
            reason=StallPart.RefuseReason.CLOSING,
        )

    assert view(world, placed).order.state == "cancelled"


def test_closing_an_order_looks_past_the_stalls_own_scope(world: World) -> None:
    placed = order(world, (world.mackerel, 1), (world.tofu, 1))
    part = part_id(world, placed, world.fish.pk)

    with in_stall(world.market.pk, world.fish.pk):
        accept_part(market=world.market, actor=STALL, part_id=part)
        ready_part(market=world.market, actor=STALL, part_id=part)
        hand_over_part(market=world.market, actor=STALL, part_id=part)

    assert view(world, placed).order.state == "placed"


def test_another_stall_cannot_touch_a_part(world: World) -> None:
    placed = order(world, (world.mackerel, 1), (world.hairtail, 1))
    part, line = part_id(world, placed, world.fish.pk), line_id(world, placed, world.hairtail.pk)

    with in_stall(world.market.pk, world.stranger.pk):
        for move in (accept_part, ready_part, hand_over_part, undo_part):
            with pytest.raises(StallPart.DoesNotExist):
                move(market=world.market, actor=STALL, part_id=part)
        with pytest.raises(StallPart.DoesNotExist):
            refuse_part(market=world.market, actor=STALL, part_id=part, reason=StallPart.RefuseReason.TOO_BUSY)
        with pytest.raises(Line.DoesNotExist):
            weigh_line(market=world.market, actor=STALL, line_id=line, grams=300)
        with pytest.raises(StallPart.DoesNotExist):
            part_of_stall(part)

    assert view(world, placed).parts[0].state == "new"


def test_a_tap_too_many_can_be_taken_back(world: World) -> None:
    part = part_id(world, order(world, (world.mackerel, 1)), world.fish.pk)
    accept_part(market=world.market, actor=STALL, part_id=part)
    ready_part(market=world.market, actor=STALL, part_id=part)

    states = [undo_part(market=world.market, actor=STALL, part_id=part).state for _ in range(2)]

    assert states == ["accepted", "new"]
    with pytest.raises(errors.MoveNotAllowed):
        undo_part(market=world.market, actor=STALL, part_id=part)


def test_a_customer_cancels_until_a_stall_begins(world: World) -> None:
    first, second = order(world, (world.mackerel, 2)), order(world, (world.mackerel, 1))
    accept_part(market=world.market, actor=STALL, part_id=part_id(world, second, world.fish.pk))

    for _ in range(2):
        cancel_order(market=world.market, actor=GUEST, order_id=first.order_id)
    with pytest.raises(errors.TooLateToCancel):
        cancel_order(market=world.market, actor=GUEST, order_id=second.order_id)

    assert view(world, first).order.state == "cancelled"
    assert view(world, second).order.state == "placed"
    assert mackerel_left(world) == 4


def test_a_stall_sees_its_tickets_oldest_first(world: World) -> None:
    placed = [order(world, (world.mackerel, 1), (world.tofu, 1)) for _ in range(2)]

    with in_stall(world.market.pk, world.fish.pk):
        tickets = parts_of_stall(world.fish.pk, [PartState.NEW])

    assert [found.number for found, _ in tickets] == [p.number for p in placed]
    assert [[line.name for line in part.lines] for _, part in tickets] == [["고등어"], ["고등어"]]
