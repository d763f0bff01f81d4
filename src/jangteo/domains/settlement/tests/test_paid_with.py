from __future__ import annotations

import pytest

from jangteo.domains.ordering.tests.test_split_orders import LOCAL, capture, hand_over
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.settlement.bills import Share
from jangteo.domains.settlement.sales import paid_with
from jangteo.kernel.tenancy import in_market
from tests.world import World, order, takes_vouchers

pytestmark = pytest.mark.usefixtures("takes_card")


def test_a_card_on_the_stalls_own_terminal_is_not_the_gateways_money(world: World) -> None:
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), tender="card", moneys=(LOCAL,))
    capture(world, placed)

    hand_over(world, placed, world.fish.pk, taken=TenderKind.CARD)

    cause = f"order:{placed.ref}"
    with in_market(world.market.pk):
        assert paid_with({cause})[cause, world.fish.pk] == {Share("card", "clear:toss"): 5_000}
