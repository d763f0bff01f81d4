"""What brings people back: the same as last time, a place at a class, money back for what they bought."""

from __future__ import annotations

import io
import zipfile
from datetime import time

import pytest
from playwright.sync_api import expect

from jangteo.domains.devices.board import Part, Plan, Show
from jangteo.domains.events.models import SignUp
from jangteo.domains.events.tests.gatherings import event
from jangteo.domains.people.models import Role
from jangteo.domains.rebates.actions.set_stopped import set_stopped
from jangteo.domains.rebates.models import RebateVisit
from jangteo.domains.rebates.tests.desks import bought, rebate
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.hung_up import switched_on
from tests.journeys.phone import Phone, Phones
from tests.journeys.steps import fill_basket, last_order, part_of, placed_at_the_stall
from tests.journeys.town import Town

AS_LAST_TIME = 3
MOST_TABS = 60


@pytest.mark.rule(18)
def test_the_same_as_last_time_takes_three_taps(town: Town, phone: Phones) -> None:
    shopper = phone()
    fill_basket(shopper, "손두부 1모", "알배추 1포기")
    placed_at_the_stall(shopper)
    before = last_order(town.world)

    shopper.open("/jangteo/")
    shopper.taps = 0
    shopper.follow("지난번처럼")
    shopper.press("이대로 주문하러 가기")
    shopper.press("원 주문하기")
    expect(shopper.see("주문이 들어갔어요")).to_be_visible()

    again = last_order(town.world)
    assert (shopper.taps, again.pk > before.pk, again.name) == (AS_LAST_TIME, True, before.name)
    for stall in (town.world.tofu_stall, town.world.greens):
        assert part_of(town.world, again, stall).order_id == again.pk


def tab_to(held: Phone, words: str) -> None:
    """Along the page by the one key, until what has the focus says this; only words that can be read are said."""
    for _ in range(MOST_TABS):
        held.page.keyboard.press("Tab")
        told = held.page.evaluate(
            "() => { const at = document.activeElement; return at.labels?.[0]?.innerText ?? at.innerText; }"
        )
        if words in told:
            return
    raise AssertionError(f"{words} is not reached by the keyboard")


def signs_up(held: Phone, title: str, name: str, number: str, press: str) -> None:
    held.open("/jangteo/events/")
    tab_to(held, title)
    held.page.keyboard.press("Enter")
    expect(held.page.get_by_role("heading", level=1)).to_have_text(title)
    tab_to(held, "이름")
    held.page.keyboard.type(name)
    tab_to(held, "전화번호")
    held.page.keyboard.type(number)
    tab_to(held, press)
    held.page.keyboard.press("Enter")
    expect(held.page.get_by_role("heading", level=1)).to_have_text("내 신청")


@pytest.mark.rule(18)
def test_a_class_is_signed_up_for_and_waited_for_by_keyboard_only(town: Town, phone: Phones) -> None:
    found = event(town.world, title="송편 교실", places=1)
    first, second = phone(), phone()
    signs_up(first, "송편 교실", "김하나", "010-7777-0001", "신청하기")
    expect(first.see("김하나 님, 1명 자리가 있어요.")).to_be_visible()
    signs_up(second, "송편 교실", "박두리", "010-7777-0002", "기다릴게요")
    expect(second.see("1번째로 기다리고 있어요.")).to_be_visible()
    second.mark()

    tab_to(first, "못 가게 됐어요")
    first.page.keyboard.press("Enter")
    tab_to(first, "신청 물리기")
    first.page.keyboard.press("Enter")
    expect(first.see("신청을 물렸어요.")).to_be_visible()

    expect(second.see("박두리 님, 1명 자리가 있어요.")).to_be_visible()
    assert (first.taps, second.taps, second.is_marked) == (0, 0, True)
    with in_market(town.world.market.pk):
        assert dict(SignUp.objects.filter(event=found).values_list("name", "state")) == {
            "김하나": SignUp.State.CANCELLED,
            "박두리": SignUp.State.IN,
        }


def add_paper_receipt(held: Phone, stall: str, fish: str, number: str) -> None:
    form = held.page.locator("form[action$='/paper/']")
    if not form.is_visible():
        held.tap(held.page.locator("summary", has_text="종이 영수증 적기"))
    form.get_by_label("가게").select_option(label=stall)
    form.get_by_label("수산물").fill(fish)
    form.get_by_label("승인번호").fill(number)
    held.tap(form.get_by_role("button", name="영수증 더하기"))


def test_three_receipts_are_pooled_and_paid_from_the_number_to_the_report(town: Town, phone: Phones) -> None:
    world = town.world
    day = rebate(world)
    bought(world, (world.mackerel, 2), phone="010-7777-0003")
    customer = phone().open("/jangteo/rebate/")
    customer.press("번호표 뽑기")
    with in_market(world.market.pk):
        number = RebateVisit.objects.latest("pk").number
    television = phone(width=1280, height=720, opens_offline=True)
    switched_on(world, television, Plan((Part(time(0), Show.REBATE),), ()))

    desk = phone(width=820, height=1180).open(town.way_in(None, Role.HELPER)).open("/h/rebate/")
    desk.press("다음 분 부르기")
    expect(television.page.locator(".ready")).to_contain_text(str(number))
    expect(customer.see("지금 오세요!")).to_be_visible()
    desk.fill("전화번호", "010-7777-0003")
    desk.fill("이름", "김하나")
    desk.press("산 것 찾기")
    expect(desk.see("16,000원")).to_be_visible()
    add_paper_receipt(desk, world.fish.name, "10000", "30000001")
    add_paper_receipt(desk, world.fish.name, "9000", "30000002")
    expect(desk.see("35,000원")).to_be_visible()
    desk.press("상품권 1장 드렸어요")
    expect(desk.see("상품권 1장을 드렸어요")).to_be_visible()

    office = phone(width=1280).open(town.way_in(None, Role.MANAGER)).open(f"/office/events/rebates/{day.pk}/")
    told = office.page.request.get(f"{office.base}/office/events/rebates/{day.pk}/report.xlsx")
    with zipfile.ZipFile(io.BytesIO(told.body())) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    assert "김** 0003" in words
    assert "01077770003" not in words
    set_stopped(market=world.market, actor=SYSTEM, event_id=day.pk, stopped=True)
