"""What customers of the demo market said and asked in the last days, and what stalls answered."""

from __future__ import annotations

import random
from datetime import timedelta

from jangteo.domains.inquiries.actions.answer_inquiry import answer_inquiry
from jangteo.domains.inquiries.actions.ask_stall import ask_stall
from jangteo.domains.inquiries.wanted import WantedInquiry
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.reviews.actions.answer_review import answer_review
from jangteo.domains.reviews.actions.write_review import write_review
from jangteo.domains.reviews.wanted import Purchase, WantedReview
from jangteo.kernel import clock
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.tenancy import in_market

SHOPPER = Actor(ActorKind.CUSTOMER, "guest")
REVIEWS = 36
SEED = 7
# Stars, words, and what the stall answered.
WORDS = (
    (5, "싱싱하고 양도 넉넉해요. 또 시킬게요.", "고맙습니다. 또 들러 주세요."),
    (5, "사장님이 손질까지 해 주셔서 편했어요.", ""),
    (4, "맛있어요. 조금만 덜 짰으면 더 좋겠어요.", "다음에는 심심하게 챙겨 드릴게요."),
    (5, "", ""),
    (3, "보통이에요. 지난번이 더 나았어요.", ""),
    (5, "엄마가 좋아하세요. 포장도 꼼꼼해요.", ""),
    (1, "생각보다 작아서 아쉬웠어요.", "죄송합니다. 다음에 오시면 더 챙겨 드릴게요."),
    (5, "시간 맞춰 준비해 주셔서 기다리지 않았어요.", ""),
)
ODD = (2, "전화가 안 돼요. 010-0000-0000으로 연락 주세요.")
QUESTIONS = (
    ("오늘 몇 시까지 하세요?", "저녁 8시까지 해요. 천천히 오세요."),
    ("주차할 곳 있나요?", "시장 남문 쪽 공영 주차장이 가까워요."),
    ("반만 사도 돼요?", ""),
)


def say_things(market: Market) -> None:
    """From the orders of the last days, the same every time."""
    chance = random.Random(SEED)  # noqa: S311  # the same market every time, nothing secret
    since = clock.now() - timedelta(days=6)
    with in_market(market.pk):
        handed = StallPart.objects.filter(state=PartState.HANDED_OVER, changed_at__gte=since).order_by("pk")
        parts = list(handed.values_list("pk", "changed_at"))
        chosen = sorted(chance.sample(parts, min(REVIEWS, len(parts))))
        goods = dict(Line.objects.filter(part__in=[pk for pk, _at in chosen]).values_list("part_id", "good_id"))
    for number, (part_id, at) in enumerate(chosen):
        stars, words, answer = (*ODD, "") if number == len(chosen) - 1 else WORDS[number % len(WORDS)]
        good_id = goods[part_id] if number % 3 else None
        moment = min(at + timedelta(hours=3), clock.now())
        with clock.at(moment):
            purchase = Purchase(part_id=part_id, good_id=good_id)
            review = write_review(market=market, actor=SHOPPER, purchase=purchase, wanted=WantedReview(stars, words))
            if answer:
                keeper = Actor(ActorKind.STALL, f"stall:{review.stall_id}")
                answer_review(market=market, actor=keeper, review_id=review.pk, words=answer)
    _ask(market, [part_id for part_id, _at in chosen[: len(QUESTIONS)]])


def _ask(market: Market, part_ids: list[int]) -> None:
    """Half an hour ago, so that what has no answer does not yet wait too long."""
    for (words, answer), part_id in zip(QUESTIONS, part_ids, strict=False):
        with in_market(market.pk):
            stall_id = StallPart.objects.values_list("stall_id", flat=True).get(pk=part_id)
        with clock.at(clock.now() - timedelta(minutes=30)):
            wanted = WantedInquiry(stall_id, words, key=f"demo-question-{part_id}", asker="김하나")
            inquiry = ask_stall(market=market, actor=SHOPPER, wanted=wanted)
            if answer:
                keeper = Actor(ActorKind.STALL, f"stall:{stall_id}")
                answer_inquiry(market=market, actor=keeper, inquiry_id=inquiry.pk, words=answer)
