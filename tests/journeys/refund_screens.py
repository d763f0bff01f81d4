"""Screens of the kinds of money that pay an order, and of giving money back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import fields

from jangteo.domains.markets.actions.change_stall import change_stall
from jangteo.domains.markets.stall_facts import StallFacts
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.ordering.wanted import PlacedOrder, WantedMoney
from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.queries_policies import policy_rows
from jangteo.domains.payments.rules.policies import Policy
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Then, Who, press, unchecked
from tests.world import GUEST, wants


def shop(made: Callable[[Scenes], PlacedOrder], says: str, path: str = "") -> Screen:
    return Screen(Who.SHOPPER, lambda scenes: f"/jangteo/order/{made(scenes).token}/{path}", says)


def stall(made: Callable[[Scenes], PlacedOrder], says: str, path: str = "", then: Then | None = None) -> Screen:
    def address(scenes: Scenes) -> str:
        placed = made(scenes)
        line = scenes.line(placed, scenes.world.mackerel)
        part = scenes.part(placed, scenes.world.fish)
        return f"/stall/orders/{part.pk}/{path.format(line=line.pk)}" if path != "today" else "/stall/"

    return Screen(Who.STALL, address, says, then)


def office(made: Callable[[Scenes], PlacedOrder], says: str, path: str = "", then: Then | None = None) -> Screen:
    def address(scenes: Scenes) -> str:
        placed = made(scenes)
        line = scenes.line(placed, scenes.world.mackerel)
        return f"/office/{path.format(order=placed.order_id, line=line.pk)}"

    return Screen(Who.OFFICE, address, says, then)


def bought(scenes: Scenes, tender: str, kind: str) -> PlacedOrder:
    """A mackerel and a tofu, 3,000 won of it in money of this kind at the fish stall."""
    _take_vouchers(scenes)
    world = scenes.world
    moneys = (WantedMoney(kind, won=3_000),)
    wanted = wants((world.mackerel, 1), (world.tofu, 1), tender=tender, moneys=moneys)
    return place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()))


def paid(scenes: Scenes) -> PlacedOrder:
    return scenes.paid(bought(scenes, "card", "local_currency"))


def cancelled(scenes: Scenes) -> PlacedOrder:
    scenes.rejected_refund()
    return refunded(scenes)


def ready(scenes: Scenes) -> PlacedOrder:
    placed = bought(scenes, "at_stall", "onnuri_paper")
    part_id = scenes.part(placed, scenes.world.fish).pk
    for step in (accept_part, ready_part):
        step(market=scenes.world.market, actor=SYSTEM, part_id=part_id)
    return placed


def given(scenes: Scenes) -> PlacedOrder:
    placed = paid(scenes)
    part_id = scenes.part(placed, scenes.world.fish).pk
    for step in (accept_part, ready_part, hand_over_part):
        step(market=scenes.world.market, actor=SYSTEM, part_id=part_id)
    return placed


def refunded(scenes: Scenes) -> PlacedOrder:
    placed = given(scenes)
    line = scenes.line(placed, scenes.world.mackerel)
    wanted = WantedRefund({line.pk: 4_000})
    market, key = scenes.world.market, str(uuid.uuid4())
    refund_lines(market=market, actor=SYSTEM, order_id=placed.order_id, wanted=wanted, key=key)
    return placed


def _take_vouchers(scenes: Scenes) -> None:
    """What other screens have set up already stays as it is."""
    market, fish = scenes.world.market, scenes.world.fish
    with in_market(market.pk):
        fish.refresh_from_db()
        known = {row.scheme for row in policy_rows()}
    if not (fish.takes_onnuri and fish.takes_local):
        now = {field.name: getattr(fish, field.name) for field in fields(StallFacts)}
        facts = StallFacts(**now | {"takes_onnuri": True, "takes_local": True})
        change_stall(market=market, actor=SYSTEM, stall_id=fish.pk, facts=facts)
    for scheme in {"onnuri", "local"} - known:
        policy = Policy(id=scheme, scheme=scheme, area="", starts=clock.calendar_day(), discount_bp=1_000)
        add_policy(market=market, actor=SYSTEM, policy=policy, origin=Origin("test"))


REFUND_SCREENS: dict[str, Screen] = {
    "order, several moneys": shop(paid, "가져가세요"),
    "cancelling a paid order": shop(paid, "안 가져오시면 돼요", "cancel/"),
    "cancelling an order": shop(Scenes.new, "네, 모두 취소할게요", "cancel/"),
    "order, money back": shop(refunded, "가게에서 드려요"),
    "slip, money to take": stall(ready, "받으세요"),
    "slip, other money": stall(ready, "무엇으로 받으셨어요?", "other-money/"),
    "slip, money back": stall(refunded, "그 뒤에"),
    "today, money to give": stall(refunded, "손님께 돌려드릴 돈", "today"),
    "stall refund": stall(given, "무엇을 돌려드릴까요?", "refund/"),
    "stall refund, how much": stall(given, "얼마를 돌려드릴까요?", "refund/?line={line}"),
    "stall refund, too much": stall(given, "원까지 돌려드릴 수 있어요", "refund/?line={line}&amount_won=9000"),
    "stall refund, quoted": stall(given, "4,000원을 돌려드릴까요?", "refund/?line={line}&amount_won=4000"),
    "office orders": office(given, "오늘 주문", "orders/"),
    "office orders, none": office(given, "그런 주문이 없어요", "orders/?q=없는이름"),
    "office order": office(refunded, "있었던 일", "orders/{order}/"),
    "office, ending an order": office(Scenes.new, "돈은 어떻게 할까요?", "orders/{order}/end/"),
    "office, ending an order, nothing chosen": office(
        Scenes.new, "둘 가운데 하나를", "orders/{order}/end/", unchecked(press("이 주문 끝내기"))
    ),
    "office, ending an order that is over": office(Scenes.closed, "벌써 끝난 주문이에요", "orders/{order}/end/"),
    "office refund": office(given, "어느 돈부터", "orders/{order}/refund/"),
    "office refund with errors": office(
        given, "골라 주세요", "orders/{order}/refund/", unchecked(press("얼마가 어떻게 돌아가는지 보기"))
    ),
    "office refund, quoted": office(
        given, "손님께 8,000원을", "orders/{order}/refund/?line_{line}=on&first=cash_like_first"
    ),
    "office refund, nothing left": office(paid, "더 돌려드릴 돈이 없어요", "orders/{order}/refund/"),
    "office refunds": office(cancelled, "결제사에서 멈춘 환불", "refunds/"),
}
