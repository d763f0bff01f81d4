"""The book is changed behind the program's back, and exactly the right invariant says so."""

from __future__ import annotations

import pytest
from django.db import transaction

from jangteo.domains.ledger.actions.post_entry import NewEntry
from jangteo.domains.ledger.actions.reverse_entry import reverse_entry
from jangteo.domains.ordering.models import Line
from jangteo.domains.payments.models import Giveback, GivebackLeg, Refund
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.breaking import broken, by_hand, one_more_refund, over, paid, post
from tests.world import World

pytestmark = pytest.mark.usefixtures("takes_card")


def test_payments_that_nobody_touched_are_right(world: World) -> None:
    over(world)
    paid(world)

    assert broken() == {}


@pytest.mark.parametrize(
    ("change", "of_tender"),
    [
        ("UPDATE payments_payment SET captured_won = captured_won - 1", [":card"]),
        ("UPDATE payments_payment SET refunded_won = refunded_won - 1", []),
    ],
)
def test_a_payment_that_the_book_does_not_tell_is_found(world: World, change: str, of_tender: list[str]) -> None:
    placed = over(world)

    by_hand(change)

    assert broken()["I5"] == [f"payment:{placed.ref}", *(f"tender:{placed.ref}{one}" for one in of_tender)]


def test_a_matrix_that_is_not_what_was_taken_is_found(world: World) -> None:
    placed = paid(world)

    by_hand("UPDATE payments_cell SET won = won + 1 WHERE won = 4000")

    assert broken() == {"I5": [f"tender:{placed.ref}:card"]}


def test_a_refund_that_left_another_amount_than_the_matrix_is_found(world: World) -> None:
    over(world)

    by_hand(
        "UPDATE payments_givebackleg SET won = won + 1",
        "UPDATE payments_refund SET amount_won = amount_won + 1",
    )

    with in_market(world.market.pk):
        assert broken() == {"I5": [f"giveback:{Giveback.objects.get().pk}"]}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE payments_refund SET amount_won = 15999, tax_free_won = 15999",
        "UPDATE payments_refund SET tax_free_won = 15999",
        "UPDATE payments_givebackleg SET refund_id = NULL",
        "UPDATE payments_givebackleg SET state = 'done'",
    ],
)
def test_a_leg_that_asked_the_gateway_for_another_amount_is_found(world: World, change: str) -> None:
    over(world)

    by_hand(change)

    with in_market(world.market.pk):
        assert broken() == {"I5": [f"leg:{GivebackLeg.objects.get().pk}"]}


def test_a_matrix_that_is_not_what_the_gateway_took_is_found(world: World) -> None:
    placed = paid(world)
    cause = f"order:{placed.ref}"

    by_hand("UPDATE payments_payment SET captured_won = 20001")
    post(world, NewEntry("more", "refund", cause, {"clear:toss": 1, "goodwill:test": -1}))

    assert broken() == {"I5": [f"tender:{placed.ref}:card"]}


def test_money_withheld_for_cashback_is_told_apart_from_money_that_is_missing(world: World) -> None:
    """2,000 won of the fish are not sent, because so much cashback was spent already; the book says where they are."""
    placed = over(world)
    by_hand(
        "UPDATE payments_givebackleg SET won = 14000, tax_free_won = 14000",
        "UPDATE payments_refund SET amount_won = 14000, tax_free_won = 14000",
    )
    with in_market(world.market.pk):
        giveback = Giveback.objects.get()
    assert broken() == {"I5": [f"giveback:{giveback.pk}"]}
    cause = f"order:{placed.ref}"

    clawed = NewEntry(f"clawback:{placed.ref}:{giveback.reason}", "claw_back", cause, {cause: 2_000, "bank:1": -2_000})
    post(world, clawed)

    assert "I5" not in broken()


def test_a_coupon_whose_budget_paid_another_amount_is_found(world: World) -> None:
    placed = paid(world)
    post(world, NewEntry("budget", "fund_program", "test", {"bank:1": 9_000, "subsidy:city": -9_000}))
    cause = f"order:{placed.ref}"
    assert broken() == {}

    post(world, NewEntry("twice", "capture", cause, {"subsidy:city": 500, "discount:other": -500}))

    assert broken() == {"I10": [f"{cause} discount:other", f"{cause} subsidy:city"]}


def test_a_line_that_gave_back_more_than_was_paid_for_it_is_found(world: World) -> None:
    placed = over(world)

    by_hand(
        "UPDATE payments_cell SET won = won - 1 WHERE won = 16000",
        "UPDATE payments_cell SET won = won + 1 WHERE won = 4000",
    )

    with in_market(world.market.pk):
        fish = Line.objects.get(good=world.mackerel)
    assert broken() == {"I6": [f"cell:{placed.ref}:card:{fish.pk}"]}


def test_refunds_of_more_than_was_paid_are_found(world: World) -> None:
    placed = over(world)

    by_hand(one_more_refund(4_001))

    assert broken() == {"I6": [f"payment:{placed.ref}"]}


def test_a_refund_of_more_tax_free_goods_than_it_is_worth_is_found(world: World) -> None:
    over(world)

    by_hand("UPDATE payments_refund SET tax_free_won = 16001", "UPDATE payments_givebackleg SET tax_free_won = 16001")

    with in_market(world.market.pk):
        assert broken() == {"I6": [f"refund:{Refund.objects.get().key}"]}


def test_money_that_was_taken_twice_is_found_even_where_the_sums_are_right(world: World) -> None:
    placed = paid(world)
    cause = f"order:{placed.ref}"

    post(
        world,
        NewEntry("again", "capture", cause, {"clear:toss": 20_000, cause: -20_000}),
        NewEntry("hush", "refund", cause, {"clear:toss": -20_000, cause: 20_000}),
    )

    assert broken() == {"I11": [f"payment:{placed.ref}"]}


def test_money_that_came_again_after_it_was_taken_back_stands_once(world: World) -> None:
    placed = paid(world)
    cause = f"order:{placed.ref}"
    with in_market(world.market.pk):
        key = f"toss:pk-{placed.ref}:capture"
    post(world, NewEntry("again", "capture", cause, {"clear:toss": 20_000, cause: -20_000}))
    assert set(broken()) == {"I5", "I11"}

    reverse(world, key)

    assert broken() == {}


def reverse(world: World, key: str) -> None:
    with in_market(world.market.pk), transaction.atomic():
        reverse_entry(key=key, actor=SYSTEM)
