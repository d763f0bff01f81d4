"""A customer asks and the stall answers by voice; a review event from post to reward."""

from __future__ import annotations

from playwright.sync_api import expect

from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.models import Role
from jangteo.domains.promotions.actions.make_coupon import NewCoupon, make_coupon
from jangteo.domains.promotions.models import CouponPiece
from jangteo.domains.promotions.rules import Off, Share
from jangteo.domains.reviews.actions.open_review_event import open_review_event
from jangteo.domains.reviews.effects import grant_reward
from jangteo.domains.reviews.models import ReviewEvent
from jangteo.domains.reviews.tests.buying import bought
from jangteo.domains.reviews.wanted import WantedEvent
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phones
from tests.journeys.steps import at_the_stall
from tests.journeys.test_customer_account import signed_in
from tests.journeys.town import Town

HEARS = """
  globalThis.webkitSpeechRecognition = globalThis.SpeechRecognition = class {
    start() { setTimeout(() => this.hear("네, 고등어 들어왔어요")); }
    hear(transcript) { this.onresult({ results: [[{ transcript }]] }); this.onend(); }
    stop() {}
    abort() {}
  };
"""


def test_a_question_is_answered_by_voice_and_the_answer_arrives_live(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.fish)
    stall.page.add_init_script(HEARS)
    shopper = phone().open(f"/jangteo/goods/{town.world.mackerel.pk}/")
    shopper.follow("이 물건 물어보기")
    shopper.fill("무엇이 궁금하세요?", "오늘 고등어 들어왔어요?")
    shopper.press("가게에 보내기")
    expect(shopper.see("답을 기다려요")).to_be_visible()
    shopper.mark()

    expect(stall.see("손님이 물어보셨어요")).to_be_visible()
    stall.open("/stall/asks/")
    stall.tap(stall.page.locator(".inquiry-link").first)
    stall.press("눌러서 말하기")
    expect(stall.page.locator("#answer")).to_have_value("네, 고등어 들어왔어요")
    stall.press("손님께 보내기")
    expect(stall.see("손님 화면에 바로 보였어요.")).to_be_visible()

    expect(shopper.see("네, 고등어 들어왔어요")).to_be_visible()
    expect(shopper.see("답이 왔어요")).to_be_visible()
    assert shopper.is_marked


def test_a_review_event_from_post_to_reward(town: Town, phone: Phones) -> None:
    market, number = town.world.market, "010-3333-0077"
    shares = (Share("association", 10_000),)
    coupon = make_coupon(
        market=market,
        actor=SYSTEM,
        new=NewCoupon(name="후기 고마움 2,000원", off=Off(won=2_000), form="given", shares=shares, budget_won=100_000),
    )
    wanted = WantedEvent("가을 후기", "draw", 1, coupon.pk, coupon.name, 7)
    event = open_review_event(market=market, actor=SYSTEM, wanted=wanted)
    shopper = signed_in(town, phone, number)
    user = register_customer(market=market, actor=SYSTEM, phone=number.replace("-", ""))
    part = bought(town.world, user=user)

    shopper.open(f"/jangteo/order/{part.order.token}/").follow("아쉬워요")
    expect(shopper.see("좋다고 쓰든 아쉽다고 쓰든 똑같아요.")).to_be_visible()
    shopper.fill("한마디 안 적어도 돼요", "두부가 조금 작아졌어요.")
    shopper.press("후기 올리기")
    expect(shopper.see("경품 받고 쓴 후기")).to_be_visible()

    with in_market(market.pk):
        ReviewEvent.objects.filter(pk=event.pk).update(ends_at=clock.now())
    office = phone().open(town.way_in(None, Role.MANAGER)).open("/office/reviews/events/")
    office.press("지금 뽑기")
    expect(office.see("뽑았어요.")).to_be_visible()
    shopper.open(f"/jangteo/review-events/{event.pk}/")
    expect(shopper.see("당첨되셨어요!")).to_be_visible()
    with in_market(market.pk):
        grant_reward(OutboxRow.objects.get(topic="review.reward", market_id=market.pk))
        assert list(CouponPiece.objects.values_list("user_id", "coupon_id")) == [(user.pk, coupon.pk)]
