from __future__ import annotations

import pytest

from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.refund_sale import refund_sale
from jangteo.domains.counter.invariants import COUNTER
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.tests.sales import begun, card_paid, opened, settled, snapshot
from jangteo.domains.ledger.invariants import Breach
from jangteo.domains.payments.ports import Cancel
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
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
    refund_sale(market=world.market, actor=SYSTEM, sale_id=back.pk)
    settled(world, snapshot(back, cancels=(Cancel("c1", 12_000, 12_000),)))
    refund_sale(market=world.market, actor=SYSTEM, sale_id=card_paid(world).pk)
    return card_paid(world)


def test_they_hold_for_sales_in_every_state(world: World) -> None:
    every_kind(world)

    assert breaches() == {"I7": [], "I9": []}
    assert [one.checked() for one in COUNTER] == [8, 2]


def test_a_sale_that_says_other_than_the_book_is_found(world: World) -> None:
    paid = every_kind(world)
    with in_market(world.market.pk):
        CounterSale.objects.filter(pk=paid.pk).update(state="refunded")
        CounterSale.objects.filter(state="denied").update(state="paid")
        denied = CounterSale.objects.filter(state="paid").latest("pk")

    found = breaches()["I9"]

    assert Breach(f"sale:{paid.pk}", "0", "12000") in found
    assert {breach.subject for breach in found} == {f"sale:{paid.pk}", f"sale:{denied.pk}"}
