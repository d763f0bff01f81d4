from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from jangteo.domains.ledger.queries import balance_won
from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.cashback import grant_for_order
from jangteo.domains.ordering.errors import BadMoney
from jangteo.domains.ordering.models import Line
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.ordering.splitting import purses_of
from jangteo.domains.ordering.tests.test_split_orders import capture, columns, hand_over, left
from jangteo.domains.ordering.wanted import PlacedOrder, WantedMoney
from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.fund_program import Funding, fund_program
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.models import Giveback, Refund
from jangteo.domains.payments.ports import GatewayState, Snapshot, VirtualAccount
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Rejected
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World, takes_vouchers, wants

pytestmark = pytest.mark.usefixtures("takes_card")
CITY, PURSE = WantedMoney("local_currency"), WantedMoney("points", "local")


@pytest.fixture
def customer(world: World) -> int:
    """A signed-in customer; the city's money gives a tenth back afterwards, out of 2,000 won."""
    takes_vouchers(world, world.fish, schemes={"onnuri": 1_000})
    policy = Policy(
        id="city", scheme="local", area="", starts=clock.today(), discount_bp=1_000, cashback=True, program="city"
    )
    add_policy(market=world.market, actor=SYSTEM, policy=policy, origin=Origin("test"))
    fund_program(market=world.market, actor=SYSTEM, funding=Funding("first", "city", 2_000))
    return register_customer(market=world.market, actor=SYSTEM, phone="01000002000").pk


def place(world: World, user_id: int | None, *moneys: WantedMoney, tender: str = "at_stall") -> PlacedOrder:
    wanted = wants((world.mackerel, 1), tender=tender, moneys=moneys)
    return place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()), user_id=user_id)


def grant(world: World, placed: PlacedOrder) -> object:
    with in_market(world.market.pk):
        return grant_for_order(OutboxRow.objects.get(key=f"cashback:{placed.ref}"))


def promo(world: World, user_id: int) -> int:
    with in_market(world.market.pk):
        return -balance_won(f"promo:{user_id}:local")


def test_an_order_that_is_over_brings_its_cashback_once(world: World, customer: int) -> None:
    placed = place(world, customer, CITY)
    hand_over(world, placed, world.fish.pk)

    assert [grant(world, placed) for _ in range(2)] == [Done(), Done()]

    assert promo(world, customer) == 800


def test_a_guest_gets_none(world: World, customer: int) -> None:
    placed = place(world, None, CITY)
    hand_over(world, placed, world.fish.pk)

    assert not OutboxRow.objects.filter(topic="cashback.grant").exists()


def test_an_empty_budget_gives_nothing_and_says_so(world: World, customer: int) -> None:
    for _ in range(3):
        placed = place(world, customer, CITY)
        hand_over(world, placed, world.fish.pk)
        ending = grant(world, placed)

    assert ending == Rejected("payments.budget_used_up")
    assert promo(world, customer) == 1_600


def test_cashback_pays_a_part_of_the_next_order(world: World, customer: int) -> None:
    first = place(world, customer, CITY)
    hand_over(world, first, world.fish.pk)
    grant(world, first)

    placed = place(world, customer, PURSE, tender="card")

    assert placed.pay_won == 7_200
    assert columns(placed, world) == {"points:local": (800, "planned"), "card": (7_200, "planned")}
    with in_market(world.market.pk):
        # What is held for this order cannot be used for another.
        assert purses_of(customer) == {}
    capture(world, placed)
    assert left(placed, world) == {"points:local": 800, "card": 7_200}
    assert promo(world, customer) == 0


def test_nobody_spends_what_is_not_theirs(world: World, customer: int) -> None:
    first = place(world, customer, CITY)
    hand_over(world, first, world.fish.pk)
    grant(world, first)

    for stranger in (None, register_customer(market=world.market, actor=SYSTEM, phone="01000003000").pk):
        with pytest.raises(BadMoney):
            place(world, stranger, PURSE, tender="card")


def test_what_a_stall_gives_back_by_hand_is_whole_and_spent_cashback_is_owed(world: World, customer: int) -> None:
    first = place(world, customer, CITY)
    hand_over(world, first, world.fish.pk)
    grant(world, first)
    capture(world, place(world, customer, PURSE, tender="card"))
    with in_market(world.market.pk):
        line = Line.objects.get(part__order_id=first.order_id)

    back = refund_lines(
        market=world.market, actor=SYSTEM, order_id=first.order_id, wanted=WantedRefund({line.pk: None}), key="all-back"
    )

    assert (back.won, back.customer_won) == (8_000, 8_000)
    with in_market(world.market.pk):
        assert -balance_won("subsidy:city") == 2_000
        assert balance_won(f"receivable:user:{customer}") == 800
        assert balance_won(f"order:{first.ref}") == 0
        assert Giveback.objects.count() == 1
        assert not Refund.objects.exists()


def test_unspent_cashback_goes_back_by_itself_and_the_refund_is_whole(world: World, customer: int) -> None:
    first = place(world, customer, CITY)
    hand_over(world, first, world.fish.pk)
    grant(world, first)
    with in_market(world.market.pk):
        line = Line.objects.get(part__order_id=first.order_id)

    back = refund_lines(
        market=world.market, actor=SYSTEM, order_id=first.order_id, wanted=WantedRefund({line.pk: 4_000}), key="half"
    )

    assert back.customer_won == 4_000
    assert promo(world, customer) == 400


def test_cashback_comes_back_when_the_bank_takes_the_deposit_back_for_good(world: World, customer: int) -> None:
    first = place(world, customer, CITY)
    hand_over(world, first, world.fish.pk)
    grant(world, first)
    wanted = replace(wants((world.mackerel, 1), tender="card", moneys=(PURSE,)), way="virtual_account")
    placed = place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()), user_id=customer)
    account = VirtualAccount("020", "12345678901234", "장터시장", clock.now() + timedelta(hours=3))
    waiting = Snapshot(
        "pk", placed.ref, GatewayState.WAITING_DEPOSIT, 7_200, 7_200, "가상계좌", None, "", (), account=account
    )
    for state in (GatewayState.WAITING_DEPOSIT, GatewayState.DONE, GatewayState.WAITING_DEPOSIT):
        settle_payment(market=world.market, actor=SYSTEM, snapshot=replace(waiting, state=state))
    assert promo(world, customer) == 0

    expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)

    assert promo(world, customer) == 800
    with in_market(world.market.pk):
        assert balance_won(f"order:{placed.ref}") == 0
        assert not Refund.objects.exists()


def test_what_was_used_this_month_counts_against_the_cap(world: World, customer: int) -> None:
    capped = Policy(
        id="cap", scheme="onnuri_paper", area="", starts=clock.today(), discount_bp=500, monthly_cap_won=9_000
    )
    add_policy(market=world.market, actor=SYSTEM, policy=capped, origin=Origin("test"))
    paper = WantedMoney("onnuri_paper")

    for _ in range(2):
        placed = place(world, customer, paper)

    assert columns(placed, world) == {
        f"onnuri_paper:{world.fish.pk}": (1_000, "promised"),
        f"cash:{world.fish.pk}": (7_000, "promised"),
    }
    assert columns(place(world, None, paper), world) == {f"onnuri_paper:{world.fish.pk}": (8_000, "promised")}
