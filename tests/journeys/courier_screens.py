"""Screens of rounds: the courier's phone, the office that plans them, the customer who waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import Page

from jangteo.domains.delivery.models import Place
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.rounds.actions.press_stop import press_stop
from jangteo.domains.rounds.actions.write_rate import write_rate
from jangteo.domains.rounds.models import Stop
from jangteo.domains.rounds.pressed import Press
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.brought import bring, parts, seat, wants_home
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, office, order, write
from tests.riding import door, send_out, stop_of
from tests.riding import press as tell
from tests.world import delivers

NOTE = "공동 현관 비밀번호는 전화로 알려 드릴게요. 초인종이 고장 났어요."


def _packed(scenes: Scenes) -> PlacedOrder:
    """Tofu for the next wave, the stall ready."""
    with in_market(scenes.world.market.pk):
        known = Place.objects.filter(name="장터동").exists()
    if not known:
        delivers(scenes.world)
    placed = bring(scenes.world, replace(wants_home(scenes.world, (scenes.world.tofu, 2)), note=NOTE))
    for part in parts(scenes.world, placed):
        if not part.is_fee:
            for step in (accept_part, ready_part):
                step(market=scenes.world.market, actor=SYSTEM, part_id=part.pk)
    return placed


def _out(scenes: Scenes) -> PlacedOrder:
    placed = _packed(scenes)
    send_out(scenes.world, seat(scenes.world, placed).wave_id, [scenes.courier])
    return placed


def _pressed(*whats: str) -> Callable[[Scenes], PlacedOrder]:
    def made(scenes: Scenes) -> PlacedOrder:
        placed = _out(scenes)
        for what in whats:
            tell(scenes.world, scenes.courier, stop_of(scenes.world, placed), what, door() if what == "done" else None)
        return placed

    return made


def _failed(scenes: Scenes) -> PlacedOrder:
    placed = _pressed("loaded", "here")(scenes)
    told = Press(stop_of(scenes.world, placed).pk, "failed", clock.now(), why=Stop.Why.ADDRESS)
    press_stop(market=scenes.world.market, actor=SYSTEM, courier_id=scenes.courier.pk, press=told)
    return placed


def _paid(scenes: Scenes) -> str:
    write_rate(market=scenes.world.market, actor=SYSTEM, starts=clock.calendar_day(), stop_won=3_500)
    _pressed("loaded", "here", "done")(scenes)
    return "/c/pay/"


def _day(scenes: Scenes) -> str:
    _pressed("loaded")(scenes)
    _out(scenes)
    return "/c/"


def _stop(scenes: Scenes, *whats: str) -> str:
    return f"/c/stops/{stop_of(scenes.world, _pressed(*whats)(scenes)).pk}/"


def _rounds(scenes: Scenes) -> str:
    wave_id = seat(scenes.world, _pressed("loaded", "here", "done")(scenes)).wave_id
    _out(scenes)
    return f"delivery/waves/{wave_id}/rounds/"


def _back(scenes: Scenes) -> str:
    _failed(scenes)
    return "delivery/came-back/"


def _hands(scenes: Scenes) -> str:
    _failed(scenes)
    return ""


def _go(page: Page, scenes: Scenes) -> None:
    page.get_by_role("link", name="다음 집으로").click()


def _courier(address: Callable[[Scenes], str], says: str, then: Callable[[Page, Scenes], None] | None = None) -> Screen:
    return Screen(Who.COURIER, address, says, then)


COURIER_SCREENS: dict[str, Screen] = {
    "courier's day": _courier(_day, "다음 집으로"),
    "courier's door": _courier(_day, "다 왔어요", _go),
    "courier without a round": Screen(Who.NEW_COURIER, lambda s: "/c/", "오늘 맡은 배달이 아직 없어요"),
    "courier's stop to load": _courier(lambda s: _stop(s), "실었어요"),
    "courier's stop at the door": _courier(lambda s: _stop(s, "loaded", "here"), "문 앞 사진 찍기"),
    "courier's stop that is over": _courier(lambda s: _stop(s, "loaded", "done"), "이 집은 끝났어요"),
    "courier's pay": _courier(_paid, "3,500원"),
    "courier's pay, none yet": Screen(Who.NEW_COURIER, lambda s: "/c/pay/", "아직 없어요"),
    "courier without a network": Screen(Who.NEW_COURIER, lambda s: "/c/offline/", "인터넷이 끊겼어요"),
    "couriers of the association": office(lambda s: (s.courier, "delivery/couriers/")[1], "들어와 있는 전화기"),
    "couriers with errors": office(
        lambda s: "delivery/couriers/", "적어 주세요", write("배달하는 분 이름", "", "배달 링크 만들기")
    ),
    "link for a courier": office(
        lambda s: "delivery/couriers/", "새 링크", write("배달하는 분 이름", "김배달", "배달 링크 만들기")
    ),
    "rounds of a wave": office(_rounds, "드렸어요"),
    "deliveries that came back": office(_back, "다시 보내기"),
    "hands with a delivery that came back": office(_hands, "못 드리고 온 배달"),
    "order on its way": order(_pressed("loaded"), "차례예요"),
    "order at the door": order(_pressed("loaded", "here"), "문 앞에 왔어요"),
    "order left at the door": order(_pressed("loaded", "here", "done"), "문 앞에 두었어요"),
    "order that came back": order(_failed, "못 드리고 돌아왔어요"),
}
