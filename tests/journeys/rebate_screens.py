"""Screens of the rebate desk: the customer's number, the helper's tablet, the association's figures, the board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from django.urls import reverse

from jangteo.domains.devices.board import Part, Show
from jangteo.domains.rebates.actions.ask_to_be_told import ask_to_be_told
from jangteo.domains.rebates.actions.hand_over_drawer import hand_over_drawer
from jangteo.domains.rebates.actions.move_visit import move_visit
from jangteo.domains.rebates.models import RebateVisit
from jangteo.domains.rebates.tests.desks import number, paid, paper, person
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.board_screens import preview
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Then, Who, office, press, shop_of, unfold, write
from tests.security.happening import rebate_in, receipt_in

S = RebateVisit.State


def _waiting(scenes: Scenes) -> RebateVisit:
    return number(scenes.world, rebate_in(scenes.world))


def _moved(scenes: Scenes, visit: RebateVisit, state: RebateVisit.State) -> RebateVisit:
    return move_visit(market=scenes.world.market, actor=SYSTEM, visit_id=visit.pk, state=state)


def _called(scenes: Scenes) -> RebateVisit:
    return _moved(scenes, _waiting(scenes), S.CALLED)


def _to_be_told(scenes: Scenes) -> RebateVisit:
    visit = _waiting(scenes)
    return ask_to_be_told(market=scenes.world.market, actor=SYSTEM, visit_id=visit.pk, phone="010-2345-6789")


def _missed(scenes: Scenes) -> RebateVisit:
    return _moved(scenes, _called(scenes), S.MISSED)


def _sent_ahead(scenes: Scenes) -> RebateVisit:
    """With a receipt that nobody has looked at."""
    visit = _waiting(scenes)
    receipt_in(scenes.world, visit)
    return visit


def _served(scenes: Scenes) -> RebateVisit:
    """Somebody of their own, whose receipts lie there: enough of one kind, nearly enough of the other."""
    event = rebate_in(scenes.world)
    with in_market(scenes.world.market.pk):
        taken = RebateVisit.objects.count()
    visit = person(scenes.world, event, f"0108888{taken:04}")
    paper(scenes.world, visit, fish=41_000)
    paper(scenes.world, visit, agri=30_800, total=52_300)
    receipt_in(scenes.world, visit)
    return _moved(scenes, visit, S.CALLED)


def _paid(scenes: Scenes) -> RebateVisit:
    visit = _served(scenes)
    paid(scenes.world, visit, 1)
    return visit


def _busy(scenes: Scenes) -> None:
    """Two at the desk, some who wait, one who was not there."""
    for state in (_called, _served, _missed, *[_waiting] * 5):
        state(scenes)


def _at(state: Callable[[Scenes], RebateVisit]) -> Callable[[Scenes], str]:
    return lambda scenes: f"rebate/{state(scenes).token}/"


def _desk(
    state: Callable[[Scenes], RebateVisit] | None, says: str, page: str = "visits/{}/", then: Then | None = None
) -> Screen:
    def address(scenes: Scenes) -> str:
        return f"/h/rebate/{page.format(state(scenes).pk if state else 0)}"

    return Screen(Who.OFFICE, address, says, then)


def _queue(scenes: Scenes) -> str:
    _busy(scenes)
    return "/h/rebate/"


def _open(scenes: Scenes) -> str:
    rebate_in(scenes.world)
    return "rebate/"


def _drawer(scenes: Scenes) -> str:
    event, market = rebate_in(scenes.world), scenes.world.market
    hand_over_drawer(market=market, actor=SYSTEM, event_id=event.pk, counted=299, gives="김영희", takes="박철수")
    return "/h/rebate/drawer/"


def _in_the_office(scenes: Scenes) -> str:
    _paid(scenes)
    _drawer(scenes)
    return f"events/rebates/{rebate_in(scenes.world).pk}/"


def _nowhere(scenes: Scenes) -> str:
    return reverse("rebate", args=[scenes.elsewhere.market.slug])


def _on_the_board(scenes: Scenes) -> Part:
    _busy(scenes)
    return Part(time(0), Show.REBATE)


def _refused(path: str, says: str, then: Then) -> Screen:
    return Screen(Who.OFFICE, lambda s: path.format(rebate_in(s.world).pk), says, then)


REBATE_SCREENS: dict[str, Screen] = {
    "no rebate": Screen(Who.SHOPPER, _nowhere, "지금은 환급행사가 없어요"),
    "no rebate desk": Screen(Who.NEW_OFFICE, lambda s: "/h/rebate/", "오늘은 환급행사가 없어요"),
    "board without a rebate": preview(lambda s: Part(time(0), Show.REBATE), "환급행사"),
    "rebate": shop_of(_open, "얼마를 돌려받나요?"),
    "rebate number": shop_of(_at(_sent_ahead), "창구에서 볼 거예요"),
    "rebate number with an error": Screen(
        Who.SHOPPER,
        lambda s: f"/jangteo/{_at(_waiting)(s)}",
        "종이 영수증 미리 보내기",
        unfold("종이 영수증", "영수증 보내기"),
    ),
    "rebate number whose turn is told": shop_of(_at(_to_be_told), "번호로 알려 드려요"),
    "rebate number with a wrong telephone": Screen(
        Who.SHOPPER,
        lambda s: f"/jangteo/{_at(_waiting)(s)}",
        "차례를 문자로 받기",
        write("전화번호", "+1 212", "문자로 알려 주세요"),
    ),
    "rebate number that is called": shop_of(_at(_called), "지금 오세요"),
    "rebate number that was missed": shop_of(_at(_missed), "넘어갔어요"),
    "rebate number that was paid": shop_of(_at(_paid), "장을 받으셨어요"),
    "rebate desk": Screen(Who.OFFICE, _queue, "지금 부른 번호"),
    "rebate table, nobody known": _desk(_called, "누구세요?"),
    "rebate table with receipts": _desk(_served, "드렸어요"),
    "rebate table, a wrong number": _desk(_called, "누구세요?", then=write("전화번호", "010-12", "산 것 찾기")),
    "rebate table, an unknown code": _desk(_served, "영수증", then=write("영수증 QR", "x", "넣기")),
    "rebate table, paid": _desk(_paid, "다음 분으로"),
    "rebate ticket": _desk(_waiting, "종이로 뽑기", "visits/{}/ticket/"),
    "rebate ticket whose turn is told": _desk(_to_be_told, "번호로 문자가 가요", "visits/{}/ticket/"),
    "rebate ticket with a wrong telephone": _desk(
        _waiting, "전화번호", "visits/{}/ticket/", write("차례를 문자로 받을 전화번호", "12", "문자로 알려 드리기")
    ),
    "rebate drawer": Screen(Who.OFFICE, _drawer, "넘긴 기록"),
    "rebate drawer with an error": _refused("/h/rebate/drawer/", "적어 주세요", press("센 장수 적기")),
    "rebate of the office": office(_in_the_office, "상품권 더하고 빼기"),
    "rebate of the office with an error": _refused("/office/events/rebates/{}/", "적어 주세요", press("적기")),
    "office new rebate": office(lambda s: "events/rebates/new/", "환급 기준"),
    "office new rebate with errors": office(
        lambda s: "events/rebates/new/", "적어 주세요", write("행사 이름", "", "환급행사 열기")
    ),
    "board of the rebate": preview(_on_the_board, "지금 오세요"),
}
