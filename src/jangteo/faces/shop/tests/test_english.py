from __future__ import annotations

import pytest
from django.test import Client

from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.faces.shop.tests.pressing import put_in, text_of
from tests.world import World, order


@pytest.fixture
def reader(shopper: Client) -> Client:
    """A browser that asks for English."""
    shopper.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return shopper


@pytest.mark.parametrize(
    "page",
    [
        "",
        "goods/",
        "goods/{hairtail}/",
        "stall/{stall}/",
        "map/",
        "help/",
        "basket/",
        "checkout/",
        "orders/",
        "order/{order}/",
        "order/{order}/cancel/",
        "search/?q=고등어",
        "search/?q=고등에",
        "search/?q=ㄱㄷㅇ",
        "search/?q=우주선",
    ],
)
def test_korean_names_are_marked_as_korean(world: World, reader: Client, page: str) -> None:
    put_in(reader, world.hairtail, 1)
    put_in(reader, world.tofu, 2)
    token = order(world, (world.mackerel, 1), (world.hairtail, 1)).token
    path = page.format(hairtail=world.hairtail.pk, stall=world.fish.code, order=token)

    answer = reader.get(f"/jangteo/{path}")

    assert '<html lang="en"' in answer.content.decode()
    assert unmarked_korean(answer.content.decode()) == []


def test_suggestions_are_marked_too(world: World, reader: Client) -> None:
    answer = reader.get("/jangteo/search/", {"q": "고드"}, headers={"x-fragment": "suggest"})

    assert '<span lang="ko">고등어 1손</span>' in answer.content.decode()
    assert unmarked_korean(answer.content.decode()) == []


def test_korean_pages_mark_nothing(world: World, shopper: Client) -> None:
    page = shopper.get("/jangteo/goods/").content.decode()

    assert page.count('lang="ko"') == 1


def test_an_estimate_is_about_so_many_won(world: World, reader: Client) -> None:
    assert "about ₩ 10,000" in text_of(reader.get(f"/jangteo/goods/{world.hairtail.pk}/"))


@pytest.mark.parametrize(("goods", "words"), [(1, "1 stall, 1 item"), (2, "2 stalls, 2 items")])
def test_the_basket_bar_counts_as_people_do(world: World, reader: Client, goods: int, words: str) -> None:
    for good in (world.tofu, world.cabbage)[:goods]:
        put_in(reader, good, 1)

    assert words in text_of(reader.get("/jangteo/"))
