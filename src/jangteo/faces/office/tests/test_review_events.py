from __future__ import annotations

from django.test import Client

from jangteo.domains.reviews.actions.draw_review_event import draw_review_event
from jangteo.domains.reviews.tests.buying import customer, written
from jangteo.domains.reviews.tests.test_events import opened, pieces
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

EVENTS = "/office/reviews/events/"


def test_winners_are_shown_masked_and_whether_they_have_their_coupon(world: World, desk: Client) -> None:
    event = opened(world, "draw", winners=1)
    winner = customer(world, 1234)
    with in_market(world.market.pk):
        winner.name = "홍길동"
        winner.save()
    written(world, 2, user=winner)
    with clock.at(event.ends_at):
        assert "지금 뽑기" in desk.get(EVENTS).content.decode()
        draw_review_event(market=world.market, actor=SYSTEM, event_id=event.pk)
        before = desk.get(EVENTS).content.decode()
        pieces(world)
        after = desk.get(EVENTS).content.decode()

    assert "쿠폰을 못 드렸어요" in before
    assert "쿠폰을 드렸어요" in after
    assert "홍*동" in after
    assert "010-****-1234" in after
    assert "홍길동" not in after
    assert "01055551234" not in after
