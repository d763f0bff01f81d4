from __future__ import annotations

from itertools import product

import pytest

from jangteo.domains.ordering.actions.move import move_order, move_parts
from jangteo.domains.ordering.errors import MoveNotAllowed
from jangteo.domains.ordering.models import Move, Order, StallPart
from jangteo.domains.ordering.states import ORDER_TRANSITIONS, PART_TRANSITIONS, OrderState, PartState
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, order


def test_every_state_has_its_row() -> None:
    assert set(ORDER_TRANSITIONS) == set(OrderState)
    assert set(PART_TRANSITIONS) == set(PartState)


@pytest.mark.parametrize(("was", "became"), list(product(OrderState, repeat=2)))
def test_an_order_goes_only_the_ways_of_the_table(world: World, was: OrderState, became: OrderState) -> None:
    with in_market(world.market.pk):
        placed = Order.objects.get(pk=order(world, (world.tofu, 1)).order_id)
        placed.state = was
        allowed = became in ORDER_TRANSITIONS[was]
        before = Move.objects.count()

        if not allowed:
            with pytest.raises(MoveNotAllowed):
                move_order(order=placed, to=became, actor=SYSTEM)
        else:
            move_order(order=placed, to=became, actor=SYSTEM)

        assert placed.state == (became if allowed else was)
        assert Move.objects.count() == before + allowed


@pytest.mark.parametrize(("was", "became"), list(product(PartState, repeat=2)))
def test_a_part_goes_only_the_ways_of_the_table(world: World, was: PartState, became: PartState) -> None:
    with in_market(world.market.pk):
        part = StallPart.objects.get(order_id=order(world, (world.tofu, 1)).order_id)
        part.state = was
        allowed = became in PART_TRANSITIONS[was]
        before = Move.objects.count()

        if not allowed:
            with pytest.raises(MoveNotAllowed):
                move_parts(parts=[part], to=became, actor=SYSTEM)
        else:
            move_parts(parts=[part], to=became, actor=SYSTEM)

        assert part.state == (became if allowed else was)
        assert Move.objects.count() == before + allowed
