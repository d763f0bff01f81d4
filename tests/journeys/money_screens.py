"""Screens of money at the association's desk, and of what a stall is to get."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache

from playwright.sync_api import Page

from jangteo.adapters.toss.payouts import TossPayouts
from jangteo.domains.markets.models import Stall
from jangteo.domains.payments import payout_gateways
from jangteo.domains.payments.payouts_port import Payee, PayeeKind, PayeeState, Payout, PayoutState
from jangteo.domains.settlement.actions.close_run import close_run
from jangteo.domains.settlement.actions.compare_day import DayReport, compare_day
from jangteo.domains.settlement.actions.mark_paid import mark_paid
from jangteo.domains.settlement.actions.note_payee import note_payee
from jangteo.domains.settlement.actions.note_payouts import note_payouts
from jangteo.domains.settlement.actions.note_returned import note_returned
from jangteo.domains.settlement.actions.note_unread import note_unread
from jangteo.domains.settlement.actions.send_run import send_run
from jangteo.domains.settlement.actions.set_payee import set_payee
from jangteo.domains.settlement.actions.set_payout_terms import NewTerms, set_payout_terms
from jangteo.domains.settlement.actions.solve_break import solve_break
from jangteo.domains.settlement.business_days import korean_date
from jangteo.domains.settlement.models import Break, GatewayDay, SentPayout, SettlementRun
from jangteo.domains.settlement.modes import Mode
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Then, Who, press, unchecked
from tests.money.settling import ANNA, Book, approved, association_pays, exported, has_account, line_of
from tests.world import World

NOWHERE = "http://127.0.0.1:9"
DAY = timedelta(days=1)
BY_GATEWAY = NewTerms(mode=Mode.GATEWAY_PAYS, gateway_fee_bp=220)


@cache
def settled(market_id: int, world: World) -> tuple[SettlementRun, SettlementRun, SettlementRun]:
    """A run with money that came back, one that waits for an account, one that was just closed; and breaks."""
    handed_over(market_id, world)
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
        for gateway, trouble in (("naverpay", None), ("portone", GatewayDay.Trouble.UNANSWERED)):
            note_unread(market=market, actor=ANNA, gateway=gateway, day=today, trouble=trouble)
    with in_market(market.pk):
        first = Break.objects.order_by("pk")[0]
    solve_break(market=market, actor=ANNA, break_id=first.pk, note="결제사에 물어보니 내일 보낸대요")
    closed = close_run(market=market, actor=ANNA, last=today - timedelta(days=3))
    set_payout_terms(market=market, actor=ANNA, terms=BY_GATEWAY)
    return returned, waiting, closed


@cache
def handed_over(market_id: int, world: World) -> tuple[SettlementRun, SettlementRun]:
    """A run that a gateway pays, one of two stalls already in vain, and one with stalls that none can pay yet.

    The first one's gateway is none that the program's own worker knows, so that nothing goes on by itself.
    """
    market, today = world.market, korean_date(clock.now())
    set_payout_terms(market=market, actor=ANNA, terms=BY_GATEWAY)
    stalls = (world.fish, world.tofu_stall)
    book = Book(market, count=8_000, gateway="portone")
    for ago in (7, 6):
        book.sale(
            {stall.pk: won for stall, won in zip(stalls, (128_000, 46_500), strict=True)}, noon(today - ago * DAY)
        )
        book.gateway = "toss"
    payout_gateways.use({"portone": TossPayouts(base_url=NOWHERE, secret_key="sk", security_key="0" * 64)})
    for stall in stalls:
        has_account(market, stall)
        contact = {"email": "stall@market.example", "phone": "01000000000"}
        payee = set_payee(market=market, actor=ANNA, stall_id=stall.pk, kind=PayeeKind.PERSON, **contact)
        known = Payee(f"seller-{stall.pk}", payee.ref, PayeeState.APPROVED)
        note_payee(market=market, actor=SYSTEM, payee_id=payee.pk, found=known, version=1)
    sent = approved(market, today - 7 * DAY)
    send_run(market=market, actor=ANNA, run_id=sent.pk)
    payout_gateways.use({})
    with in_market(market.pk):
        rows = list(SentPayout.objects.filter(batch__run=sent).select_related("payee", "batch").order_by("pk"))
    ends = ((PayoutState.REQUESTED, ""), (PayoutState.FAILED, "TRANSFER_FAILED"))
    seen = [
        Payout(f"p-{row.pk}", row.ref, row.payee.key, row.amount_won, state, row.batch.pay_on, why)
        for row, (state, why) in zip(rows, ends, strict=True)
    ]
    note_payouts(market=market, actor=SYSTEM, gateway="portone", seen=seen)
    return sent, approved(market, today - 6 * DAY)


def noon(day: date) -> datetime:
    return clock.korean(day, time(12))


def desk(address: Callable[[World], str], says: str, then: Then | None = None) -> Screen:
    def made(scenes: Scenes) -> str:
        settled(scenes.world.market.pk, scenes.world)
        return address(scenes.world)

    return Screen(Who.OFFICE, made, says, then)


def choosing(*names: str) -> Then:
    """Tap the cards of these, one after the other."""

    def then(page: Page, _: Scenes) -> None:
        for name in names:
            page.locator(".ask, .choice", has_text=name).click()

    return then


def run(number: int, says: str) -> Screen:
    return desk(lambda world: f"/office/money/runs/{settled(world.market.pk, world)[number].pk}/", says)


def by_gateway(number: int, says: str) -> Screen:
    return desk(lambda world: f"/office/money/runs/{handed_over(world.market.pk, world)[number].pk}/", says)


def of_gateway(world: World, stall: Stall) -> str:
    return f"/office/money/statements/{line_of(handed_over(world.market.pk, world)[0], stall).pk}/"


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
    "run at the gateway": by_gateway(0, "결제사가 가게마다 보내요"),
    "run with stalls that no gateway can pay": by_gateway(1, "보낼 수 없는 가게"),
    "statement that can be called back": desk(lambda world: of_gateway(world, world.fish), "보내기 전에 되부르기"),
    "statement": desk(statement, "두부가게 정산 명세서"),
    "account": desk(account, "지금 쓰는 계좌"),
    "account with errors": desk(account, "계좌번호를 적어", unchecked(press("이 계좌 적어 두기"))),
    "account at the gateway with errors": desk(account, "이메일 주소를 다시", unchecked(press("등록하기"))),
    "terms": desk(lambda _: "/office/money/terms/", "전자금융거래법 제28조"),
    "terms with a bank's form as csv": desk(
        lambda _: "/office/money/terms/", "옛 한글 윈도 글자로", choosing("쉼표로 나눈 글", "신한은행 양식")
    ),
    "places of the market": desk(lambda _: "/office/places/", "상품권 할인율과 한도"),
    "places for regulars": desk(lambda _: "/office/regulars/", "장날, 신청 받기, 환급행사"),
    "what a stall gets": Screen(Who.STALL, stall_money, "받을 돈"),
}
