"""Screens of gathering orders: the walk past the stalls, the hub's table, a good that is not there."""

from __future__ import annotations

from jangteo.domains.hub.actions.answer_missing import answer_missing
from jangteo.domains.hub.actions.note_missing import note_missing
from jangteo.domains.hub.actions.receive_part import receive_part
from jangteo.domains.hub.actions.write_keep_rule import write_keep_rule
from jangteo.domains.hub.told import NewRule
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.gathering import gathers, goods_parts, lines_of, receive, to_be_fetched, tour
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, order, press, write


def _fetched(scenes: Scenes) -> PlacedOrder:
    gathers(scenes.world)
    return to_be_fetched(scenes.world, (scenes.world.cabbage, 2), (scenes.world.tofu, 3))


def _walking(scenes: Scenes) -> str:
    """Two orders, of one a stall's part is got."""
    placed = _fetched(scenes)
    to_be_fetched(scenes.world, (scenes.world.mackerel, 1), (scenes.world.cabbage, 1))
    tour(scenes.world)
    part = goods_parts(scenes.world, placed)[0]
    receive_part(market=scenes.world.market, actor=SYSTEM, part_id=part.pk)
    return "/h/tour/"


def _missing(scenes: Scenes) -> str:
    placed = _fetched(scenes)
    line = lines_of(scenes.world, goods_parts(scenes.world, placed)[0])[0]
    row = note_missing(market=scenes.world.market, actor=SYSTEM, line_id=line.pk)
    return f"/h/hub/missing/{row.pk}/"


def _hub(scenes: Scenes) -> str:
    _missing(scenes)
    _walking(scenes)
    receive(scenes.world, _fetched(scenes))
    return "/h/hub/"


def _on_shelf(scenes: Scenes) -> str:
    placed = _fetched(scenes)
    receive(scenes.world, placed)
    return f"/h/hub/orders/{placed.order_id}/"


def _found(scenes: Scenes) -> str:
    _on_shelf(scenes)
    with in_market(scenes.world.market.pk):
        return f"/h/hub/?q={Order.objects.latest('pk').phone[-4:]}"


def _plan(scenes: Scenes) -> str:
    gathers(scenes.world)
    rule = NewRule(clock.calendar_day(), 6, "전화드리고, 연락이 안 되면 가게로 돌려보내요.")
    write_keep_rule(market=scenes.world.market, actor=SYSTEM, told=rule)
    return "/office/delivery/hub/"


def _hands(scenes: Scenes) -> str:
    _missing(scenes)
    return "/office/"


def _received(scenes: Scenes) -> PlacedOrder:
    placed = _fetched(scenes)
    receive(scenes.world, placed)
    return placed


def _lacking(scenes: Scenes) -> PlacedOrder:
    """One good was not there and its money goes back, of the other stall it is."""
    placed = _fetched(scenes)
    first, second = goods_parts(scenes.world, placed)
    [line] = lines_of(scenes.world, first)
    row = note_missing(market=scenes.world.market, actor=SYSTEM, line_id=line.pk)
    answer_missing(market=scenes.world.market, actor=SYSTEM, missing_id=row.pk, good_id=None)
    receive_part(market=scenes.world.market, actor=SYSTEM, part_id=second.pk)
    return placed


def _for_the_stall(scenes: Scenes) -> str:
    _walking(scenes)
    return "/stall/"


HUB_SCREENS: dict[str, Screen] = {
    "walk past the stalls": Screen(Who.OFFICE, _walking, "이번 가게"),
    "hub, not used": Screen(Who.NEW_OFFICE, lambda s: "/h/hub/", "모음터를 쓰지 않는 시장이에요"),
    "walk, hub not used": Screen(Who.NEW_OFFICE, lambda s: "/h/tour/", "모음터를 쓰지 않는 시장이에요"),
    "hub": Screen(Who.OFFICE, _hub, "없는 물건, 정해 주세요"),
    "hub, found": Screen(Who.OFFICE, _found, "찾은 것"),
    "hub, not found": Screen(Who.OFFICE, lambda s: f"{_hub(s)}?q=99999", "선반에 그런 주문이 없어요"),
    "order at the hub": Screen(Who.OFFICE, _on_shelf, "손님께 드렸어요"),
    "missing good": Screen(Who.OFFICE, _missing, "손님은 전화로 물어봐 달라고 했어요"),
    "plan of the hub": Screen(Who.OFFICE, _plan, "모음터 그만 쓰기"),
    "plan of the hub, none yet": Screen(Who.NEW_OFFICE, lambda s: "/office/delivery/hub/", "안 쓰고 있어요"),
    "plan of the hub with errors": Screen(Who.OFFICE, _plan, "부터", write("몇 분마다 돌아요?", "1", "고친 대로 하기")),
    "hands with a missing good": Screen(Who.OFFICE, _hands, "가게에 없는 물건"),
    "order on the shelf": order(_received, "이 번호를 말씀해 주세요"),
    "order with a good that was not there": order(_lacking, "가게에 없던 물건"),
    "slips that are fetched": Screen(Who.STALL, _for_the_stall, "도우미가 가지러 가요"),
    "missing good, paid back": Screen(Who.OFFICE, _missing, "이어서 돌기", press("원 돌려드리기")),
}
