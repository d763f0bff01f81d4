from __future__ import annotations

import pytest

from jangteo.domains.ledger.queries import balance_won, balances_won
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.refunding import WantedRefund, left_of_lines, refund_quote
from jangteo.domains.ordering.tests.test_split_orders import capture, hand_over
from jangteo.domains.ordering.wanted import PlacedOrder, WantedMoney
from jangteo.domains.payments.models import Giveback, GivebackLeg, Refund
from jangteo.domains.payments.rules.refunds import Precedence
from jangteo.domains.payments.rules.refusals import RefundOverLeft
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market, in_stall
from tests.world import World, order, takes_vouchers

pytestmark = pytest.mark.usefixtures("takes_card")


def sold(world: World) -> tuple[PlacedOrder, dict[str, int]]:
    """Mackerel paid with 3,000 of the city's money and by card, tofu by card, both handed over; line ids by name."""
    takes_vouchers(world, world.fish)
    city = WantedMoney("local_currency", won=3_000)
    placed = order(world, (world.mackerel, 1), (world.tofu, 1), tender="card", moneys=(city,))
    capture(world, placed)
    for stall in (world.fish, world.tofu_stall):
        hand_over(world, placed, stall.pk)
    with in_market(world.market.pk):
        return placed, {line.name: line.pk for line in Line.objects.filter(part__order_id=placed.order_id)}


def refund(world: World, placed: PlacedOrder, wanted: WantedRefund, key: str = "once-only") -> Giveback:
    return refund_lines(market=world.market, actor=SYSTEM, order_id=placed.order_id, wanted=wanted, key=key)


def test_a_decided_refund_takes_from_the_stall_what_each_money_paid(world: World) -> None:
    placed, lines = sold(world)

    for _ in range(2):
        back = refund(world, placed, WantedRefund({lines["고등어"]: 4_000}))

    assert (back.won, back.customer_won) == (4_000, 4_000)
    with in_market(world.market.pk):
        assert [row.amount_won for row in Refund.objects.all()] == [2_500]
        assert {leg.tender.kind: (leg.won, leg.state) for leg in GivebackLeg.objects.select_related("tender")} == {
            "local_currency": (1_500, "by_hand"),
            "card": (2_500, "sent"),
        }
        fish = f"stall:{world.fish.pk}"
        assert balances_won(f"{fish}:") == {
            f"{fish}:local_currency": 1_500,
            f"{fish}:sales": -1_500,
            f"{fish}:payable": -2_500,
        }
        # It waits there until the gateway has sent it.
        assert balance_won(f"order:{placed.ref}") == -2_500
        assert left_of_lines(Order.objects.get(pk=placed.order_id)) == {lines["고등어"]: 4_000, lines["손두부"]: 2_000}


def test_the_quote_is_what_happens(world: World) -> None:
    placed, lines = sold(world)
    wanted = WantedRefund({lines["고등어"]: 4_000}, Precedence.CASH_LIKE_FIRST)
    with in_market(world.market.pk):
        quote = refund_quote(Order.objects.get(pk=placed.order_id), wanted)

    back = refund(world, placed, wanted)

    with in_market(world.market.pk):
        done = {leg.tender.key: leg.won for leg in GivebackLeg.objects.filter(giveback=back).select_related("tender")}
    assert {leg.tender: leg.won for leg in quote.legs} == done == {"card": 4_000}


def test_more_than_is_left_is_refused_and_changes_nothing(world: World) -> None:
    placed, lines = sold(world)
    refund(world, placed, WantedRefund({lines["고등어"]: 4_000}))

    with pytest.raises(RefundOverLeft):
        refund(world, placed, WantedRefund({lines["고등어"]: 4_001}), key="another-key")
    with pytest.raises(errors.NothingToGiveBack):
        refund(world, placed, WantedRefund({}), key="no-line-at-all")

    with in_market(world.market.pk):
        assert Giveback.objects.count() == 1


def test_a_stall_gives_back_its_own_lines_only(world: World) -> None:
    placed, lines = sold(world)

    with in_stall(world.market.pk, world.fish.pk):
        with pytest.raises(errors.NothingToGiveBack):
            refund(world, placed, WantedRefund({lines["손두부"]: None}))
        back = refund(world, placed, WantedRefund({lines["고등어"]: None}))

    assert back.won == 8_000


def test_goods_that_were_not_handed_over_are_refused_or_cancelled_instead(world: World) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    capture(world, placed)
    with in_market(world.market.pk):
        line = Line.objects.get(part__order_id=placed.order_id)

    with pytest.raises(errors.NothingToGiveBack):
        refund(world, placed, WantedRefund({line.pk: None}))
