from __future__ import annotations

import re

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.catalog.actions.set_price import MOST_WON, set_price
from jangteo.domains.catalog.models import Good
from jangteo.faces.merchant.sheet_rows import rows_told, won_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

ADDRESS = "/stall/goods/sheet/"


def lines(*rows: tuple[str, str, str], **more: str) -> dict[str, object]:
    names, units, prices = zip(*rows, strict=True)
    return {"name": list(names), "unit": list(units), "price": list(prices), **more}


TWO = (("고등어", "", "9,000원"), ("참돔", "1마리", "15000"))


def goods(world: World) -> dict[str, tuple[int, str]]:
    with in_market(world.market.pk):
        return {good.name: (good.price_won, good.state) for good in Good.objects.filter(stall=world.fish)}


def test_everything_is_shown_before_anything_happens(world: World, phone: Client) -> None:
    before = goods(world)

    page = phone.post(ADDRESS, lines(*TWO)).content.decode()

    assert "이대로 할까요?" in page
    assert "8,000원" in page
    assert "9,000원" in page
    assert page.count("새로 올려요") == 1
    assert goods(world) == before


def test_prices_change_and_new_goods_go_up_together(world: World, phone: Client) -> None:
    page = phone.post(
        ADDRESS, lines(*TWO, sure="yes", **{"made-1": "imported", "where-1": "일본"}), follow=True
    ).content.decode()

    assert "1가지 값을 바꾸고 1가지를 올렸어요." in page
    assert goods(world)["고등어"] == (9000, "on_sale")
    assert goods(world)["참돔"] == (15000, "on_sale")
    with in_market(world.market.pk):
        good = Good.objects.get(name="참돔")
    assert (good.unit, good.origin, good.picture, good.tax) == ("1마리", "일본산", "sea-bream", "exempt")


def test_all_of_it_is_taken_back_in_one_tap(world: World, phone: Client) -> None:
    page = phone.post(ADDRESS, lines(*TWO, sure="yes", **{"made-1": "domestic"}), follow=True).content.decode()
    said = re.search(r'name="sheet" value="([^"]+)"', page)
    assert said is not None

    page = phone.post(f"{ADDRESS}undo/", {"sheet": said[1]}, follow=True).content.decode()

    assert "모두 되돌렸어요." in page
    assert goods(world)["고등어"] == (8000, "on_sale")
    assert goods(world)["참돔"] == (15000, "hidden")


def test_what_was_changed_since_is_not_taken_back(world: World, phone: Client) -> None:
    page = phone.post(ADDRESS, lines(TWO[0], sure="yes"), follow=True).content.decode()
    said = re.search(r'name="sheet" value="([^"]+)"', page)
    assert said is not None
    set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=9500)

    phone.post(f"{ADDRESS}undo/", {"sheet": said[1]})

    assert goods(world)["고등어"] == (9500, "on_sale")


def test_another_stall_cannot_take_it_back(world: World, phone: Client, stranger: Client) -> None:
    page = phone.post(ADDRESS, lines(TWO[0], sure="yes"), follow=True).content.decode()
    said = re.search(r'name="sheet" value="([^"]+)"', page)
    assert said is not None

    stranger.post(f"{ADDRESS}undo/", {"sheet": said[1]})
    phone.post(f"{ADDRESS}undo/", {"sheet": "forged"})

    assert goods(world)["고등어"] == (9000, "on_sale")


def test_a_new_good_needs_its_origin(world: World, phone: Client) -> None:
    response = phone.post(ADDRESS, lines(*TWO, sure="yes"))

    assert response.status_code == 422
    assert "국산인지 수입인지 골라 주세요." in response.content.decode()
    assert goods(world)["고등어"] == (8000, "on_sale")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("", "1마리", "5000"), "물건 이름을 적어 주세요."),
        (("고등어", "", ""), "값을 숫자로 적어 주세요."),
        (("고등어", "", "만원"), "값을 숫자로 적어 주세요."),
        (("고등어", "", "0"), "값을 숫자로 적어 주세요."),
        (("고등어", "", "99999999"), "값을 숫자로 적어 주세요."),
        (("참돔", "", "5000"), "얼마큼의 값인지 적어 주세요."),
    ],
)
def test_what_is_missing_is_asked_beside_its_line(
    world: World, phone: Client, row: tuple[str, str, str], words: str
) -> None:
    response = phone.post(ADDRESS, lines(row, ("갈치", "", "2000"), sure="yes"))

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert 'value="갈치"' in page
    assert goods(world)["고등어"] == (8000, "on_sale")


def test_the_same_good_twice_is_asked_about(phone: Client) -> None:
    page = phone.post(ADDRESS, lines(TWO[0], ("고등어", "", "7000"))).content.decode()

    assert "같은 물건이 위에 있어요." in page


def test_a_zero_too_many_is_pointed_out(phone: Client) -> None:
    assert "값이 많이 달라졌어요." in phone.post(ADDRESS, lines(("고등어", "", "90000"))).content.decode()


def test_nothing_written_is_asked_again_and_fixing_keeps_it(phone: Client) -> None:
    assert phone.post(ADDRESS).status_code == 422
    assert phone.get(ADDRESS).status_code == 200
    page = phone.post(ADDRESS, lines(*TWO, fix="yes")).content.decode()
    assert 'value="참돔"' in page
    assert 'value="9,000원"' in page


def test_prices_that_stay_are_said_so(world: World, phone: Client) -> None:
    page = phone.post(ADDRESS, lines(("고등어", "", "8000"), sure="yes"), follow=True).content.decode()

    assert "값이 그대로라 바꾼 것이 없어요." in page


@given(st.integers(1, MOST_WON))
def test_every_price_is_read_in_every_way_of_writing_it(won: int) -> None:
    for text in (f"{won}", f"{won:,}", f"{won:,}원", f"{won} 원"):
        assert won_of(text) == won


@given(st.text(max_size=14))
def test_what_is_no_price_is_none(text: str) -> None:
    won = won_of(text)

    assert won is None or (0 < won <= MOST_WON and str(won) in text.replace(",", ""))


@given(st.lists(st.tuples(st.text(max_size=50), st.text(max_size=30), st.text(max_size=20)), max_size=40))
def test_any_lines_are_read_without_breaking(rows: list[tuple[str, str, str]]) -> None:
    told = QueryDict(mutable=True)
    for name, column in zip(("name", "unit", "price"), zip(*rows, strict=True), strict=False):
        told.setlist(name, list(column))

    found = rows_told(told, [], [])

    assert len(found) <= 30
    assert all(row.error or (row.name and row.unit and row.price_won) for row in found)
