from __future__ import annotations

import pytest

from jangteo.domains.ledger.queries import balance_won
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.queries import parts_of_stall
from jangteo.domains.ordering.queries_moneys import moneys_to_take
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.ordering.states import PART_IS_AT_WORK
from jangteo.domains.ordering.tests.test_split_orders import LOCAL, ONNURI, PAPER, capture, columns, hand_over
from jangteo.domains.payments.models import GivebackLeg
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market, in_stall
from tests.world import World, order, takes_vouchers

pytestmark = pytest.mark.usefixtures("takes_card")


def to_take(world: World) -> list[tuple[str, int, bool]]:
    """Kind, won and whether the scale still decides, of every ticket of 순자네 수산."""
    with in_stall(world.market.pk, world.fish.pk):
        tickets = parts_of_stall(world.fish.pk, tuple(PART_IS_AT_WORK))
        found = moneys_to_take(world.fish.pk, tickets)
    return [(money.kind, money.left_won, money.is_about) for part in found.values() for money in part]


def test_a_stall_takes_what_was_said_and_nothing_of_other_stalls(world: World) -> None:
    takes_vouchers(world, world.fish)
    order(world, (world.mackerel, 1), (world.tofu, 1), moneys=(PAPER,))

    assert to_take(world) == [("onnuri_paper", 5_000, False), ("cash", 3_000, False)]


def test_what_goes_ahead_through_a_gateway_is_not_taken(world: World) -> None:
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), (world.tofu, 2), tender="card", moneys=(ONNURI,))
    capture(world, placed)

    assert to_take(world) == [("onnuri_digital", 8_000, False)]


def test_the_scale_makes_it_less_and_then_sure(world: World) -> None:
    takes_vouchers(world, world.fish)
    placed = order(world, (world.hairtail, 1), tender="card", moneys=(LOCAL,))
    capture(world, placed)
    assert to_take(world) == [("local_currency", 2_609, True)]

    with in_market(world.market.pk):
        part, line = StallPart.objects.get(), Line.objects.get()
    accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    weigh_line(market=world.market, actor=SYSTEM, line_id=line.pk, grams=380)
    ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    assert to_take(world) == [("local_currency", 2_478, False)]

    # What was shown is what is collected.
    hand_over_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    with in_market(world.market.pk):
        assert balance_won(f"stall:{world.fish.pk}:local_currency") == 2_478


def test_an_order_that_is_paid_at_the_stall_says_nothing_before(world: World) -> None:
    order(world, (world.mackerel, 1))

    assert to_take(world) == []


def test_a_card_at_the_stalls_own_terminal_goes_back_there(world: World) -> None:
    placed = order(world, (world.mackerel, 1))
    hand_over(world, placed, world.fish.pk, taken=TenderKind.CARD)
    with in_market(world.market.pk):
        line = Line.objects.get()

    wanted = WantedRefund({line.pk: None})
    refund_lines(market=world.market, actor=SYSTEM, order_id=placed.order_id, wanted=wanted, key="once")

    assert columns(placed, world) == {f"card:{world.fish.pk}": (8_000, "captured")}
    with in_market(world.market.pk):
        assert GivebackLeg.objects.get().state == "by_hand"
