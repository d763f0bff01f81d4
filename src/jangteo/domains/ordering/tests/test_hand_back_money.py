from __future__ import annotations

import pytest

from jangteo.domains.ordering.actions.hand_back_money import hand_back_money
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.ordering.tests.test_split_orders import LOCAL, capture, hand_over
from jangteo.domains.payments.models import GivebackLeg
from jangteo.domains.payments.queries_moneys import legs_by_hand
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow, LiveEvent
from jangteo.kernel.tenancy import in_market, in_stall
from tests.world import World, order, takes_vouchers

pytestmark = pytest.mark.usefixtures("takes_card")


def legs(world: World) -> dict[str, GivebackLeg]:
    """A mackerel given back that was paid with the city's money at the stall, and by card."""
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), tender="card", moneys=(LOCAL,))
    capture(world, placed)
    hand_over(world, placed, world.fish.pk)
    with in_market(world.market.pk):
        line = Line.objects.get(part__order_id=placed.order_id)
    wanted = WantedRefund({line.pk: 4_000})
    refund_lines(market=world.market, actor=SYSTEM, order_id=placed.order_id, wanted=wanted, key="once")
    with in_market(world.market.pk):
        return {leg.tender.kind: leg for leg in GivebackLeg.objects.select_related("tender", "giveback")}


def test_what_was_given_across_the_counter_is_done_once(world: World) -> None:
    leg = legs(world)["local_currency"]
    with in_market(world.market.pk):
        assert [one.pk for one in legs_by_hand(world.fish.pk)] == [leg.pk]

    for _ in range(2):
        assert hand_back_money(market=world.market, actor=SYSTEM, leg_id=leg.pk).state == "done"

    with in_market(world.market.pk):
        assert legs_by_hand(world.fish.pk) == []
        rows = AuditRow.objects.filter(code="giveback.handed")
        assert [(row.subject, row.facts) for row in rows] == [(f"stall:{world.fish.pk}", {"amount_won": 1_500})]


def test_the_open_pages_of_the_stall_and_of_the_customer_are_told_once(world: World) -> None:
    leg = legs(world)["local_currency"]
    with in_market(world.market.pk):
        order_id = Order.objects.get(ref=leg.giveback.order_ref).pk
        before = LiveEvent.objects.latest("pk").pk

    for _ in range(2):
        hand_back_money(market=world.market, actor=SYSTEM, leg_id=leg.pk)

    told = LiveEvent.objects.filter(pk__gt=before).order_by("pk").values_list("channel", "kind", "payload")
    assert list(told) == [(f"stall:{world.fish.pk}", "refunded", {}), (f"order:{order_id}", "refunded", {})]


def test_another_stall_does_not_give_it_back(world: World) -> None:
    leg = legs(world)["local_currency"]

    with in_stall(world.market.pk, world.stranger.pk), pytest.raises(GivebackLeg.DoesNotExist):
        hand_back_money(market=world.market, actor=SYSTEM, leg_id=leg.pk)
    with in_stall(world.market.pk, world.fish.pk):
        assert hand_back_money(market=world.market, actor=SYSTEM, leg_id=leg.pk).state == "done"


def test_what_a_gateway_sends_back_is_not_given_by_hand(world: World) -> None:
    leg = legs(world)["card"]

    with pytest.raises(GivebackLeg.DoesNotExist):
        hand_back_money(market=world.market, actor=SYSTEM, leg_id=leg.pk)
