"""A member of the association lends a hand from the office."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from jangteo.domains.people.models import Role
from jangteo.kernel import clock
from tests.journeys.phone import Phone, Phones
from tests.journeys.steps import at_the_stall
from tests.journeys.town import Town
from tests.world import order

LONG_AGO = timedelta(minutes=25)


def at_the_office(town: Town, phone: Phones, role: Role = Role.MANAGER) -> Phone:
    desk = phone(width=1280, height=800).open(town.way_in(None, role))
    desk.page.wait_for_url("**/office/")
    return desk


def test_a_stuck_order_comes_to_the_desk_and_leaves_it(town: Town, phone: Phones) -> None:
    world = town.world
    with clock.at(clock.now() - LONG_AGO):
        placed = order(world, (world.mackerel, 1))
    desk = at_the_office(town, phone)
    hand = desk.page.locator(".hand", has_text=f"{placed.number}번")
    expect(hand).to_contain_text("순자네 수산")
    expect(hand).to_contain_text("25분째")
    expect(hand.get_by_role("link", name="순자 님께 전화 010-0000-1000")).to_have_attribute("href", "tel:010-0000-1000")

    stall = at_the_stall(town, phone, world.fish)
    stall.press("주문 받기")
    expect(stall.see(f"{placed.number}번을 받았어요")).to_be_visible()
    desk.page.reload()

    expect(hand).to_have_count(0)


def test_a_fresh_link_brings_a_new_phone_in_and_cutting_it_off_throws_it_out(town: Town, phone: Phones) -> None:
    desk = at_the_office(town, phone)
    turn_to(desk, "점포")
    desk.tap(desk.page.get_by_role("link", name="두부가게", exact=True))
    desk.press("사장님 링크 만들기")
    link = desk.page.get_by_label("링크", exact=True).input_value()
    expect(desk.page.locator("svg.qr")).to_be_visible()
    expect(desk.page.get_by_role("link", name="문자로 보내기")).to_have_attribute("href", sms_to(link))
    stall = phone().open(link)
    stall.page.wait_for_url("**/stall/")

    desk.follow("두부가게")
    desk.tap(desk.page.locator("summary", has_text="끊기"))
    desk.press("네, 끊어 주세요")
    expect(desk.see("아직 들어온 전화기가 없어요")).to_be_visible()

    stall.tap(stall.page.get_by_role("link", name="물건·값"))
    expect(stall.see("이 전화기는 아직 못 들어와요")).to_be_visible()
    expect(phone().open(link).see("이 링크로는 들어갈 수 없어요")).to_be_visible()


def turn_to(desk: Phone, place: str) -> None:
    """By the menu, as on a phone: the word, then the tile."""
    desk.tap(desk.page.get_by_role("link", name="시장", exact=True))
    desk.tap(desk.page.locator(".places a", has=desk.page.get_by_text(place, exact=True)))


def sms_to(link: str) -> str:
    return f"sms:010-0000-1000?body={link.replace(':', '%3A').replace('/', '%2F')}"


def test_every_deed_is_in_the_log_with_who_did_it(town: Town, phone: Phones) -> None:
    at_the_stall(town, phone, town.world.greens).follow("영업 중")
    desk = at_the_office(town, phone)
    turn_to(desk, "점포")
    desk.tap(desk.page.get_by_role("link", name="푸른채소", exact=True))
    desk.press("가족 링크 만들기")

    turn_to(desk, "기록")

    row = desk.page.get_by_role("row", name="상인회").first
    expect(row).to_contain_text("링크")


def test_a_stalls_phone_is_no_key_to_the_office(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.fish)

    stall.open("/office/")

    expect(stall.see("이 전화기는 아직 못 들어와요")).to_be_visible()
