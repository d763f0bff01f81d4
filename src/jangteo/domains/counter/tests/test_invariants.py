from __future__ import annotations

import pytest

from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.undo_sale_refund import undo_sale_refund
from jangteo.domains.counter.invariants import COUNTER
from jangteo.domains.counter.models import CounterSale, SaleRefund
from jangteo.domains.counter.tests.sales import begun, card_paid, given_back, opened, settled, snapshot, taken_in
from jangteo.domains.ledger.actions.post_entry import NewEntry
from jangteo.domains.ledger.invariants import Breach
from jangteo.domains.payments.ports import Cancel
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.breaking import post
from tests.world import World

pytestmark = pytest.mark.usefixtures("_card")


def breaches() -> dict[str, list[Breach]]:
    return {one.name: one.breaches() for one in COUNTER}


def every_kind(world: World) -> CounterSale:
    """A sale in every state; the one by card that was paid."""
    opened(world)
    begun(world, "cash")
    for received in (True, False):
        answer_claim(market=world.market, actor=SYSTEM, sale_id=begun(world, "cash").pk, received=received)
    settled(world, snapshot(begun(world, "card"), total=100))
    back = card_paid(world)
    given_back(world, back)
    settled(world, snapshot(back, cancels=(Cancel("c1", 12_000, 12_000),)))
    given_back(world, card_paid(world))
    given_back(world, card_paid(world), 5_000)
    for won in (2_000, None):
        given_back(world, taken_in(world), won)
    undo_sale_refund(market=world.market, actor=SYSTEM, refund_id=given_back(world, taken_in(world), 1_000).pk)
    return card_paid(world)


def test_they_hold_for_sales_in_every_state(world: World) -> None:
    every_kind(world)

    assert breaches() == {"I6": [], "I7": [], "I9": [], "I10": []}
    assert [one.checked() for one in COUNTER] == [6, 12, 5, 0]


def test_a_sale_that_says_other_than_the_book_is_found(world: World) -> None:
    paid = every_kind(world)
    with in_market(world.market.pk):
        CounterSale.objects.filter(pk=paid.pk).update(state="refunded")
        denied = CounterSale.objects.get(state="denied")
        CounterSale.objects.filter(pk=denied.pk).update(state="paid")

    found = breaches()["I9"]

    assert Breach(f"sale:{paid.pk}", "0", "12000") in found
    assert {breach.subject for breach in found} == {f"sale:{paid.pk}", f"sale:{denied.pk}"}


def test_a_refund_that_the_sale_does_not_know_of_is_found(world: World) -> None:
    every_kind(world)
    sale = taken_in(world)
    row = given_back(world, sale, 3_000)
    with in_market(world.market.pk):
        SaleRefund.objects.filter(pk=row.pk).update(amount_won=4_000)

    assert breaches() == {"I6": [Breach(f"sale:{sale.pk}", "4000", "3000")], "I7": [], "I9": [], "I10": []}


def test_money_that_stays_with_a_sale_that_is_over_is_found(world: World) -> None:
    paid = every_kind(world)
    account = f"order:{paid.ref}"

    post(world, NewEntry("left", "correction", account, {"goodwill:test": 7, account: -7}))

    assert breaches() == {"I6": [], "I7": [Breach(account, "0", "7")], "I9": [], "I10": []}
