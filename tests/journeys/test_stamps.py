"""도장: from the till to a customer without a smartphone, and from the stall's code to a customer's own phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from jangteo.domains.promotions.actions.make_coupon import Limits, NewCoupon, make_coupon
from jangteo.domains.promotions.rules import Off
from jangteo.domains.stamps.actions.start_programme import NewProgramme, start_programme
from jangteo.domains.stamps.models import Programme, Stamp
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phone, Phones
from tests.journeys.steps import at_the_stall
from tests.journeys.town import Town

STAMP_AFTER_A_SALE, STAMP_BY_CODE = 2, 1


@pytest.fixture(autouse=True)
def _collecting(town: Town) -> None:
    market, stall = town.world.market, town.world.fish
    with in_market(market.pk):
        if Programme.objects.filter(stall=stall, stopped_at=None).exists():
            return
    off = NewCoupon(name="선물", off=Off(won=3_000), form="given", stall_id=stall.pk, limits=Limits(per_person=None))
    coupon = make_coupon(market=market, actor=SYSTEM, new=off)
    start_programme(market=market, actor=SYSTEM, new=NewProgramme(stall.pk, 10, coupon.pk, "3,000원 쿠폰"))


def type_number(held: Phone, digits: str) -> None:
    """The number itself is no tap that could be saved."""
    for digit in digits:
        held.page.locator(f'number-pad [data-digit="{digit}"]').click()


def stamps(town: Town) -> list[tuple[str, int]]:
    with in_market(town.world.market.pk):
        rows = Stamp.objects.filter(stall=town.world.fish).order_by("pk")
        return list(rows.values_list("purchase", "count"))


@pytest.mark.rule(18)
def test_a_customer_without_a_smartphone_gets_a_stamp_by_number(town: Town, phone: Phones) -> None:
    before = len(stamps(town))
    held = at_the_stall(town, phone, town.world.fish)
    held.open("/stall/till/")
    held.tap(held.page.locator(".till-good", has_text="갈치"))
    for key in ("4", "00"):
        held.tap(held.page.locator(f'[data-pad="{key}"]'))
    held.press("담기")
    held.press("돈 받기")
    held.tap(held.page.locator('[data-way="cash"]'))
    offer = held.page.get_by_role("link", name="도장 찍기")
    expect(offer).to_be_visible(timeout=30_000)

    held.taps = 0
    held.tap(offer)
    type_number(held, "24681357")
    expect(held.page.get_by_label("손님 전화번호")).to_have_value("010-2468-1357")
    held.press("도장 찍기")
    expect(held.see("010-****-1357")).to_be_visible()
    expect(held.see("9개 더 모으면 3,000원 쿠폰")).to_be_visible()

    assert held.taps == STAMP_AFTER_A_SALE
    (purchase, count), *more = stamps(town)[before:]
    assert (purchase.partition(":")[0], count, more) == ("sale", 1, [])
    held.press("되돌리기")
    expect(held.see("도장을 되돌렸어요")).to_be_visible()
    assert [count for _purchase, count in stamps(town)[before:]] == [1, -1]
    assert held.complaints == []


@pytest.mark.rule(17, 18)
def test_the_code_that_a_stall_holds_out_is_one_tap_on_the_customers_phone(town: Town, phone: Phones) -> None:
    held = at_the_stall(town, phone, town.world.fish)
    held.open("/stall/stamps/")
    held.press("손님이 찍게 QR 보여 주기")
    digits = "".join(held.text(".stamp-digits").split())

    shopper = phone().open(f"/jangteo/stamps/?number={digits}")
    shopper.fill("휴대폰 번호", "010-1357-2468")
    shopper.press("도장 받기")
    expect(shopper.page.get_by_role("img", name="도장 10개 가운데 1개")).to_be_visible()
    held.page.reload()
    expect(held.see("손님이 찍었어요")).to_be_visible()

    assert shopper.taps == STAMP_BY_CODE
    assert shopper.complaints == []
