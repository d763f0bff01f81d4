"""Screens of delivery: the checkout's, the order's, and the association's pages."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

from playwright.sync_api import Page

from jangteo.domains.delivery.actions.expect_wave import expect_wave
from jangteo.domains.delivery.actions.mark_late import mark_late
from jangteo.domains.delivery.actions.revise_wave import revise_wave
from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.models import Place, Promise, Seat, Wave
from jangteo.domains.delivery.queries import zones
from jangteo.domains.delivery.tests.seats import next_wave
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.kernel.action import action
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, office, order, press, write
from tests.world import GUEST, delivers, wants


def _set_up(scenes: Scenes) -> Place:
    """The market delivers, from the first time on that this is asked."""
    with in_market(scenes.world.market.pk):
        known = Place.objects.filter(name="장터동").first()
    return known or delivers(scenes.world)[0]


def _brought(scenes: Scenes) -> PlacedOrder:
    """Tofu for the next wave."""
    place = _set_up(scenes)
    wanted = replace(
        wants((scenes.world.tofu, 2)),
        fulfil="deliver",
        wave_id=next_wave(scenes.world),
        place=Address("은행나무길 12, 301호", place.pk),
        fee_won=3_000,
    )
    return place_order(market=scenes.world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()))


def _wave_of(scenes: Scenes, placed: PlacedOrder) -> Wave:
    with in_market(scenes.world.market.pk):
        return Seat.objects.select_related("wave").get(order_id=placed.order_id).wave


def _told_late(scenes: Scenes) -> PlacedOrder:
    placed = _brought(scenes)
    market, wave = scenes.world.market, _wave_of(scenes, placed)
    minutes = 45 if wave.said_until is None or (wave.said_until - wave.ends_at) != timedelta(minutes=45) else 30
    revise_wave(market=market, actor=SYSTEM, wave_id=wave.pk, minutes=minutes, why=Promise.Why.LATE_STALL)
    return placed


@action
def _expect(*, market: Market, wave: Wave) -> None:
    expect_wave(wave_id=wave.pk, at=wave.ends_at + timedelta(minutes=100))


def _late_wave(scenes: Scenes) -> str:
    placed = _brought(scenes)
    market, wave = scenes.world.market, _wave_of(scenes, placed)
    _expect(market=market, wave=wave)
    mark_late(market=market, actor=SYSTEM)
    return f"delivery/waves/{wave.pk}/"


def _late_hand(scenes: Scenes) -> str:
    _late_wave(scenes)
    return ""


def _full_checkout(scenes: Scenes) -> str:
    _set_up(scenes)
    return "checkout/"


def _zone(scenes: Scenes) -> str:
    _set_up(scenes)
    with in_market(scenes.world.market.pk):
        return f"delivery/zones/{zones()[0].pk}/"


def _window(scenes: Scenes) -> str:
    _set_up(scenes)
    return f"delivery/windows/{next_wave(scenes.world) // 1_000_000}/"


def _overview(scenes: Scenes) -> str:
    _brought(scenes)
    return "delivery/"


def _fee(scenes: Scenes) -> str:
    _set_up(scenes)
    return "delivery/fee/"


def _choose_delivery(page: Page, scenes: Scenes) -> None:
    page.get_by_text("배달받기", exact=True).click()


def _order_without_a_door(page: Page, scenes: Scenes) -> None:
    _choose_delivery(page, scenes)
    page.get_by_label("나머지 주소").fill("")
    press("주문하기")(page, scenes)


DELIVERY_SCREENS: dict[str, Screen] = {
    "delivery of the office, nothing set up": Screen(
        Who.NEW_OFFICE, lambda s: "/office/delivery/", "아직 손님이 배달을 고를 수 없어요"
    ),
    "checkout with delivery": Screen(
        Who.FULL_BASKET, lambda s: f"/jangteo/{_full_checkout(s)}", "어느 동네예요?", _choose_delivery
    ),
    "checkout with delivery, with errors": Screen(
        Who.FULL_BASKET, lambda s: f"/jangteo/{_full_checkout(s)}", "빨간 글씨", _order_without_a_door
    ),
    "order to be brought": order(_brought, "가져다드려요"),
    "order that comes later": order(_told_late, "가게 준비가 늦어져서"),
    "delivery of the office": office(_overview, "다가오는 배달"),
    "delivery zone": office(_zone, "이 구역 닫기"),
    "delivery zone with errors": office(_zone, "구역 이름을 적어 주세요", write("구역 이름", "", "구역 적기")),
    "new delivery zone": office(lambda s: "delivery/zones/new/", "배달 구역 더하기"),
    "delivery window": office(_window, "이 시간 닫기"),
    "new delivery window with errors": office(lambda s: "delivery/windows/new/", "시간", press("시간 적기")),
    "delivery fee": office(_fee, "적어 둔 배달비"),
    "delivery fee with errors": office(_fee, "숫자로 적어 주세요", write("배달비 (원)", "", "배달비 적기")),
    "wave": office(_late_wave, "가져다드릴 곳"),
    "wave with errors": office(_late_wave, "골라 주세요", press("손님께 알리기")),
    "hands with a late wave": office(_late_hand, "늦을 것 같은 배달"),
}
