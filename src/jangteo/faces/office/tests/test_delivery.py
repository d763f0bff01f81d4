"""The association sets delivery up, looks at what is to be brought, and tells that it is late."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.delivery.models import FeePolicy, Place, Window, Zone
from jangteo.domains.delivery.queries import promises_of
from jangteo.domains.delivery.tests.seats import next_wave, sit
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, delivers


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """A Friday noon, three hours before orders for the evening close."""
    with clock.at(NOON):
        yield


ZONE = {"name": "시장 둘레", "places": "장터동\n은행나무 아파트", "radius_m": "", "lat": "", "lon": ""}
CIRCLE = {"radius_m": "1,000", "lat": "37.47", "lon": "126.6"}
WINDOW = {
    "days": ["1", "3", "5"],
    "starts": "17:00",
    "ends": "19:00",
    "cut_off_minutes": "120",
    "capacity": "20",
    "runs": "always",
    "on_holidays": "no",
}
FEE = {"fee_won": "3,000원", "payer": "stalls", "free_from_won": "30,000", "municipality_won": ""}


def page(desk: Client, path: str = "") -> str:
    return text_of(desk.get(f"/office/delivery/{path}"))


def test_three_forms_set_delivery_up(world: World, desk: Client) -> None:
    assert "아직 손님이 배달을 고를 수 없어요." in page(desk)
    for path, told in (("zones/new/", ZONE), ("windows/new/", WINDOW)):
        assert desk.post(f"/office/delivery/{path}", told).status_code == 302
    told = {**FEE, "starts": clock.calendar_day().isoformat()}
    assert desk.post("/office/delivery/fee/", told)["Location"].endswith("?done=delivery_fee")
    words = page(desk)
    assert "아직 손님이 배달을 고를 수 없어요." not in words
    assert "은행나무 아파트, 장터동" in words
    assert "월·수·금 · 20건까지 · 120분 전에 마감" in words
    assert "10,000원어치를 시키면 손님이 3,000원 내요." in words
    assert "30,000원어치를 시키면 가게들이 나눠서 3,000원 내요." in words
    with in_market(world.market.pk):
        assert {place.name: place.kind for place in Place.objects.all()} == {
            "장터동": "dong",
            "은행나무 아파트": "building",
        }


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "구역 이름을 적어 주세요."),
        ({"places": ""}, "동이나 건물, 다시 봐 주세요."),
        ({"places": "장터동\n장터 동"}, "장터 동, 벌써 ‘시장 둘레’에 있어요."),
        ({"places": "장터동, 37.4"}, "1째 줄의 좌표를 다시 봐 주세요."),
        ({"places": "장터동, 126.6, 37.4"}, "위도와 경도가 서로 바뀐 것 같아요."),
        (
            {"places": "장터동\n먼 동, 37.6, 126.6", "radius_m": "1,000", "lat": "37.47", "lon": "126.6"},
            "먼 동, 가운데",
        ),
        ({"radius_m": "1000"}, "가운데 좌표, 다시 봐 주세요."),
        ({"radius_m": "5"}, "100부터 20,000까지 적을 수 있어요."),
        ({"lat": "서른일곱"}, "37.4701처럼 숫자로 적거나 비워 주세요."),
        ({"lat": "1e999999"}, "37.4701처럼 숫자로 적거나 비워 주세요."),
        ({"lat": "37.47"}, "위도와 경도 가운데 하나가 비었어요."),
    ],
)
def test_a_zone_that_cannot_be_is_said(world: World, desk: Client, change: dict[str, str], sentence: str) -> None:
    answer = desk.post("/office/delivery/zones/new/", {**ZONE, **change})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    with in_market(world.market.pk):
        assert Zone.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"days": []}, "요일을 하나라도 골라 주세요."),
        ({"ends": "16:00"}, "시작보다 늦은 시간을 골라 주세요."),
        ({"capacity": "0"}, "1부터 500까지 적을 수 있어요."),
        ({"cut_off_minutes": "-1"}, "0부터 1,440까지 적을 수 있어요."),
    ],
)
def test_a_window_that_cannot_be_is_said(world: World, desk: Client, change: dict[str, object], sentence: str) -> None:
    answer = desk.post("/office/delivery/windows/new/", {**WINDOW, **change})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    with in_market(world.market.pk):
        assert Window.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"fee_won": "99999999"}, "0부터 30,000까지 적을 수 있어요."),
        ({"free_from_won": ""}, "가게들이 대신 내는 금액을 적어 주세요."),
        ({"payer": "municipality"}, "배달비 안에서 지자체가 대는 돈을 적어 주세요."),
        ({"starts": "2020-01-01"}, "오늘이나 앞으로 올 날을 골라 주세요."),
        ({"fee_won": "3005"}, "배달비, 다시 봐 주세요."),
    ],
)
def test_a_fee_that_cannot_be_is_said(world: World, desk: Client, change: dict[str, str], sentence: str) -> None:
    told = {**FEE, "starts": clock.calendar_day().isoformat(), **change}
    answer = desk.post("/office/delivery/fee/", told)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    with in_market(world.market.pk):
        assert FeePolicy.objects.count() == 0


def test_zones_and_windows_are_closed_and_opened_again(world: World, desk: Client) -> None:
    place, window = delivers(world)
    for address, row in ((f"zones/{place.zone_id}", place.zone), (f"windows/{window.pk}", window)):
        for to, is_on in (("off", False), ("on", True)):
            desk.post(f"/office/delivery/{address}/state/", {"to": to})
            with in_market(world.market.pk):
                row.refresh_from_db()
            assert row.is_on is is_on
        assert desk.post(f"/office/delivery/{address}/state/", {"to": "x"}).status_code == 404


def test_a_day_off_is_set_and_lifted(world: World, desk: Client) -> None:
    delivers(world)
    desk.post("/office/delivery/rest/", {"day": "2026-11-21", "why": "김장 나눔"})
    assert "2026.11.21 김장 나눔" in page(desk)
    desk.post("/office/delivery/rest/", {"day": "2026-11-21", "lift": "1"})
    assert "김장 나눔" not in page(desk)
    assert desk.post("/office/delivery/rest/", {"day": "2020-01-01"}).status_code == 422


def test_a_wave_shows_where_it_goes_and_tells_everybody_that_it_is_late(world: World, desk: Client) -> None:
    delivers(world)
    wave = next_wave(world)
    for order in (8_001, 8_002):
        sit(market=world.market, wave_id=wave, order_id=order)
    assert "장터동 101호" in page(desk, f"waves/{wave}/")
    told = desk.post(f"/office/delivery/waves/{wave}/", {"minutes": "30", "why": "weather"})
    assert told["Location"] == f"/office/delivery/waves/{wave}/?done=wave_late"
    with in_market(world.market.pk):
        assert [[one.why for one in promises_of(order)] for order in (8_001, 8_002)] == [["weather", "first"]] * 2
    assert "오늘 저녁 7시 30분까지 가져다드린다고 다시 알렸어요." in page(desk, f"waves/{wave}/")
    assert "골라 주세요" in text_of(desk.post(f"/office/delivery/waves/{wave}/", {}))


def test_more_waves_and_zones_cost_no_more_statements(
    world: World, desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    delivers(world)
    first = next_wave(world)
    sit(market=world.market, wave_id=first, order_id=8_001)
    page(desk)
    with django_assert_num_queries(8):
        page(desk)
    for ahead in range(1, 6):
        sit(market=world.market, wave_id=first + ahead, order_id=8_001 + ahead)
    with django_assert_num_queries(8):
        page(desk)
