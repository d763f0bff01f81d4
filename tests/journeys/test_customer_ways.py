"""A customer pays ahead in other ways than by the usual card window."""

from __future__ import annotations

from playwright.sync_api import expect

from jangteo.domains.payments.models import Payment
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phone, Phones
from tests.journeys.steps import (
    at_the_stall,
    expect_quiet,
    expect_ringing,
    fill_basket,
    last_order,
    place,
    write_person,
)
from tests.journeys.town import Town

PLACED = "주문이 들어갔어요"


def before_the_window(phone: Phones, way: str) -> Phone:
    """A customer who has ordered 손두부 to be paid this way."""
    shopper = phone()
    fill_basket(shopper, "손두부 1모")
    shopper.open("/jangteo/checkout/")
    write_person(shopper)
    shopper.choose(way)
    place(shopper)
    return shopper


def expect_heading(shopper: Phone, words: str) -> None:
    expect(shopper.page.get_by_role("heading", level=1)).to_have_text(words)


def test_kakaopay_is_paid_on_its_own_page(town: Town, phone: Phones) -> None:
    shopper = before_the_window(phone, "카카오페이로 내기")

    shopper.press("카카오페이 열기")
    expect(shopper.see("연습 카카오페이")).to_be_visible()
    shopper.press("결제하기")

    expect_heading(shopper, PLACED)


def test_leaving_kakaopay_leaves_a_way_on(town: Town, phone: Phones) -> None:
    shopper = before_the_window(phone, "카카오페이로 내기")
    shopper.press("카카오페이 열기")
    shopper.press("취소")
    expect(shopper.see("결제창을 닫으셨어요")).to_be_visible()

    shopper.follow("다시 카카오페이로 내기")
    shopper.press("카카오페이 열기")
    shopper.press("결제하기")

    expect_heading(shopper, PLACED)


def test_a_deposit_places_the_order_when_it_comes(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.tofu_stall)
    shopper = before_the_window(phone, "계좌로 보내기")
    shopper.press("보낼 계좌 받기")
    shopper.press("결제하기")
    expect_heading(shopper, "결제를 기다리고 있어요")
    expect(shopper.see("결제를 확인하고 있어요")).to_be_hidden()
    expect_quiet(stall.page)
    with in_market(town.world.market.pk):
        payment = Payment.objects.get(order_ref=last_order(town.world).ref)

    town.toss.deposit(str(payment.payment_key))

    expect_heading(shopper, PLACED)
    expect_ringing(stall.page)


def test_portones_script_opens_its_window_and_brings_the_customer_back(town: Town, phone: Phones) -> None:
    shopper = before_the_window(phone, "지금 카드로 내기")
    with in_market(town.world.market.pk):
        Payment.objects.filter(order_ref=last_order(town.world).ref).update(gateway="portone")
    shopper.page.wait_for_load_state()
    shopper.page.reload()

    shopper.press("결제창 열기")
    expect(shopper.see("연습 결제창")).to_be_visible()
    shopper.press("결제하기")

    expect_heading(shopper, PLACED)
