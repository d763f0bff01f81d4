from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.models import Line
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.ordering.tests.test_coupon_orders import CITY, STALLS, THOUSAND, book, made, place
from jangteo.domains.ordering.tests.test_split_orders import capture, hand_over, left
from jangteo.domains.payments.rules.refunds import Precedence
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.promotions.drafts import NewCoupon
from jangteo.domains.promotions.rules import Off
from jangteo.domains.settlement.billing import open_bills
from jangteo.domains.settlement.rules import Statement
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

pytestmark = pytest.mark.usefixtures("takes_card")


@pytest.fixture
def customer(world: World) -> int:
    return register_customer(market=world.market, actor=SYSTEM, phone="01000002000").pk


def statement(world: World, stall_id: int) -> Statement:
    with in_market(world.market.pk):
        return open_bills(world.market)[stall_id].statement


def give(world: World, order_id: int, won: int | None, first: Precedence = Precedence.PRO_RATA) -> None:
    with in_market(world.market.pk):
        line = Line.objects.get(part__order_id=order_id)
    key, wanted = str(uuid.uuid4()), WantedRefund({line.pk: won}, first)
    refund_lines(market=world.market, actor=SYSTEM, order_id=order_id, wanted=wanted, key=key)


@pytest.mark.parametrize("first", list(Precedence))
def test_who_bears_it_comes_out_in_the_statement_to_the_won(world: World, customer: int, first: Precedence) -> None:
    coupon = made(world, NewCoupon(name="칠", off=Off(won=777), shares=(CITY, STALLS), budget_won=10_000))
    placed = place(world, customer, coupon, (world.hairtail, 1))
    capture(world, placed)
    hand_over(world, placed, world.fish.pk)
    for won in (1, 333, 1_000):
        give(world, placed.order_id, won, first)

    told = statement(world, world.fish.pk)

    kept = left(placed, world)
    bearers = {
        "stall": kept[f"coupon:{coupon.pk}#stall:{world.fish.pk}"],
        f"subsidy:municipality:{coupon.pk}": kept[f"coupon:{coupon.pk}#municipality"],
    }
    assert told.coupons == bearers
    assert told.payout_won + told.deductions_won == sum(kept.values()) - told.own_coupons_won
    assert book(world, f"discount:stall:{world.fish.pk}") == told.own_coupons_won


def test_a_stalls_own_coupon_comes_off_what_it_gets(world: World, customer: int) -> None:
    coupon = made(world, replace(THOUSAND, stall_id=world.fish.pk))
    placed = place(world, customer, coupon)
    capture(world, placed)
    hand_over(world, placed, world.fish.pk)

    told = statement(world, world.fish.pk)

    assert (told.sales_won, told.own_coupons_won, told.payout_won) == (8_000, 1_000, 7_000)
    give(world, placed.order_id, None)
    after = statement(world, world.fish.pk)
    assert (after.own_coupons_won, after.payout_won) == (0, 0)
