"""What becomes of orders that nobody could be given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.end_ungiven import end_ungiven
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.errors import MoveNotAllowed, NotPaidAhead
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.models import Refund
from jangteo.domains.stock.queries import left_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind, NeverForAnother
from jangteo.kernel.tenancy import in_market
from tests.breaking import broken
from tests.brought import bring, order_row, parts, pay, seat, wants_home
from tests.world import NOON, World, delivers, make_world

pytestmark = pytest.mark.usefixtures("takes_card")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    delivers(world)
    return world


def standing_ready(world: World, *lines: tuple[Good, int], tender: str = "card") -> PlacedOrder:
    """Brought home by the next wave, every stall ready."""
    placed = bring(world, wants_home(world, *lines, tender=tender))
    if tender == "card":
        pay(world, placed)
    for part in parts(world, placed):
        if not part.is_fee:
            accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
            ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    return placed


def ended(world: World, placed: PlacedOrder, *, money_back: bool) -> Order:
    return end_ungiven(market=world.market, actor=SYSTEM, order_id=placed.order_id, money_back=money_back)


def states(world: World, placed: PlacedOrder) -> list[str]:
    return [part.state for part in parts(world, placed)]


def test_goods_go_back_to_their_stalls_and_all_of_the_money_to_the_customer(world: World) -> None:
    placed = standing_ready(world, (world.mackerel, 2), (world.cabbage, 1))

    ended(world, placed, money_back=True)

    assert order_row(world, placed).state == "cancelled"
    assert sorted(states(world, placed)) == ["cancelled", "refused", "refused"]
    with in_market(world.market.pk):
        assert sum(Refund.objects.values_list("amount_won", flat=True)) == placed.pay_won
        assert left_of([world.mackerel.pk]) == {world.mackerel.pk: 5}
    assert seat(world, placed).freed_at is not None
    assert broken() == {}


def test_what_was_paid_ahead_can_stay_with_the_stalls(world: World) -> None:
    placed = standing_ready(world, (world.mackerel, 2))

    ended(world, placed, money_back=False)

    assert (order_row(world, placed).state, states(world, placed)) == ("closed", ["handed_over", "handed_over"])
    with in_market(world.market.pk):
        assert Refund.objects.count() == 0
    assert broken() == {}


def test_ended_twice_it_is_ended_once(world: World) -> None:
    placed = standing_ready(world, (world.mackerel, 2))
    ended(world, placed, money_back=True)

    ended(world, placed, money_back=True)
    ended(world, placed, money_back=False)

    assert order_row(world, placed).state == "cancelled"
    with in_market(world.market.pk):
        assert Refund.objects.count() == 2  # the goods, and the fee


def test_what_nobody_paid_cannot_be_kept(world: World) -> None:
    placed = standing_ready(world, (world.mackerel, 2), tender="at_stall")

    with pytest.raises(NotPaidAhead):
        ended(world, placed, money_back=False)
    assert order_row(world, placed).state == "placed"

    ended(world, placed, money_back=True)
    assert order_row(world, placed).state == "cancelled"


def test_what_is_not_ready_cannot_be_kept(world: World) -> None:
    placed = bring(world, wants_home(world, (world.mackerel, 1), tender="card"))
    with pytest.raises(MoveNotAllowed):
        ended(world, placed, money_back=True)
    pay(world, placed)

    with pytest.raises(MoveNotAllowed):
        ended(world, placed, money_back=False)
    assert order_row(world, placed).state == "placed"


def test_what_a_stall_had_refused_before_goes_back_once(world: World) -> None:
    placed = bring(world, wants_home(world, (world.mackerel, 1), (world.cabbage, 1), tender="card"))
    pay(world, placed)
    first = parts(world, placed)[0]
    refuse_part(market=world.market, actor=SYSTEM, part_id=first.pk, reason=StallPart.RefuseReason.CLOSING)

    ended(world, placed, money_back=True)

    with in_market(world.market.pk):
        assert sum(Refund.objects.values_list("amount_won", flat=True)) == placed.pay_won
        reasons = list(StallPart.objects.order_by("pk").values_list("refuse_reason", flat=True))
    assert reasons == ["closing", "ungiven"]


def test_nobody_ends_it_for_another(world: World) -> None:
    placed = standing_ready(world, (world.mackerel, 1))
    helper = Actor(ActorKind.HELPER, "device:1", for_ref="stall:1")

    with pytest.raises(NeverForAnother):
        end_ungiven(market=world.market, actor=helper, order_id=placed.order_id, money_back=True)
