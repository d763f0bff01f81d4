from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Stall
from jangteo.faces.shop.tests.pressing import put_in, text_of
from jangteo.kernel.audit import SYSTEM
from tests.world import World, make_world

PAGES = [
    "",
    "goods/",
    "goods/?sort=cheap",
    "map/",
    "search/?q=고등어",
    "help/",
    "basket/",
    "orders/",
    "enter/",
]


def test_the_only_open_market_is_the_first_page(world: World, shopper: Client) -> None:
    assert shopper.get("/")["Location"] == "/jangteo/"


def test_several_markets_are_offered(world: World, shopper: Client) -> None:
    make_world(slug="other", digit="2")

    assert "어느 시장에 가세요?" in text_of(shopper.get("/"))


@pytest.mark.django_db
def test_no_market_yet_is_said(shopper: Client) -> None:
    assert "아직 문을 연 시장이 없어요" in text_of(shopper.get("/"))


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_in_both_languages(world: World, shopper: Client, page: str) -> None:
    for language in ("ko", "en"):
        answer = shopper.get(f"/jangteo/{page}", headers={"accept-language": language})
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_anything_inline(world: World, shopper: Client, page: str) -> None:
    html = shopper.get(f"/jangteo/{page}").content.decode()

    assert " style=" not in html
    assert "<style" not in html
    assert " onclick=" not in html
    assert "<script>" not in html


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/jangteo/goods/999999/",
        "/jangteo/goods/99999999999999999999/",
        "/jangteo/stall/000000/",
        "/jangteo/stall/%00/",
        "/jangteo/order/unknown/",
        "/jangteo/order/%00/",
    ],
)
def test_what_is_not_there_is_404_with_a_way_on(world: World, shopper: Client, address: str) -> None:
    answer = shopper.get(address)

    assert answer.status_code == 404
    assert "시장 첫 화면으로" in text_of(answer)


def test_another_markets_things_are_not_there(world: World, shopper: Client) -> None:
    other = make_world(slug="other", digit="2")

    assert shopper.get(f"/jangteo/goods/{other.tofu.pk}/").status_code == 404
    assert shopper.get(f"/jangteo/stall/{other.fish.code}/").status_code == 404


@pytest.mark.parametrize("query", ["kind=%00", "stall=%00&page=x", "page=-1", "page=99999999999", "sort=dear", "q=%00"])
def test_odd_questions_get_a_page(world: World, shopper: Client, query: str) -> None:
    assert shopper.get(f"/jangteo/goods/?{query}").status_code == 200
    assert shopper.get(f"/jangteo/search/?{query}").status_code == 200


def test_a_good_shows_its_origin_and_what_about_means(world: World, shopper: Client) -> None:
    words = text_of(shopper.get(f"/jangteo/goods/{world.hairtail.pk}/"))

    assert "갈치 1마리 국산" in words
    assert "10,000 원쯤" in words
    assert "100g에 2,500원이에요. 하나가 400g쯤이라" in words
    assert "1개에 많아야 11,500원" in words


def test_a_sold_out_good_cannot_be_put_in(world: World, shopper: Client) -> None:
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, state=Good.State.SOLD_OUT)

    page = shopper.get(f"/jangteo/goods/{world.tofu.pk}/")

    assert "오늘은 다 나갔어요" in text_of(page)
    assert "바구니에 담기" not in text_of(page)


def test_a_hidden_good_is_gone(world: World, shopper: Client) -> None:
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, state=Good.State.HIDDEN)

    assert shopper.get(f"/jangteo/goods/{world.tofu.pk}/").status_code == 404
    assert "손두부" not in text_of(shopper.get("/jangteo/goods/"))


def test_a_stall_shows_its_place_hours_and_what_it_takes(world: World, shopper: Client) -> None:
    words = text_of(shopper.get(f"/jangteo/stall/{world.greens.code}/"))

    assert "밤 11시 30분까지 열어요" in words
    assert "시장 길, 들어가서 왼쪽 1번째" in words
    assert "현금, 카드" in words
    assert "알배추 1포기" in words


def test_a_closed_stall_says_so_on_every_page(world: World, shopper: Client) -> None:
    set_door(market=world.market, actor=SYSTEM, stall_id=world.tofu_stall.pk, door=Stall.Door.CLOSED)

    assert "지금은 닫았어요" in text_of(shopper.get(f"/jangteo/stall/{world.tofu_stall.code}/"))
    assert "가게가 지금 주문을 받지 않아요" in text_of(shopper.get(f"/jangteo/goods/{world.tofu.pk}/"))
    assert "두부가게 닫았어요" in text_of(shopper.get("/jangteo/map/"))


def test_a_stall_with_a_new_price_stands_out_on_the_map(world: World, shopper: Client) -> None:
    set_price(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, price_won=1900)

    assert "두부가게 오늘 새 값" in text_of(shopper.get("/jangteo/map/"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ㄱㄷㅇ", "첫소리가 ㄱㄷㅇ 인 물건을 찾아봤어요."),
        ("손두뷰", "‘손두뷰’ 대신 ‘손두부’"),
        ("순자네", "가게 순자네 수산"),
        ("100 007", "가게 순자네 수산"),
        ("100008", "그런 점포 번호는 없어요."),
        ("냉장고", "찾는 물건이 아직 없어요"),
        ("", "찾는 물건의 이름을 적어 주세요"),
    ],
)
def test_search_explains_itself(world: World, shopper: Client, typed: str, words: str) -> None:
    assert words in text_of(shopper.get("/jangteo/search/", {"q": typed}))


def test_suggestions_are_a_part_of_the_page(world: World, shopper: Client) -> None:
    answer = shopper.get("/jangteo/search/", {"q": "고드"}, headers={"x-fragment": "suggest"})

    assert text_of(answer) == "고등어 1손 순자네 수산 8,000원"


def test_what_was_typed_is_shown_as_text(world: World, shopper: Client) -> None:
    page = shopper.get("/jangteo/search/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in page


def test_the_stripe_is_a_stylesheet_that_browsers_keep(world: World, shopper: Client) -> None:
    answer = shopper.get("/jangteo/stripe.css")

    assert answer["Content-Type"] == "text/css"
    assert answer["Cache-Control"] == "public, max-age=600"
    assert ":root{--stripe-a:#0B6B45;--stripe-b:#FFFFFF}" in answer.content.decode()
    assert "--street:#1B56A8" in answer.content.decode()


@pytest.mark.parametrize(("page", "most"), [("", 8), ("goods/", 6), ("goods/?kind=fish&stall={stall}", 6), ("map/", 5)])
def test_list_pages_ask_little(
    world: World,
    shopper: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    page: str,
    most: int,
) -> None:
    put_in(shopper, world.mackerel)
    put_in(shopper, world.tofu)

    with django_assert_max_num_queries(most):
        shopper.get(f"/jangteo/{page}".format(stall=world.fish.code))
