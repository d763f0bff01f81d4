"""Screens of money at the association's desk, and of what a stall is to get."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache

from jangteo.domains.settlement.actions.close_run import close_run
from jangteo.domains.settlement.actions.compare_day import DayReport, compare_day
from jangteo.domains.settlement.actions.mark_paid import mark_paid
from jangteo.domains.settlement.actions.note_returned import note_returned
from jangteo.domains.settlement.actions.solve_break import solve_break
from jangteo.domains.settlement.business_days import korean_date
from jangteo.domains.settlement.models import Break, SettlementRun
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Then, Who, press, unchecked
from tests.money.settling import ANNA, Book, approved, association_pays, exported, has_account, line_of
from tests.world import World


@cache
def settled(market_id: int, world: World) -> tuple[SettlementRun, SettlementRun, SettlementRun]:
    """A run with money that came back, one that waits for an account, one that was just closed; and breaks."""
    market, today = world.market, korean_date(clock.now())
    association_pays(market, fee_bp=100, gateway_fee_bp=220)
    for stall, number in ((world.fish, "110123456789"), (world.tofu_stall, "110987654321")):
        has_account(market, stall, number)
    book = Book(market, count=9_000)
    for ago in (5, 4, 3, 0):
        day = today - timedelta(days=ago)
        sold = {world.fish.pk: 128_000, world.tofu_stall.pk: 46_500} | ({world.greens.pk: 9_900} if ago == 4 else {})
        ref = book.sale(sold, noon(day))
        book.refund(ref, world.fish.pk, 12_000, noon(day) + timedelta(minutes=1))
        book.at_counter(world.fish.pk, 35_000, noon(day))
    returned, _ = exported(market, today - timedelta(days=5))
    line = line_of(returned, world.tofu_stall)
    note_returned(market=market, actor=ANNA, line_id=line.pk, reason="예금주 이름이 달라요")
    mark_paid(market=market, actor=ANNA, run_id=returned.pk)
    waiting = approved(market, today - timedelta(days=4))
    with clock.at(noon(today) + timedelta(days=1)):
        for ago in (5, 4):
            day = today - timedelta(days=ago)
            compare_day(market=market, actor=ANNA, report=DayReport("toss", day, [], []))
    with in_market(market.pk):
        first = Break.objects.order_by("pk")[0]
    solve_break(market=market, actor=ANNA, break_id=first.pk, note="결제사에 물어보니 내일 보낸대요")
    return returned, waiting, close_run(market=market, actor=ANNA, last=today - timedelta(days=3))


def noon(day: date) -> datetime:
    return clock.korean(day, time(12))


def desk(address: Callable[[World], str], says: str, then: Then | None = None) -> Screen:
    def made(scenes: Scenes) -> str:
        settled(scenes.world.market.pk, scenes.world)
        return address(scenes.world)

    return Screen(Who.OFFICE, made, says, then)


def run(number: int, says: str) -> Screen:
    return desk(lambda world: f"/office/money/runs/{settled(world.market.pk, world)[number].pk}/", says)


def statement(world: World) -> str:
    returned = settled(world.market.pk, world)[0]
    return f"/office/money/statements/{line_of(returned, world.tofu_stall).pk}/"


def account(world: World) -> str:
    return f"/office/stalls/{world.fish.pk}/account/"


def stall_money(scenes: Scenes) -> str:
    settled(scenes.world.market.pk, scenes.world)
    return "/stall/money/"


def nothing(path: str, says: str) -> Screen:
    return Screen(Who.NEW_OFFICE, lambda _: f"/office/money/{path}", says)


MONEY_SCREENS: dict[str, Screen] = {
    "money": desk(lambda _: "/office/money/", "토스페이먼츠"),
    "money, nothing": nothing("", "이날 움직인 돈이 없어요"),
    "breaks": desk(lambda _: "/office/money/breaks/", "맡은 사람 없음"),
    "breaks, taken": desk(lambda _: "/office/money/breaks/", "내가 맡았어요", press("내가 맡기")),
    "breaks, none": nothing("breaks/", "모두 맞아요"),
    "settlements": desk(lambda _: "/office/money/runs/", "지난 정산"),
    "settlements, none": nothing("runs/", "정산할 돈이 아직 없어요"),
    "run with money that came back": run(0, "되돌아온 돈 있음"),
    "run without an account": run(1, "받을 계좌가 없는 가게"),
    "run that was closed": run(2, "다 살펴봤어요"),
    "statement": desk(statement, "두부가게 정산 명세서"),
    "account": desk(account, "지금 쓰는 계좌"),
    "account with errors": desk(account, "계좌번호를 적어", unchecked(press("이 계좌 적어 두기"))),
    "terms": desk(lambda _: "/office/money/terms/", "전자금융거래법 제28조"),
    "what a stall gets": Screen(Who.STALL, stall_money, "받을 돈"),
}
