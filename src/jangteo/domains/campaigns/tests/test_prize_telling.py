"""Who was drawn in a review event is told: once, by day, when the coupon is there, never from a practice market."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from jangteo.domains.campaigns.effects import CampaignEffects
from jangteo.domains.campaigns.models import Dispatch
from jangteo.domains.campaigns.tests.stage import Post, post
from jangteo.domains.reviews.effects import grant_reward
from jangteo.domains.reviews.jobs import draw_due_events
from jangteo.domains.reviews.tests.buying import customer, written
from jangteo.domains.reviews.tests.test_events import opened
from jangteo.kernel import clock
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def outside_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)


@pytest.fixture
def texts() -> Iterator[Post]:
    with clock.at(NOON), post() as opened_post:
        yield opened_post


def told(texts: Post, at: datetime, *, coupons: bool = True) -> list[tuple[str, str]]:
    """Number and text of all that has left when the worker has been round at this moment."""
    tell = {"review.tell": CampaignEffects(texts.senders).tell_of_prize}
    with clock.at(at):
        draw_due_events()
        if coupons:
            deliver_due({"review.reward": grant_reward})
        deliver_due(tell)
    return sorted((text.draft.to, text.draft.text) for text in texts.simulator.accepted())


def test_a_winner_is_told_in_the_morning_and_once(world: World, texts: Post) -> None:
    event = opened(world, "draw", winners=1)
    with clock.at(NOON + HOUR):
        winner = customer(world, 1)
        written(world, 1, user=winner)
    night = event.ends_at.replace(hour=14)  # eleven in the evening in Korea
    night = night if night >= event.ends_at else night + timedelta(days=1)
    morning = night + 9 * HOUR

    assert told(texts, night) == []
    assert told(texts, morning - timedelta(seconds=30)) == []
    sent = told(texts, morning)
    assert told(texts, morning + HOUR) == sent

    ((to, text),) = sent
    assert to == winner.phone
    assert text == "[장터시장] ‘가을 후기’에 당첨되셨어요. 후기 고마움 2,000원, ‘내 쿠폰’에 넣어 드렸어요."
    with in_market(world.market.pk):
        assert [one.user_id for one in Dispatch.objects.all()] == [winner.pk]


def test_nobody_is_told_of_a_coupon_that_is_not_there(world: World, texts: Post) -> None:
    event = opened(world, "draw", winners=1)
    written(world, 5, user=customer(world, 1))
    day = event.ends_at.replace(hour=3) + timedelta(days=1)

    assert told(texts, day, coupons=False) == []
    with in_market(world.market.pk):
        assert OutboxRow.objects.get(topic="review.tell").status == OutboxRow.Status.QUEUED
    assert len(told(texts, day + 2 * HOUR)) == 1
