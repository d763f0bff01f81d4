"""The book is changed behind the program's back, and exactly the right invariant says so."""

from __future__ import annotations

import pytest
from django.db import transaction

from jangteo.domains.ledger.actions.post_entry import NewEntry
from jangteo.domains.ledger.actions.reverse_entry import reverse_entry
from jangteo.domains.ordering.models import Line
from jangteo.domains.payments.models import Giveback, Refund
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.breaking import broken, by_hand, over, paid, post
from tests.world import World

pytestmark = pytest.mark.usefixtures("takes_card")


def test_payments_that_nobody_touched_are_right(world: World) -> None:
    over(world)
    paid(world)

    assert broken() == {}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE payments_payment SET captured_won = captured_won - 1",
        "UPDATE payments_payment SET refunded_won = refunded_won - 1",
    ],
)
def test_a_payment_that_the_book_does_not_tell_is_found(world: World, change: str) -> None:
    placed = over(world)

    by_hand(change)

    assert broken()["I5"] == [f"payment:{placed.ref}"]


def test_a_matrix_that_is_not_what_was_taken_is_found(world: World) -> None:
    placed = paid(world)

    by_hand("UPDATE payments_cell SET won = won + 1 WHERE won = 4000")

    assert broken() == {"I5": [f"tender:{placed.ref}:card"]}


def test_a_refund_that_left_another_amount_than_the_matrix_is_found(world: World) -> None:
    over(world)

    by_hand("UPDATE payments_givebackleg SET won = won + 1")

    with in_market(world.market.pk):
        assert broken() == {"I5": [f"giveback:{Giveback.objects.get().pk}"]}


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

    by_hand("UPDATE payments_refund SET amount_won = 20001")

    assert broken() == {"I6": [f"payment:{placed.ref}"]}


def test_a_refund_of_more_tax_free_goods_than_it_is_worth_is_found(world: World) -> None:
    over(world)

    by_hand("UPDATE payments_refund SET tax_free_won = 16001")

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
