from __future__ import annotations

from datetime import timedelta

import pytest

from jangteo.domains.counter.actions.undo_sale_refund import undo_sale_refund
from jangteo.domains.counter.errors import BadAmount, SaleOver, TooLateToUndo
from jangteo.domains.counter.models import SaleRefund
from jangteo.domains.counter.queries import cash_basis, quote_refund
from jangteo.domains.counter.tests.sales import begun, card_paid, given_back, settled, snapshot, stored, taken_in
from jangteo.domains.counter.tests.test_sales import balances, changed, news
from jangteo.domains.payments.errors import RefundTooLarge
from jangteo.domains.payments.models import Refund
from jangteo.domains.payments.ports import Cancel
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.idempotency import KeyReused
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market, in_stall
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("_card")


def undone(world: World, row: SaleRefund) -> SaleRefund:
    return undo_sale_refund(market=world.market, actor=SYSTEM, refund_id=row.pk)


def test_a_part_goes_back_to_the_card_and_the_rest_stays_the_stalls(world: World) -> None:
    sale = card_paid(world)
    payable = f"stall:{world.fish.pk}:payable"

    given_back(world, sale, 3_000)

    assert (stored(world, sale).state, stored(world, sale).left_won) == ("paid", 9_000)
    assert balances(world) == {"clear:toss": 12_000, payable: -9_000, f"order:{sale.ref}": -3_000}
    settled(world, snapshot(sale, cancels=(Cancel("c1", 3_000, 3_000),)))
    given_back(world, sale)
    settled(world, snapshot(sale, cancels=(Cancel("c1", 3_000, 3_000), Cancel("c2", 9_000, 9_000))))

    with in_market(world.market.pk):
        asked = list(Refund.objects.order_by("pk").values_list("amount_won", "tax_free_won"))
    assert asked == [(3_000, 3_000), (9_000, 9_000)]
    assert (stored(world, sale).state, balances(world)) == ("refunded", {})


def test_taxable_goods_go_back_without_a_tax_free_part(world: World) -> None:
    sale = settled(world, snapshot(begun(world, "card", stall=world.tofu_stall)))

    given_back(world, sale, 5_000)

    with in_market(world.market.pk):
        assert Refund.objects.get().tax_free_won == 0


@pytest.mark.parametrize(("way", "drawer"), [("cash", "till"), ("onnuri_paper", "onnuri_paper")])
def test_a_part_out_of_the_stalls_hand_leaves_its_drawer(world: World, way: str, drawer: str) -> None:
    changed(world, world.fish, takes_onnuri=True)
    sale = taken_in(world, way)

    given_back(world, sale, 2_500)

    stall = f"stall:{world.fish.pk}"
    assert balances(world) == {f"{stall}:{drawer}": 9_500, f"{stall}:sales": -9_500}
    assert news(sale)[-2:] == [(stall, "sale_refunded"), (f"sale:{sale.pk}", "sale_refunded")]


def test_the_same_form_sent_twice_gives_back_once(world: World) -> None:
    sale = taken_in(world)

    rows = {given_back(world, sale, 2_000, key="the-same-key").pk for _ in range(2)}

    assert (len(rows), stored(world, sale).refunded_won) == (1, 2_000)
    with pytest.raises(KeyReused):
        given_back(world, sale, 3_000, key="the-same-key")
    with in_market(world.market.pk):
        told = AuditRow.objects.filter(code="sale.refunded").values_list("facts", flat=True)
        assert list(told) == [{"amount_won": 2_000}]


@pytest.mark.parametrize(("won", "no"), [(0, BadAmount), (-1, BadAmount), (9_001, RefundTooLarge)])
def test_no_more_goes_back_than_is_left(world: World, won: int, no: type[Exception]) -> None:
    sale = taken_in(world)
    given_back(world, sale, 3_000)
    before = balances(world)

    with pytest.raises(no):
        given_back(world, sale, won)

    assert (stored(world, sale).refunded_won, balances(world)) == (3_000, before)


def test_what_is_given_back_whole_cannot_be_given_back_again(world: World) -> None:
    sale = taken_in(world)
    given_back(world, sale)

    with pytest.raises(SaleOver):
        given_back(world, sale)


def test_seven_odd_parts_come_to_the_whole(world: World) -> None:
    sale = card_paid(world, 10_007)

    for won in (1, 999, 1_234, 3_333, 17, 4_000, 423):
        given_back(world, sale, won)

    assert (stored(world, sale).state, balances(world)) == (
        "refunded",
        {"clear:toss": 10_007, f"order:{sale.ref}": -10_007},
    )


def test_a_mistaken_tap_is_undone(world: World) -> None:
    sale = taken_in(world)
    before = balances(world)
    whole = given_back(world, sale)
    assert stored(world, sale).state == "refunded"

    for _ in range(2):
        undone(world, whole)

    assert (stored(world, sale).state, stored(world, sale).refunded_won, balances(world)) == ("paid", 0, before)
    assert news(sale)[-1] == (f"sale:{sale.pk}", "sale_paid")
    given_back(world, sale, 2_000)
    assert stored(world, sale).left_won == 10_000


def test_of_two_parts_the_mistaken_one_is_undone(world: World) -> None:
    sale = taken_in(world)
    first, _second = given_back(world, sale, 2_000), given_back(world, sale, 3_000)

    undone(world, first)

    assert stored(world, sale).left_won == 9_000


def test_a_card_and_what_is_long_ago_cannot_be_undone(world: World) -> None:
    by_card, by_hand = given_back(world, card_paid(world), 1_000), given_back(world, taken_in(world), 1_000)

    with pytest.raises(TooLateToUndo):
        undone(world, by_card)
    with clock.at(NOON + timedelta(minutes=10, seconds=1)), pytest.raises(TooLateToUndo):
        undone(world, by_hand)
    with clock.at(NOON + timedelta(minutes=10)):
        assert undone(world, by_hand).undone_at == NOON + timedelta(minutes=10)


def test_another_stall_finds_nothing(world: World) -> None:
    row = given_back(world, taken_in(world), 1_000)

    with in_stall(world.market.pk, world.stranger.pk), pytest.raises(SaleRefund.DoesNotExist):
        undone(world, row)


def test_the_quote_says_what_stays(world: World) -> None:
    sale = card_paid(world)
    given_back(world, sale, 3_000)

    with in_market(world.market.pk):
        part, rest = (quote_refund(stored(world, sale), won) for won in (4_000, 9_000))

    assert (part.left_won, part.is_whole, part.receipt) == (5_000, False, None)
    assert part.payment is not None
    assert (rest.left_won, rest.is_whole) == (0, True)


def test_a_receipt_is_about_what_is_left(world: World) -> None:
    sale = taken_in(world)
    given_back(world, sale, 2_000)

    with in_market(world.market.pk):
        basis = cash_basis(world.market, sale.ref)

    assert basis is not None
    assert (basis.won, basis.tax_free_won) == (10_000, 10_000)
