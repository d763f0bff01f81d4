from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Stall
from jangteo.kernel.tenancy import in_market
from tests.world import World

ADDRESS = "/stall/goods/say/"


def say(phone: Client, said: str) -> str:
    """Say it and look at the page that comes of it."""
    return phone.post(ADDRESS, {"said": said}, follow=True).content.decode()


def press(phone: Client, page: str, words: str) -> str:
    """Press the button with these words, as a browser without scripts does."""
    form = next(form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if words in form)
    address = re.search(r'action="([^"]+)"', form)
    assert address is not None
    fields = dict(re.findall(r'<input type="hidden" name="(?!csrf)(\w+)" value="([^"]*)"', form))
    return phone.post(html.unescape(address[1]), fields, follow=True).content.decode()


def good(world: World, name: str, unit: str = "") -> Good:
    with in_market(world.market.pk):
        found = Good.objects.exclude(state=Good.State.HIDDEN).filter(name=name, unit__startswith=unit)
        return found.get()


def door(world: World) -> str:
    with in_market(world.market.pk):
        return Stall.objects.get(pk=world.fish.pk).door


def names(world: World) -> list[str]:
    with in_market(world.market.pk):
        return [str(one) for one in Good.objects.filter(stall=world.fish).exclude(state=Good.State.HIDDEN)]


def test_the_screen_shows_how_to_say_it(phone: Client) -> None:
    page = phone.get(ADDRESS).content.decode()

    assert "고등어 한 마리 오천 원" in page
    assert 'name="said"' in page
    assert 'for-scripts" data-mic' in page


def test_the_shelf_leads_there(phone: Client) -> None:
    assert f'href="{ADDRESS}"' in phone.get("/stall/goods/").content.decode()


def test_a_price_is_changed_at_once_and_said_back(world: World, phone: Client) -> None:
    page = say(phone, "고등어 한 손 구천 원")

    assert good(world, "고등어").price_won == 9000
    assert "고등어, 9,000원으로 바꿨어요." in page
    assert 'data-aloud="고등어, 9,000원으로 바꿨어요."' in page
    assert '<q lang="ko">고등어 한 손 구천 원</q>' in page


def test_it_is_undone_in_one_tap(world: World, phone: Client) -> None:
    page = say(phone, "고등어 구천 원으로 올려")

    press(phone, page, "되돌리기")

    assert good(world, "고등어").price_won == 8000


def test_sold_out_and_back(world: World, phone: Client) -> None:
    assert "고등어, 품절로 해 뒀어요." in say(phone, "고등어 다 나갔어요")
    assert good(world, "고등어").state == Good.State.SOLD_OUT

    assert "고등어, 다시 팔아요." in say(phone, "고등어 다시 팔아요")
    assert good(world, "고등어").state == Good.State.ON_SALE


def test_the_door_opens_and_closes_and_goes_back(world: World, phone: Client) -> None:
    page = say(phone, "오늘 장사 끝")

    assert "오늘 장사를 마쳤어요." in page
    assert door(world) == Stall.Door.CLOSED
    press(phone, page, "되돌리기")
    assert door(world) == Stall.Door.OPEN
    assert "문을 열었어요." in say(phone, "문 열어줘")


def test_something_new_needs_its_origin_and_no_more(world: World, phone: Client) -> None:
    page = say(phone, "참돔 두 마리 만 오천 원")

    assert "참돔 두 마리, 만 오천 원에 올릴까요? 어디에서 왔나요?" in page
    assert names(world) == ["고등어 1손", "갈치 1마리"]

    page = press(phone, page, "국산이에요")

    new = good(world, "참돔")
    assert (new.unit, new.price_won, new.origin, new.tax) == ("두 마리", 15_000, "국산", "exempt")
    assert "참돔, 올렸어요. 지금부터 팔아요." in page
    press(phone, page, "되돌리기")
    assert "참돔 두 마리" not in names(world)


def test_an_origin_from_abroad_is_typed_in(world: World, phone: Client) -> None:
    page = say(phone, "연어 한 토막 구천 원")
    fields = dict(
        re.findall(r'<input type="hidden" name="(?!csrf)(\w+)" value="([^"]*)"', page.split('id="origin"')[0])
    )

    phone.post(ADDRESS, {**fields, "origin": "노르웨이산"})

    assert good(world, "연어").origin == "노르웨이산"


def test_what_is_said_with_its_origin_is_up_at_once(world: World, phone: Client) -> None:
    say(phone, "노르웨이산 연어 한 토막 구천 원")

    assert good(world, "연어").origin == "노르웨이산"


def test_a_geun_is_sold_by_weight(world: World, phone: Client) -> None:
    say(phone, "국산 삼겹살 한 근 만이천")

    new = good(world, "삼겹살")
    assert (new.unit, new.price_grams, new.unit_grams, new.price_won) == ("한 근 600g", 600, 600, 12_000)


