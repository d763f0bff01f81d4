from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.promotions.models import Coupon
from jangteo.domains.stamps.models import Code, Programme, Stamp
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import World

PHONE = "010-1234-5678"


def words(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def put(stall: Client, who: str = PHONE, key: str = "k" * 20, **more: object) -> str:
    return str(stall.post("/stall/stamps/", {"who": who, "key": key, **more}).headers.get("Location", ""))


@pytest.fixture
def stall(phone: Client) -> Client:
    """The phone of a stall that has begun to collect, in three taps."""
    assert "하나 골라 보세요" in words(phone, "/stall/stamps/")
    assert "이렇게 시작하기" in words(phone, "/stall/stamps/start/?ready=ten")
    phone.post("/stall/stamps/start/", {"ready": "ten"})
    return phone


def test_a_ready_programme_brings_a_coupon_that_the_stall_bears(world: World, stall: Client) -> None:
    with in_market(world.market.pk):
        programme, coupon = Programme.objects.get(), Coupon.objects.get()

    assert (programme.stall_id, programme.need, programme.coupon_id) == (world.fish.pk, 10, coupon.pk)
    assert (coupon.stall_id, coupon.off_won, coupon.shares, coupon.stalls) == (
        world.fish.pk,
        3_000,
        [["stall", 10_000]],
        [world.fish.pk],
    )
    stall.post("/stall/stamps/start/", {"ready": "five"})
    with in_market(world.market.pk):
        assert Programme.objects.count() == 1


def test_a_number_and_one_press_stamp_and_ten_seconds_take_it_back(world: World, stall: Client) -> None:
    there = put(stall)
    page = words(stall, there)
    assert "010-****-5678" in page
    assert "9개" in page
    assert "되돌리기" in page

    told = re.search(r'name="put" value="([^"]+)"', page)
    assert told is not None
    assert "되돌렸어요" in words(stall, stall.post("/stall/stamps/back/", {"put": told[1]})["Location"])
    with in_market(world.market.pk):
        assert [stamp.count for stamp in Stamp.objects.order_by("pk")] == [1, -1]
    with clock.at(clock.now() + timedelta(seconds=11)):
        assert "되돌리기" not in words(stall, there)


def test_what_is_wrong_is_said_beside_the_number_and_the_number_stays(world: World, stall: Client) -> None:
    assert stall.post("/stall/stamps/", {"who": "", "key": "k" * 20}).status_code == 422
    response = stall.post("/stall/stamps/", {"who": "010-12", "key": "k" * 20})
    assert response.status_code == 422
    assert "휴대전화 번호를 다시" in response.content.decode()
    assert 'value="010-12"' in response.content.decode()
    put(stall)
    assert "조금 전에 찍은 손님" in stall.post("/stall/stamps/", {"who": PHONE, "key": "j" * 20}).content.decode()


def test_a_sale_of_the_till_is_stamped_once(world: World, stall: Client) -> None:
    rung = stall.post(
        "/stall/till/", {"amount_won": "8000", "way": "cash", "key": "5e0c1c6e-0000-4000-8000-000000000001"}
    )
    number = rung["Location"].rpartition("=")[2]
    assert f"/stall/stamps/?sale={number}" in words(stall, rung["Location"])
    assert "8,000원" in words(stall, f"/stall/stamps/?sale={number}")
    assert put(stall, sale=number)
    assert put(stall, who="010-9999-0000", key="j" * 20, sale=number) == ""


def test_the_code_is_held_out_and_says_when_it_was_scanned(world: World, stall: Client, client: Client) -> None:
    there = stall.post("/stall/stamps/code/")["Location"]
    with in_market(world.market.pk):
        code = Code.objects.get()
    page = words(stall, there)
    assert f"{code.digits[:3]} {code.digits[3:]}" in page

    at = client.get("/jangteo/stamps/", {"number": code.digits})["Location"]
    assert at == f"/jangteo/stamps/at/{code.token}/"
    assert "도장을 받았어요" in client.post(at, {"phone": PHONE}).content.decode()
    assert "손님이 찍었어요" in words(stall, there)
    assert client.get(at).status_code == 404


def test_a_paper_card_goes_over_and_stopping_can_be_undone(world: World, stall: Client) -> None:
    there = stall.post("/stall/stamps/paper/", {"who": PHONE, "count": "7"})["Location"]
    assert "3개" in words(stall, there)
    assert stall.post("/stall/stamps/paper/", {"who": PHONE, "count": "7"}).status_code == 422
    stopped = stall.post("/stall/stamps/stop/")["Location"]
    page = words(stall, stopped)
    assert "하나 골라 보세요" in page
    assert "되돌리기" in page
    with in_market(world.market.pk):
        stall.post("/stall/stamps/resume/", {"programme": str(Programme.objects.get().pk)})
    assert "도장 찍기" in words(stall, "/stall/stamps/")
