from __future__ import annotations

from datetime import timedelta

import pytest

from jangteo.domains.counter.actions.make_pay_link import make_pay_link
from jangteo.domains.counter.actions.open_pay_link import open_pay_link
from jangteo.domains.counter.errors import NothingToPay, PayLinkDead, PayLinkUsed
from jangteo.domains.counter.models import PayLink
from jangteo.domains.counter.queries import living_pay_link, pay_link, what_for
from jangteo.domains.counter.rules import first_name
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.fail_payment import fail_payment
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.models import Payment, Tender
from jangteo.domains.stock.models import StockHold
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, NOON, World, make_world, order

pytestmark = pytest.mark.usefixtures("_card")


def unpaid(world: World) -> PlacedOrder:
    return order(world, (world.mackerel, 1), (world.tofu, 2), tender="card")


def linked(world: World, placed: PlacedOrder) -> PayLink:
    return make_pay_link(market=world.market, actor=GUEST, token=placed.token)


def opened(world: World, link: PayLink) -> PayLink:
    return open_pay_link(market=world.market, actor=GUEST, token=link.token)


def authorised(world: World, placed: PlacedOrder, key: str) -> None:
    note_authorisation(
        market=world.market, actor=GUEST, order_ref=placed.ref, payment_key=key, amount_won=placed.pay_won
    )


def test_a_link_says_who_asks_by_first_name_and_what_it_comes_to(world: World) -> None:
    placed = unpaid(world)

    link = linked(world, placed)

    assert (link.asker, link.amount_won) == ("하나", placed.pay_won)
    assert len(link.token) == 22
    with in_market(world.market.pk):
        found = pay_link(link.token)
        assert found is not None
        shown = what_for(found.order)
    assert ([stall.name for stall in shown.stalls], shown.things) == (["순자네 수산", "두부가게"], 2)


def test_the_goods_are_kept_as_long_as_the_link_lives(world: World) -> None:
    placed = unpaid(world)

    link = linked(world, placed)

    # The order is wanted in an hour, and a link never outlives that.
    assert link.expires_at == NOON + timedelta(hours=1)
    with in_market(world.market.pk):
        assert Payment.objects.get(order_ref=placed.ref).expires_at == link.expires_at
        (hold,) = StockHold.objects.filter(cause=f"order:{placed.ref}")
    assert hold.expires_at == link.expires_at


def test_a_link_is_as_short_as_other_money_of_the_order_is_held(world: World) -> None:
    placed = unpaid(world)
    with in_market(world.market.pk):
        Tender.objects.filter(order_ref=placed.ref).update(hold_key="held")
        payment = Payment.objects.get(order_ref=placed.ref)

    assert linked(world, placed).expires_at == payment.expires_at == NOON + timedelta(minutes=10)


def test_asking_again_gives_the_same_link_while_it_lives(world: World) -> None:
    placed = unpaid(world)
    first = linked(world, placed)

    assert linked(world, placed).token == first.token
    with clock.at(NOON + timedelta(hours=1, seconds=1)):
        second = linked(world, placed)
        with in_market(world.market.pk):
            living = living_pay_link(second.order)
    assert second.token != first.token
    assert living is not None
    assert living.token == second.token
    with pytest.raises(PayLinkDead), clock.at(NOON + timedelta(hours=1, seconds=1)):
        opened(world, first)


def test_a_closed_window_opens_again_until_somebody_has_paid(world: World) -> None:
    placed = unpaid(world)
    link = linked(world, placed)

    assert [opened(world, link).opened_at for _ in range(2)] == [NOON, NOON]
    authorised(world, placed, "friend")
    with pytest.raises(PayLinkUsed):
        opened(world, link)


def test_a_refused_card_leaves_the_link_alive(world: World) -> None:
    placed = unpaid(world)
    link = linked(world, placed)
    authorised(world, placed, "friend")

    fail_payment(market=world.market, actor=SYSTEM, order_ref=placed.ref, code="REJECT_CARD_COMPANY")

    assert opened(world, link).pk == link.pk


def test_a_link_dies_with_its_time_and_with_its_order(world: World) -> None:
    placed = unpaid(world)
    link = linked(world, placed)

    with clock.at(link.expires_at + timedelta(seconds=1)), pytest.raises(PayLinkDead):
        opened(world, link)
    cancel_order(market=world.market, actor=GUEST, order_id=placed.order_id)
    with pytest.raises(PayLinkDead):
        opened(world, link)
    with pytest.raises(PayLinkDead):
        open_pay_link(market=world.market, actor=GUEST, token="A" * 22)


def test_nothing_is_asked_for_that_waits_for_no_card(world: World) -> None:
    at_stall, paying = order(world, (world.tofu, 1)), unpaid(world)
    authorised(world, paying, "mine")
    elsewhere = make_world("namdong", "2")

    for placed in (at_stall, paying):
        with pytest.raises(NothingToPay):
            linked(world, placed)
    with pytest.raises(NothingToPay):
        make_pay_link(market=elsewhere.market, actor=GUEST, token=unpaid(world).token)
    other = unpaid(world)
    with pytest.raises(NothingToPay):
        make_pay_link(market=world.market, actor=GUEST, token=other.token, order_ref=unpaid(world).ref)


@pytest.mark.parametrize(
    ("name", "called"),
    [("김하나", "하나"), ("남궁하나", "궁하나"), ("하나", "하나"), ("Jane Doe", "Jane"), ("  ", ""), ("김 하나", "김")],
)
def test_people_are_called_by_what_friends_say(name: str, called: str) -> None:
    assert first_name(name) == called
