"""Reviews, questions and review events of a stall."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.inquiries.actions.ask_stall import ask_stall
from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.inquiries.wanted import WantedInquiry
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.reviews.actions.open_review_event import open_review_event
from jangteo.domains.reviews.actions.write_review import write_review
from jangteo.domains.reviews.models import Review, ReviewEvent
from jangteo.domains.reviews.wanted import Purchase, WantedEvent, WantedReview
from jangteo.kernel import clock, ids
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market


def review_of(market: Market, part: StallPart) -> Review:
    """Somebody's of this part, which was handed over."""
    purchase = Purchase(part_id=part.pk)
    return write_review(market=market, actor=SYSTEM, purchase=purchase, wanted=WantedReview(5, "좋아요"))


def claim_of(market: Market, part: StallPart) -> Inquiry:
    """Somebody changed their mind about all of this part, which was handed over."""
    with in_market(market.pk):
        lines = tuple(Line.objects.filter(part=part).values_list("pk", flat=True))
    words, key = "마음이 바뀌었어요", ids.new_token()
    wanted = WantedInquiry(part.stall_id, words, key, part_id=part.pk, why="mind", line_ids=lines)
    return ask_stall(market=market, actor=SYSTEM, wanted=wanted)


def past_event(market: Market) -> int:
    """An event of the market that is over and not drawn yet; two at a time there cannot be."""
    with in_market(market.pk):
        earlier = ReviewEvent.objects.first()
    if earlier is not None:
        return earlier.pk
    with clock.at(clock.now() - timedelta(days=30)):
        wanted = WantedEvent("지난 후기", "draw", 1, 1, "쿠폰", 7)
        return open_review_event(market=market, actor=SYSTEM, wanted=wanted).pk
