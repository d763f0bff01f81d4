"""Screens of events and of 떨이, for the customer, the stall, the association and the boards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

from django.urls import reverse
from playwright.sync_api import Page

from jangteo.domains.catalog.models import Good
from jangteo.domains.devices.board import Part, Show
from jangteo.domains.events.actions.show_event import show_event
from jangteo.domains.events.actions.start_flash import start_flash
from jangteo.domains.events.models import Event, FlashSale, SignUp
from jangteo.domains.events.tests.gatherings import comes, event
from jangteo.domains.events.told import NewFlash
from jangteo.domains.markets.models import Stall
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.board_screens import preview
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, after, office, press, shop_of

FAIR = "시월 마지막 토요일 저녁 골목 야시장과 어린이 그림 대회"
CLASS = "김장 교실"
BODY = "앞치마와 고무장갑을 가져오세요.\n\n배추와 양념은 저희가 준비해요. 담근 김치는 두 포기씩 가져가세요."


def _event(scenes: Scenes, title: str, **changes: object) -> Event:
    """The event of this title, shown from now on if there is none."""
    with in_market(scenes.world.market.pk):
        known = Event.objects.filter(title=title).first()
    return known or event(scenes.world, title=title, **changes)


def fair(scenes: Scenes) -> Event:
    """For everybody, with a long name and two stalls."""
    stalls = (scenes.world.fish.pk, scenes.closed_stall().pk)
    return _event(scenes, FAIR, kind="festival", places=None, stall_ids=stalls, body=BODY)


def lesson(scenes: Scenes) -> Event:
    return _event(scenes, CLASS, places=12, most_people=4, body=BODY)


def full(scenes: Scenes) -> Event:
    """Both places are taken."""
    found = _event(scenes, "두부 만들기", places=2, most_people=2)
    with in_market(scenes.world.market.pk):
        is_taken = SignUp.objects.filter(event=found).exists()
    if not is_taken:
        comes(scenes.world, found, people=2)
    return found


def _called_off(scenes: Scenes) -> Event:
    found = _event(scenes, "강가 음악회", kind="festival", places=None)
    return show_event(market=scenes.world.market, actor=SYSTEM, event_id=found.pk, state=Event.State.CALLED_OFF)


def flash(scenes: Scenes, stall: Stall | None = None) -> None:
    """What a stall has left goes for less; the same rows each time."""
    market, whose = scenes.world.market, stall or scenes.world.greens
    with in_market(market.pk):
        if FlashSale.objects.filter(stall=whose).exists():
            return
        goods = tuple(Good.objects.filter(stall=whose).values_list("pk", flat=True))
    now = clock.now()
    told = NewFlash(stall_id=whose.pk, good_ids=goods, percent=30, starts_at=now, ends_at=now + timedelta(hours=5))
    start_flash(market=market, actor=SYSTEM, told=told)


def _all(scenes: Scenes) -> None:
    for state in (fair, lesson, full, _called_off, flash):
        state(scenes)


def at(state: Callable[[Scenes], Event]) -> Callable[[Scenes], str]:
    return lambda scenes: f"events/{state(scenes).pk}/"


def _own(state: Callable[[Scenes], Event]) -> Callable[[Scenes], str]:
    """The page of somebody who has just signed up."""
    return lambda scenes: f"events/mine/{comes(scenes.world, state(scenes)).token}/"


def _nowhere(scenes: Scenes) -> str:
    return reverse("events", args=[scenes.elsewhere.market.slug])


def _with_people(scenes: Scenes) -> str:
    found = lesson(scenes)
    comes(scenes.world, found, people=2)
    return at(lesson)(scenes)


def _draft(scenes: Scenes) -> str:
    found = _event(scenes, "정월 대보름 윷놀이", kind="festival", places=None)
    show_event(market=scenes.world.market, actor=SYSTEM, event_id=found.pk, state=Event.State.DRAFT)
    return f"events/{found.pk}/"


def _flashing(scenes: Scenes) -> str:
    flash(scenes, scenes.world.fish)
    return "/stall/flash/"


def _without_goods(page: Page, scenes: Scenes) -> None:
    page.evaluate("document.querySelectorAll('[name=goods]').forEach(box => { box.checked = false })")
    press("떨이 시작")(page, scenes)


def _unmasked(page: Page, scenes: Scenes) -> None:
    page.get_by_text("손님 이름과 번호 보기").click()
    press("손님께 전화하려고")(page, scenes)


def _on_the_board(scenes: Scenes) -> Part:
    _all(scenes)
    return Part(time(0), Show.EVENTS)


EVENT_SCREENS: dict[str, Screen] = {
    "no events": Screen(Who.SHOPPER, _nowhere, "정해진 행사가 아직 없어요"),
    "events of the office, none": Screen(Who.NEW_OFFICE, lambda s: "/office/events/", "다가오는 행사가 없어요"),
    "flash sale": Screen(Who.STALL, lambda s: "/stall/flash/", "떨이 시작"),
    "flash sale of nothing": Screen(
        Who.STALL,
        lambda s: "/stall/flash/",
        "하나 이상 골라 주세요",
        _without_goods,
    ),
    "events": shop_of(after(_all, "events/"), FAIR),
    "event": shop_of(at(fair), "함께하는 가게"),
    "event with places": shop_of(at(lesson), "12자리 중"),
    "event with errors": Screen(Who.SHOPPER, lambda s: f"/jangteo/{at(lesson)(s)}", "적어 주세요", press("신청하기")),
    "full event": shop_of(at(full), "빈자리 기다리기"),
    "event called off": shop_of(at(_called_off), "헛걸음하지 마세요"),
    "own place": shop_of(_own(lesson), "자리가 있어요"),
    "own place in line": shop_of(_own(full), "기다리고 있어요"),
    "flash sale that runs": Screen(Who.STALL, _flashing, "그만두고 값 되돌리기"),
    "front with events": shop_of(after(_all, ""), FAIR),
    "events of the office": office(after(_all, "events/"), FAIR),
    "office event": office(_with_people, "신청한 분"),
    "office event, everybody seen": office(_with_people, "10분 뒤에 다시 가려요", _unmasked),
    "office event, list on paper": office(lambda s: f"{_with_people(s)}list/", "전화 끝자리"),
    "office event, not shown yet": office(_draft, "아직 손님께 안 보여요"),
    "office new event": office(lambda s: "events/new/", "적고 미리 보기"),
    "office new event with errors": office(lambda s: "events/new/", "적어 주세요", press("적고 미리 보기")),
    "office changes an event": office(lambda s: f"{at(fair)(s)}change/", "행사 고치기"),
    "board of events": preview(_on_the_board, "떨이"),
}
