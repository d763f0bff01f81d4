from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.markets.models import Stall
from jangteo.faces.merchant.tests.part_of import new_part
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.brought import bring, wants_home
from tests.gathering import gathers, goods_parts, to_be_fetched
from tests.world import NOON, World, delivers, order

EASY = ("/stall/", "/stall/more/", "/stall/more/regulars/", "/stall/more/rest/")


def text(client: Client, address: str = "/stall/") -> str:
    return client.get(address).content.decode()


def test_a_quiet_day_says_so(phone: Client) -> None:
    page = text(phone)

    assert "오늘은 하실 일이 없어요" in page
    assert "주문 받기" not in page


def test_a_new_order_has_one_big_button_and_is_spoken(world: World, phone: Client) -> None:
    order(world, (world.mackerel, 1), (world.hairtail, 2))

    page = text(phone)

    assert "새 주문이 왔어요" in page
    assert page.count("주문 받기") == 1
    assert "새 주문이요! 고등어 한 손, 갈치 두 마리." in page
    assert "20,000원쯤" in page


def test_the_oldest_of_three_comes_first_and_alone(world: World, phone: Client) -> None:
    first, second, third = (order(world, (world.mackerel, 1)) for _ in range(3))

    page = text(phone)

    assert "새 주문 3개가 왔어요" in page
    assert page.count("주문 받기") == 1
    places = [page.index(f">{placed.number}번<") for placed in (first, second, third)]
    assert places == sorted(places)
    assert page.index("주문 받기") < places[1]


def test_the_neighbours_order_is_not_shown(world: World, phone: Client) -> None:
    order(world, (world.kimchi, 1))

    assert "오늘은 하실 일이 없어요" in text(phone)


def test_money_stands_against_the_same_weekday_a_week_ago(world: World, phone: Client) -> None:
    with clock.at(NOON - timedelta(days=7)):
        sell(world, phone)
    with clock.at(NOON):
        sell(world, phone)
        sell(world, phone)
    with clock.at(NOON + timedelta(minutes=1)):
        page = text(phone)

    assert "16,000원" in page
    assert "지난주 금요일 이맘때보다 <b>8,000원 많아요</b>" in page


def test_less_than_last_week_is_said_as_plainly(world: World, phone: Client) -> None:
    with clock.at(NOON - timedelta(days=7)):
        sell(world, phone)
    with clock.at(NOON + timedelta(minutes=1)):
        assert "이맘때보다 <b>8,000원 적어요</b>" in text(phone)


def test_without_javascript_the_screen_refreshes_itself(phone: Client) -> None:
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in text(phone)


def test_it_is_easy_until_someone_wants_it_otherwise(phone: Client) -> None:
    assert 'data-mode="easy"' in text(phone)

    phone.cookies["mode"] = "normal"

    assert 'data-mode="normal"' in text(phone)


def test_help_is_one_tap_away(phone: Client) -> None:
    assert 'href="tel:010-0000-0001"' in text(phone)


@pytest.mark.parametrize("door", ["paused", "closed", "open"])
def test_the_door_turns_in_one_press(world: World, phone: Client, door: str) -> None:
    assert phone.post("/stall/door/", {"door": door})["Location"] == "/stall/"

    with in_market(world.market.pk):
        assert Stall.objects.get(pk=world.fish.pk).door == door
        assert Stall.objects.get(pk=world.stranger.pk).door == "open"
    assert ("새 주문이 안 들어와요" in text(phone)) is (door != "open")


def test_a_door_that_does_not_exist_changes_nothing(world: World, phone: Client) -> None:
    assert phone.post("/stall/door/", {"door": "ajar"}).status_code == 422

    with in_market(world.market.pk):
        assert Stall.objects.get(pk=world.fish.pk).door == "open"


def test_a_busy_screen_asks_the_database_no_more_than_a_quiet_one(
    world: World, phone: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        new_part(world)

    # The twelfth counts the questions that wait: the bell for them stands on every page of the stall. The
    # thirteenth asks which of the orders somebody took down at the telephone, the fourteenth whether they are gathered.
    with django_assert_max_num_queries(14):
        phone.get("/stall/")


@pytest.mark.parametrize("fragment", ["today", "calls"])
def test_the_live_screen_fetches_only_what_changed(world: World, phone: Client, fragment: str) -> None:
    new_part(world)

    page = phone.get("/stall/", headers={"x-fragment": fragment}).content.decode()

    assert f'data-live="{fragment}"' in page
    assert "<html" not in page


def sell(world: World, phone: Client) -> None:
    part = new_part(world)
    for verb in ("accept", "ready", "hand-over"):
        phone.post(f"/stall/orders/{part.pk}/{verb}/")


def test_yesterday_at_this_hour_comes_before_last_week(world: World, phone: Client) -> None:
    with clock.at(NOON - timedelta(days=7)):
        sell(world, phone)
    with clock.at(NOON - timedelta(days=1)):
        sell(world, phone)
    with clock.at(NOON - timedelta(days=1) + timedelta(hours=2)):
        sell(world, phone)
    with clock.at(NOON + timedelta(minutes=1)):
        sell(world, phone)
        sell(world, phone)
        assert "어제 이맘때보다 <b>8,000원 많아요</b>" in text(phone)


def test_easy_mode_shows_no_more_than_five_doors_on_a_screen(phone: Client) -> None:
    screens = [text(phone, path) for path in EASY]

    assert [one.count('class="tile"') for one in screens] == [5, 5, 5, 5]
    assert "도우미 부르기" in screens[0]
    assert [one.count('href="/stall/more/') for one in screens] == [1, 2, 1, 1]

    phone.cookies["mode"] = "normal"

    assert text(phone).count('class="tile"') == 4 + 4 + 5


@pytest.mark.parametrize(("brings", "says"), [("picker", "도우미가 가지러 가요"), ("stalls", "모음터로 가져다 주세요")])
def test_a_slip_says_who_brings_it_to_the_hub(world: World, phone: Client, brings: str, says: str) -> None:
    gathers(world, brings=brings)
    delivers(world)
    bring(world, wants_home(world, (world.mackerel, 1)))
    new_part(world)

    assert phone.get("/stall/").content.decode().count(says) == 1


@pytest.mark.usefixtures("takes_card")
def test_what_a_helper_fetches_is_not_handed_over_by_the_stall(world: World, phone: Client) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))
    part = next(one for one in goods_parts(world, placed) if one.stall_id == world.fish.pk)

    day, slip = phone.get("/stall/").content.decode(), phone.get(f"/stall/orders/{part.pk}/").content.decode()

    assert "도우미가 받아 가면 저절로 끝나요" in day
    assert "hand" not in "".join(re.findall(r'action="([^"]+)"', day))
    assert "손님이 직접 가져갔어요" in slip
