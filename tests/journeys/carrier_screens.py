"""Screens of what leaves the market by other hands."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from jangteo.domains.carriers import outside
from jangteo.domains.carriers.actions.note_parcel import WantedParcel, note_parcel
from jangteo.domains.carriers.actions.note_sightings import note_sightings
from jangteo.domains.carriers.outside import Outside
from jangteo.domains.carriers.states import Sighting
from jangteo.domains.carriers.tests.roads import called, nobody_calls, to_be_brought
from jangteo.domains.ordering.models import Order
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, office


def _brought(scenes: Scenes) -> Order:
    return to_be_brought(scenes.world)


def _on_the_way(scenes: Scenes) -> Order:
    """By quick courier, and a parcel that a door was not opened for."""
    order, market = _brought(scenes), scenes.world.market
    outside.use(Outside(quick=nobody_calls()))
    called(scenes.world, order)
    outside.use(Outside())
    wanted = WantedParcel("epost", f"{order.pk:013}", scenes.world.tofu_stall.pk, "냉장, 깨지기 쉬워요")
    parcel = note_parcel(market=market, actor=SYSTEM, order_id=order.pk, wanted=wanted)
    seen = [Sighting(clock.now(), "out", "가람집배센터"), Sighting(clock.now(), "failed_door")]
    note_sightings(market=market, actor=SYSTEM, parcel_id=parcel.pk, seen=seen)
    return order


def _at(made: Callable[[Scenes], Order], path: str = "") -> Callable[[Scenes], str]:
    return lambda scenes: f"deliveries/{made(scenes).pk}/{path}"


def _list(scenes: Scenes) -> str:
    _brought(scenes)
    _on_the_way(scenes)
    return "deliveries/"


def _todo(scenes: Scenes) -> str:
    _on_the_way(scenes)
    return ""


def _doubtful(page: Page, _scenes: Scenes) -> None:
    page.get_by_label("택배사", exact=True).select_option("hanjin")
    page.get_by_label("송장 번호", exact=True).fill("1234-5678-99")
    page.get_by_role("button", name="번호 넣기").click()


def _too_short(page: Page, _scenes: Scenes) -> None:
    page.get_by_label("택배사", exact=True).select_option("epost")
    page.get_by_label("송장 번호", exact=True).fill("123")
    page.get_by_role("button", name="번호 넣기").click()


CARRIER_SCREENS: dict[str, Screen] = {
    "no deliveries": Screen(Who.NEW_OFFICE, lambda s: "/office/deliveries/", "보낼 주문이 없어요"),
    "deliveries": office(_list, "고른 주문 이름표 뽑기"),
    "delivery": office(_at(_brought), "택배 번호 넣기"),
    "delivery on its way": office(_at(_on_the_way), "갔는데 못 전했어요"),
    "delivery with a short number": office(_at(_brought), "13자리예요", _too_short),
    "delivery with a doubtful number": office(_at(_brought), "송장을 다시 봤고", _doubtful),
    "quick courier not set up": office(_at(_brought, "quick/"), "아직 이어지지 않았어요"),
    "something carried hangs": office(_todo, "보내다 걸린 것"),
    "order that is carried": Screen(Who.SHOPPER, lambda s: f"/jangteo/order/{_on_the_way(s).token}/", "어디쯤 왔나요?"),
}
