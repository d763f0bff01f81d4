from __future__ import annotations

import pytest
from django.test import Client

from jangteo.domains.payments.models import Refund
from jangteo.faces._parts.tests.short import pay, short_order, state_of_shortfall
from jangteo.faces.merchant.tests.part_of import part_of
from jangteo.kernel.tenancy import in_market
from tests.world import World, order

pytestmark = pytest.mark.usefixtures("takes_card")


def test_what_sold_first_is_told_with_both_ways_out(world: World, phone: Client) -> None:
    short_order(world)

    page = phone.get("/stall/").content.decode()

    assert "먼저 팔려 버린 물건" in page
    assert "<b>고등어 3손</b> 가운데 <b>고등어 2손</b>" in page
    assert "찾았어요, 드릴 수 있어요" in page


def test_found_after_all(world: World, phone: Client) -> None:
    shortfall = short_order(world)

    assert phone.post(f"/stall/shortfalls/{shortfall.pk}/", {"found": "yes"})["Location"] == "/stall/"

    assert state_of_shortfall(shortfall) == "found"
    assert "먼저 팔려 버린 물건" not in phone.get("/stall/").content.decode()


def test_paying_back_is_asked_with_the_amount(world: World, phone: Client) -> None:
    shortfall = short_order(world)

    page = phone.get(f"/stall/shortfalls/{shortfall.pk}/").content.decode()

    assert "24,000원을 돌려드릴까요?" in page
    assert state_of_shortfall(shortfall) == "open"


def test_paid_back_once_however_often_it_is_pressed(world: World, phone: Client) -> None:
    shortfall = short_order(world)

    for _ in range(2):
        assert phone.post(f"/stall/shortfalls/{shortfall.pk}/", {"found": "no"}).status_code == 302

    with in_market(world.market.pk):
        assert [refund.amount_won for refund in Refund.objects.all()] == [24_000]


def test_an_answer_that_is_neither_changes_nothing(world: World, phone: Client) -> None:
    shortfall = short_order(world)

    assert phone.post(f"/stall/shortfalls/{shortfall.pk}/", {"found": "perhaps"}).status_code == 200
    assert state_of_shortfall(shortfall) == "open"


def test_the_neighbours_shortfall_does_not_exist(world: World, stranger: Client) -> None:
    shortfall = short_order(world)

    assert stranger.get(f"/stall/shortfalls/{shortfall.pk}/").status_code == 404
    assert stranger.post(f"/stall/shortfalls/{shortfall.pk}/", {"found": "no"}).status_code == 404
    assert state_of_shortfall(shortfall) == "open"


def test_a_stranger_without_a_device_is_out(world: World, client: Client) -> None:
    shortfall = short_order(world)

    assert client.post(f"/stall/shortfalls/{shortfall.pk}/", {"found": "no"}).status_code == 403
    assert state_of_shortfall(shortfall) == "open"


def test_a_card_order_takes_no_money_at_the_stall(world: World, phone: Client) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    pay(world, placed)
    part = part_of(world, placed.order_id, world.fish)

    for verb in ("accept", "ready"):
        phone.post(f"/stall/orders/{part.pk}/{verb}/")
    page = phone.get(f"/stall/orders/{part.pk}/").content.decode()

    assert "카드로 냈어요" in page
    assert "</svg>건넸어요</button>" in page
    assert "받고 건넸어요" not in page