def test_a_good_without_a_count_is_asked_how_much_of_it(world: World, phone: Client) -> None:
    page = say(phone, "국산 오징어 만 원")
    assert "오징어, 얼마큼에 만 원인가요?" in page

    press(phone, page, ">1마리<")

    assert good(world, "오징어").unit == "1마리"


def test_two_prices_are_both_offered_and_none_is_taken(world: World, phone: Client) -> None:
    page = say(phone, "고등어만 구천 원")
    assert "고등어, 19,000원" in page

    press(phone, page, "고등어, 9,000원")

    assert good(world, "고등어").price_won == 9000


def test_so_much_more_can_be_by_and_to(world: World, phone: Client) -> None:
    page = say(phone, "고등어 천 원 내려")
    assert good(world, "고등어").price_won == 8000

    press(phone, page, "값을 7,000원으로")

    assert good(world, "고등어").price_won == 7000


def test_a_leap_is_asked_about_as_on_the_dial(world: World, phone: Client) -> None:
    page = say(phone, "고등어 팔만 원")
    assert good(world, "고등어").price_won == 8000
    assert "고등어 1손, 팔천 원에서 팔만 원으로 많이 바뀌어요. 맞나요?" in page

    press(phone, page, "네, 80,000원으로")

    assert good(world, "고등어").price_won == 80_000


def test_a_price_for_a_fish_is_no_price_for_100_grams(world: World, phone: Client) -> None:
    page = say(phone, "갈치 한 마리 이천 원")

    assert "갈치 100g 값을 2,000원으로" in page
    assert good(world, "갈치").price_won == 2500


def test_another_count_is_another_good_or_the_same(world: World, phone: Client) -> None:
    page = say(phone, "고등어 두 손 만 오천 원")
    assert "고등어 1손 값을 15,000원으로" in page

    page = press(phone, page, "고등어 두 손, 15,000원에 새로 올리기")

    assert good(world, "고등어", "두 손").price_won == 15_000
    assert good(world, "고등어", "1손").price_won == 8000
    assert good(world, "고등어", "두 손").origin == "국산"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("", "무엇을 할까요?"),
        ("안녕하세요", "잘 못 알아들었어요."),
        ("구천 원", "어느 물건인가요?"),
        ("고등어", "고등어, 얼마인가요?"),
        ("고등어 서너 마리 만 원", "한 번에 하나씩"),
        ("고등어 오천만 원", "그 값은 받을 수 없어요."),
    ],
)
def test_whatever_is_unclear_is_asked_back(world: World, phone: Client, said: str, asked: str) -> None:
    response = phone.post(ADDRESS, {"said": said})

    assert response.status_code == 409
    assert asked in response.content.decode()
    assert names(world) == ["고등어 1손", "갈치 1마리"]


def test_a_price_that_was_missing_is_typed_in(world: World, phone: Client) -> None:
    page = say(phone, "고등어 한 손")
    before = re.search(r'name="before" value="([^"]+)"', page)
    assert before is not None

    phone.post(ADDRESS, {"before": before[1], "won": "7500"})

    assert good(world, "고등어").price_won == 7500


def test_a_number_alone_is_offered_for_each_good(world: World, phone: Client) -> None:
    press(phone, say(phone, "구천 원"), "고등어, 9,000원")

    assert good(world, "고등어").price_won == 9000


def test_a_strangers_good_is_neither_heard_nor_touched(world: World, phone: Client) -> None:
    page = say(phone, "배추김치 품절")
    assert "어느 물건인가요?" in page

    answer = phone.post(ADDRESS, {"do": "price", "good_id": world.kimchi.pk, "price_won": "12500"})

    assert answer.status_code == 404
    assert good(world, "배추김치").price_won == 12_000


@pytest.mark.parametrize("told", [{"do": "price"}, {"do": "new", "name": "참돔"}, {"do": "sold_out"}, {"do": "steal"}])
def test_a_button_that_is_not_ours_does_nothing(world: World, phone: Client, told: dict[str, str]) -> None:
    assert phone.post(ADDRESS, told).status_code == 409
    assert names(world) == ["고등어 1손", "갈치 1마리"]


def test_the_same_thing_said_twice_is_one_good(world: World, phone: Client) -> None:
    for _ in range(2):
        say(phone, "국산 참돔 한 마리 만 오천 원")

    assert names(world).count("참돔 한 마리") == 1


def test_what_is_so_already_is_said(world: World, phone: Client) -> None:
    assert "고등어, 이미 8,000원에 팔고 있어요." in say(phone, "고등어 팔천 원")
    say(phone, "고등어 품절")

    page = say(phone, "고등어 품절")

    assert "고등어, 이미 품절이에요." in page
    assert "되돌리기" not in page


def test_a_new_price_for_what_is_sold_out_offers_to_sell_it_again(world: World, phone: Client) -> None:
    say(phone, "고등어 품절")

    page = say(phone, "고등어 구천 원")
    assert good(world, "고등어").state == Good.State.SOLD_OUT
    press(phone, page, "품절 풀고 다시 팔기")

    assert (good(world, "고등어").state, good(world, "고등어").price_won) == (Good.State.ON_SALE, 9000)
