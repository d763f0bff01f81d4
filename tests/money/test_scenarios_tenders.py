"""A basket of three stalls paid with a coupon of two funders, points and a card, and one stall's line given back."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from jangteo.domains.catalog.models import Good
from jangteo.domains.ledger.models import Hold
from jangteo.domains.ledger.queries import balance_won
from jangteo.domains.ordering.actions.give_back_lines import give_back_lines
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.payments.models import Cell, Giveback, Payment, Refund, Tender
from jangteo.domains.payments.paid_orders import paid_order
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.money.three_moneys import (
    CITY,
    POINTS,
    POINTS_WON,
    STALLS,
    hand_everything_over,
    pay_with_three,
    working,
)
from tests.world import World, order


def paid_with_three(world: World, *goods: tuple[Good, int]) -> Order:
    return pay_with_three(world.market, order(world, *goods).order_id)


def row_of(world: World, found: Order, line: Line) -> dict[str, int]:
    with in_market(world.market.pk):
        paid = paid_order(found.ref)
    assert paid is not None
    return paid.paid.left.row(str(line.pk))


def line_of(world: World, found: Order, good_id: int) -> Line:
    with in_market(world.market.pk):
        return Line.objects.get(part__order=found, good_id=good_id)


def test_s12_a_returned_line_goes_back_to_each_money_exactly_and_touches_no_other_stall(world: World) -> None:
    found = paid_with_three(world, (world.mackerel, 2), (world.tofu, 3), (world.cabbage, 1))
    tofu = line_of(world, found, world.tofu.pk)
    others = [line_of(world, found, good.pk) for good in (world.mackerel, world.cabbage)]
    row, before = row_of(world, found, tofu), [row_of(world, found, line) for line in others]

    with working(world.market):
        back = give_back_lines(order=found, wons={tofu.pk: None}, reason="tofu_bad", actor=SYSTEM)

    assert back is not None
    assert (back.won, back.customer_won) == (6_000, row["points"] + row["card"])
    assert sum(row.values()) == 6_000
    assert row_of(world, found, tofu) == dict.fromkeys(row, 0)
    assert [row_of(world, found, line) for line in others] == before
    with in_market(world.market.pk):
        [refund] = Refund.objects.all()
        assert (refund.amount_won, refund.tax_free_won) == (row["card"], 0)
        assert balance_won(CITY) == -(100_000 - 3_000 + row["coupon#city"])
        assert balance_won(POINTS) == -(2_000 - POINTS_WON + row["points"])
        assert balance_won(STALLS) == 2_000 - row["coupon#stalls"]
        # What the gateway still has to give back is all that is between the order and what is left of it.
        assert balance_won(f"order:{found.ref}") == -(25_500 - 6_000 + row["card"])


def test_the_same_reason_gives_back_once(world: World) -> None:
    found = paid_with_three(world, (world.mackerel, 2), (world.tofu, 3))
    tofu = line_of(world, found, world.tofu.pk)

    for _ in range(2):
        with working(world.market):
            give_back_lines(order=found, wons={tofu.pk: 1_000}, reason="tofu_bad", actor=SYSTEM)

    with in_market(world.market.pk):
        assert Giveback.objects.count() == 1
        assert sum(row_of(world, found, tofu).values()) == 5_000


def test_held_points_are_posted_with_the_capture_and_the_holds_are_over(world: World) -> None:
    found = paid_with_three(world, (world.mackerel, 2), (world.tofu, 3))

    with in_market(world.market.pk):
        assert {hold.account: hold.state for hold in Hold.objects.all()} == {CITY: "posted", POINTS: "posted"}
        assert set(Tender.objects.values_list("state", flat=True)) == {"captured"}
        assert balance_won(f"order:{found.ref}") == -22_000
        assert Payment.objects.get().captured_won == 22_000 - 6_234


def test_the_database_refuses_a_cell_below_zero_and_any_change(world: World) -> None:
    found = paid_with_three(world, (world.mackerel, 2), (world.tofu, 3))
    with in_market(world.market.pk):
        cell = Cell.objects.filter(tender__order_ref=found.ref).order_by("pk")[0]
        step = Giveback.objects.create(
            market=world.market, order_ref=found.ref, reason="x", won=1, customer_won=1, actor_ref="x", at=clock.now()
        )
        cell.pk, cell.giveback, cell.won = None, step, -cell.won - 1

    with pytest.raises(IntegrityError, match="1 won below zero"), working(world.market):
        cell.save(force_insert=True)
    with pytest.raises(IntegrityError, match="append-only"), working(world.market):
        Cell.objects.update(won=1)


def test_giving_back_one_of_five_lines_of_three_moneys_takes_few_statements(world: World) -> None:
    found = paid_with_three(
        world, (world.mackerel, 1), (world.tofu, 1), (world.cabbage, 1), (world.kimchi, 1), (world.hairtail, 1)
    )
    tofu = line_of(world, found, world.tofu.pk)

    with working(world.market), CaptureQueriesContext(connection) as captured:
        give_back_lines(order=found, wons={tofu.pk: None}, reason="tofu_bad", actor=SYSTEM)

    assert len(captured) <= 25, [query["sql"][:80] for query in captured]


def test_refunding_a_whole_order_of_five_lines_and_three_moneys_takes_few_statements(world: World) -> None:
    found = paid_with_three(
        world, (world.mackerel, 1), (world.tofu, 1), (world.cabbage, 1), (world.kimchi, 1), (world.hairtail, 1)
    )
    hand_everything_over(world.market, found)
    with in_market(world.market.pk):
        wanted = WantedRefund(dict.fromkeys(Line.objects.values_list("pk", flat=True)))

    with CaptureQueriesContext(connection) as captured:
        refund_lines(market=world.market, actor=SYSTEM, order_id=found.pk, wanted=wanted, key="all-of-it")

    assert len(captured) <= 25, [query["sql"][:80] for query in captured]
