"""Screens of reviews, questions and claims, for the customer, the stall and the association."""

from __future__ import annotations

from collections.abc import Callable

from jangteo.domains.inquiries.actions.answer_inquiry import answer_inquiry
from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.markets.models import Stall
from jangteo.domains.reviews.actions.answer_review import answer_review
from jangteo.domains.reviews.actions.write_review import write_review
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.wanted import Purchase, WantedReview
from jangteo.kernel.audit import SYSTEM
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, after, office, shop_of
from tests.journeys.street import LONG
from tests.security.said import claim_of

WORDS = "고등어가 싱싱하고 사장님이 손질까지 해 주셔서 편했어요. 다음에도 시킬게요."


def reviewed(scenes: Scenes, stars: int = 5, words: str = WORDS, answer: str = "고맙습니다. 또 들러 주세요.") -> Review:
    part = scenes.part(scenes.handed_over(), scenes.world.fish)
    wanted, market = WantedReview(stars, words), scenes.world.market
    review = write_review(market=market, actor=SYSTEM, purchase=Purchase(part_id=part.pk), wanted=wanted)
    if answer:
        answer_review(market=market, actor=SYSTEM, review_id=review.pk, words=answer)
    return review


def claimed(scenes: Scenes, answer: str = "") -> Inquiry:
    market = scenes.world.market
    inquiry = claim_of(market, scenes.part(scenes.handed_over(), scenes.world.fish))
    if answer:
        answer_inquiry(market=market, actor=SYSTEM, inquiry_id=inquiry.pk, words=answer)
    return inquiry


def code(scenes: Scenes) -> str:
    stall: Stall = scenes.world.fish
    return stall.code


def of_part(page: str) -> Callable[[Scenes], str]:
    def address(scenes: Scenes) -> str:
        placed = scenes.handed_over()
        return f"order/{placed.token}/{page.format(scenes.part(placed, scenes.world.fish).pk)}"

    return address


def at_stall(path: Callable[[Scenes], str], says: str) -> Screen:
    return Screen(Who.STALL, lambda scenes: f"/stall/{path(scenes)}", says)


def waiting(scenes: Scenes) -> str:
    reviewed(scenes, 1, f"전화 주세요 010-1234-5678 {LONG}", answer="")
    return "reviews/"


def all_of_fish(scenes: Scenes) -> str:
    for stars in (5, 3, 1):
        reviewed(scenes, stars)
    return f"stall/{code(scenes)}/reviews/"


SAID_SCREENS: dict[str, Screen] = {
    "writing a review": shop_of(of_part("review/{}/?stars=5"), "얼굴을 하나 골라 주세요"),
    "own review": shop_of(lambda scenes: f"review/{reviewed(scenes).token}/", "후기가 올라갔어요"),
    "own review that waits": shop_of(
        lambda scenes: f"review/{reviewed(scenes, 1, '010-1234-5678', '').token}/", "상인회가 한번 읽어 보고 올려요"
    ),
    "reviews of a stall": shop_of(all_of_fish, "순자네 수산 후기"),
    "reporting a review": shop_of(lambda scenes: f"reviews/{reviewed(scenes).pk}/report/", "무엇이 문제인가요?"),
    "asking a stall": shop_of(lambda scenes: f"stall/{code(scenes)}/ask/", "무엇이 궁금하세요?"),
    "something was wrong": shop_of(of_part("question/{}/"), "무슨 일이 있었나요?"),
    "what was asked": shop_of(lambda scenes: f"asked/{claimed(scenes, '사진을 보내 주세요.').token}/", "답이 왔어요"),
    "nothing asked": shop_of(lambda scenes: "asked/", "아직 물어본 것이 없어요"),
    "questions at the stall": at_stall(after(claimed, "asks/"), "손님 질문"),
    "a claim at the stall": at_stall(lambda scenes: f"asks/{claimed(scenes).pk}/", "돈 돌려드리기"),
    "giving back for a claim": at_stall(lambda scenes: f"asks/{claimed(scenes).pk}/give-back/", "돌려드릴까요?"),
    "reviews at the stall": at_stall(after(reviewed, "reviews/"), "손님 후기"),
    "answering a review": at_stall(lambda scenes: f"reviews/{reviewed(scenes).pk}/", "답글 쓰기"),
    "inquiries at the office": office(after(claimed, "inquiries/"), "손님 문의"),
    "an inquiry at the office": office(lambda scenes: f"inquiries/{claimed(scenes).pk}/", "상인회 이름으로"),
    "reviews at the office": office(waiting, "읽어 볼 후기"),
    "review events": office(lambda scenes: "reviews/events/", "후기 이벤트"),
}
