from __future__ import annotations

from datetime import timedelta

from django.test import Client

from jangteo.domains.catalog.actions.set_price_life import set_price_life
from jangteo.domains.catalog.models import Good
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

EVENING = NOON + timedelta(hours=12)
MORNING = NOON + timedelta(hours=19)


def for_today(world: World, *goods: Good) -> None:
    with clock.at(NOON):
        for good in goods:
            life = Good.PriceLife.TODAY
            set_price_life(market=world.market, actor=SYSTEM, good_id=good.pk, life=life)


def good(world: World, wanted: Good) -> Good:
    with in_market(world.market.pk):
        return Good.objects.get(pk=wanted.pk)


def page(phone: Client, address: str = "/stall/") -> str:
    return phone.get(address).content.decode()


def test_the_morning_asks_and_the_evening_does_not(world: World, phone: Client) -> None:
    for_today(world, world.mackerel)

    with clock.at(EVENING):
        assert "오늘도 이 값인가요?" not in page(phone)
        assert "내일도 이 값" in page(phone, "/stall/goods/")
    with clock.at(MORNING):
        asked = page(phone)
        assert "오늘도 이 값인가요?" in asked
        assert "하실 일이 없어요" not in asked
        assert "어제 그대로" in page(phone, "/stall/goods/")


def test_one_button_keeps_every_price_and_one_takes_it_back(world: World, phone: Client) -> None:
    for_today(world, world.mackerel, world.hairtail)
    both = [world.mackerel.pk, world.hairtail.pk]

    with clock.at(MORNING):
        kept = phone.post("/stall/prices/keep/", follow=True).content.decode()
        assert "고등어 등 2가지, 값 그대로 팔아요." in kept
        assert kept.count('name="good" value=') == 2
        assert not any(good(world, each).price_ended(MORNING) for each in (world.mackerel, world.hairtail))

        back = phone.post("/stall/prices/back/", {"good": both}, follow=True).content.decode()
        assert "물건 2가지" in back
        assert all(good(world, each).price_ended(MORNING) for each in (world.mackerel, world.hairtail))


def test_one_good_is_answered_alone(world: World, phone: Client) -> None:
    for_today(world, world.mackerel, world.hairtail)

    with clock.at(MORNING):
        answer = phone.post("/stall/prices/keep/", {"good": [world.hairtail.pk], "next": "goods"}, follow=True)

        assert answer.redirect_chain[-1][0] == f"/stall/goods/?kept={world.hairtail.pk}"
        assert "갈치, 그대로 2,500원에 팔아요." in answer.content.decode()
        assert good(world, world.mackerel).price_ended(MORNING)


def test_a_new_price_answers_and_its_way_back_leads_to_the_question(world: World, phone: Client) -> None:
    for_today(world, world.mackerel)
    address = f"/stall/goods/{world.mackerel.pk}/"

    with clock.at(MORNING):
        named = phone.post(address, {"price_won": "8500", "sure": "on"}, follow=True).content.decode()
        assert "고등어, 오늘 8,500원에 팔아요." in named
        assert '<input type="hidden" name="back" value="ended">' in named

        phone.post(address, {"price_won": "8000", "sure": "on", "back": "ended"})

        assert good(world, world.mackerel).price_won == 8000
        assert good(world, world.mackerel).price_ended(MORNING)


def test_a_price_is_for_today_or_asked_in_one_tap_and_back_in_another(world: World, phone: Client) -> None:
    address = f"/stall/goods/{world.mackerel.pk}/life/"
    with clock.at(NOON):
        today = phone.post(address, {"life": "today"}, follow=True).content.decode()
        assert "고등어, 밤 11시 30분까지 이 값이에요." in today
        assert '<input type="hidden" name="life" value="standing">' in today

        asked = phone.post(address, {"life": "asked"}, follow=True).content.decode()
        assert "고등어, 시가로 해 뒀어요." in asked
        assert '<span class="price">시가</span>' in asked

        phone.post(address, {"life": "standing"})
    assert good(world, world.mackerel).price_life == "standing"


def test_a_price_named_for_what_is_asked_can_be_taken_back(world: World, phone: Client) -> None:
    life, address = Good.PriceLife.ASKED, f"/stall/goods/{world.mackerel.pk}/"
    set_price_life(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, life=life)

    assert phone.post(address, {"price_won": "8500"})["Location"].endswith(
        f"&was=8000&back=asked#good-{world.mackerel.pk}"
    )
    phone.post(address, {"price_won": "8000", "sure": "on", "back": "asked"})

    assert good(world, world.mackerel).price_life == "asked"


def test_a_life_that_does_not_exist_changes_nothing(world: World, phone: Client) -> None:
    phone.post(f"/stall/goods/{world.mackerel.pk}/life/", {"life": "forever"})

    assert good(world, world.mackerel).price_life == "standing"


def test_shoppers_see_no_number_where_the_price_is_asked(world: World) -> None:
    life = Good.PriceLife.ASKED
    set_price_life(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, life=life)
    shopper = Client()

    sheet = shopper.get(f"/jangteo/goods/{world.mackerel.pk}/").content.decode()
    shopper.post("/jangteo/basket/set/", {"good_id": world.mackerel.pk, "quantity": 1})

    assert "시가" in sheet
    assert "8,000" not in sheet
    assert "가게에 전화해서 물어보기" in sheet
    assert "바구니가 비었어요" in shopper.get("/jangteo/basket/").content.decode()
