from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import (
    PAGE_SIZE,
    SearchedBy,
    Sort,
    best_now,
    good_by_id,
    goods_page,
    kinds_with_goods,
    search_goods,
    stalls_with_news,
)
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Stall
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market, unscoped
from tests.world import World, make_world


@pytest.fixture(autouse=True)
def _scope(world: World) -> Iterator[None]:
    with in_market(world.market.pk):
        yield


def names(goods: tuple[Good, ...]) -> list[str]:
    return [good.name for good in goods]


def _set(world: World, good: Good, state: Good.State) -> None:
    set_sale_state(market=world.market, actor=SYSTEM, good_id=good.pk, state=state)


def _put_up(world: World, name: str, rank: int = 0, name_en: str = "") -> Good:
    new = NewGood(
        stall_id=world.greens.pk,
        kind_id=world.greens.kind_id,
        name=name,
        unit="1봉지",
        origin="국산",
        price_won=1000,
        tax="exempt",
        picture="leafy-green",
        rank=rank,
        name_en=name_en,
    )
    return put_up_good(market=world.market, actor=SYSTEM, new=new)


@pytest.mark.parametrize(
    ("typed", "found", "by"),
    [
        ("ㄱㄷㅇ", ["고등어"], SearchedBy.INITIALS),
        ("고드", ["고등어"], SearchedBy.WORD),
        ("배추", ["배추김치", "알배추"], SearchedBy.WORD),
        ("알배추 포기", ["알배추"], SearchedBy.WORD),
        ("고등아", ["고등어"], SearchedBy.GUESS),
        ("갈취", ["갈치"], SearchedBy.GUESS),
        ("냉장고", [], SearchedBy.GUESS),
        ("!!", [], SearchedBy.WORD),
        ("ㅋㅋㅋ", [], SearchedBy.INITIALS),
    ],
)
def test_search_by_word_initials_and_slip(typed: str, found: list[str], by: SearchedBy) -> None:
    answer = search_goods(typed)

    assert names(answer.goods) == found
    assert answer.by == by


def test_a_guess_says_what_it_looked_for() -> None:
    assert search_goods("손두뷰").guess == "손두부"


def test_search_puts_sold_out_goods_last_and_hides_hidden_ones(world: World) -> None:
    _set(world, world.kimchi, Good.State.SOLD_OUT)
    _put_up(world, "배추쌈")
    assert names(search_goods("배추").goods) == ["배추쌈", "알배추", "배추김치"]

    _set(world, world.kimchi, Good.State.HIDDEN)
    assert names(search_goods("배추").goods) == ["배추쌈", "알배추"]


def test_english_names_are_searched_too(world: World) -> None:
    _put_up(world, "시금치", name_en="Spinach, 1 bunch")

    assert names(search_goods("spinach Bunch").goods) == ["시금치"]
    assert names(search_goods("spam").goods) == []


def test_search_sees_one_market_only(world: World) -> None:
    with unscoped():
        other = make_world(slug="other", digit="2")

    assert [good.market_id for good in search_goods("고등어").goods] == [world.market.pk]
    assert good_by_id(other.mackerel.pk) is None


def test_a_page_counts_all_goods_and_keeps_within_its_pages(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(PAGE_SIZE):
        _put_up(world, f"나물 {number}")

    with django_assert_num_queries(1):
        first = goods_page(kind="vegetables")
    last = goods_page(kind="vegetables", number=99)

    assert (first.number, first.pages, first.total, len(first.goods)) == (1, 2, PAGE_SIZE + 1, PAGE_SIZE)
    assert (last.number, last.pages, last.total, len(last.goods)) == (2, 2, PAGE_SIZE + 1, 1)


def test_an_empty_page_is_page_one_of_one() -> None:
    page = goods_page(kind="nothing", number=7)

    assert (page.goods, page.number, page.pages, page.total) == ((), 1, 1, 0)


def test_cheap_goods_first_by_what_one_unit_costs(world: World) -> None:
    # 갈치 costs 2,500 won per 100 g and weighs 400 g: 10,000 won each.
    assert names(goods_page(sort=Sort.CHEAP).goods) == ["손두부", "알배추", "고등어", "갈치", "배추김치"]


def test_goods_of_one_stall(world: World) -> None:
    assert names(goods_page(stall_code=world.fish.code).goods) == ["고등어", "갈치"]


def test_kinds_know_how_many_goods_they_have(world: World) -> None:
    _set(world, world.hairtail, Good.State.HIDDEN)

    assert [(kind.key, kind.goods) for kind in kinds_with_goods()] == [
        ("fish", 1),
        ("vegetables", 1),
        ("tofu", 1),
        ("sides", 1),
    ]


def test_the_best_are_one_of_a_stall_from_open_stalls(world: World) -> None:
    _put_up(world, "봄동", rank=90)
    set_door(market=world.market, actor=SYSTEM, stall_id=world.fish.pk, door=Stall.Door.CLOSED)
    _set(world, world.kimchi, Good.State.SOLD_OUT)

    assert names(tuple(best_now(8))) == ["봄동", "손두부"]


def test_news_is_a_price_changed_after_the_good_was_put_up(world: World) -> None:
    before = clock.now() - timedelta(hours=1)
    assert stalls_with_news(before) == frozenset()

    set_price(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, price_won=1900)

    assert stalls_with_news(before) == {world.tofu_stall.pk}
    assert stalls_with_news(clock.now() + timedelta(hours=1)) == frozenset()
