from __future__ import annotations

from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.reviews.models import Rating, Review
from jangteo.domains.reviews.tests.buying import bought
from jangteo.kernel.tenancy import in_market
from jangteo.project.demo.said import WORDS, say_things
from tests.world import World


def test_a_newcomer_finds_reviews_answers_and_a_question_that_waits(world: World) -> None:
    for _ in range(len(WORDS) + 1):
        bought(world)

    say_things(world.market)

    with in_market(world.market.pk):
        assert sorted(Inquiry.objects.values_list("state", flat=True)) == ["answered", "answered", "waiting"]
        states = list(Review.objects.order_by("pk").values_list("state", flat=True))
        assert Rating.objects.get(stall=None).count == len(WORDS)
        assert Review.objects.exclude(answer="").count() == sum(bool(answer) for _stars, _words, answer in WORDS)
    assert states == ["shown"] * len(WORDS) + ["waiting"]
