from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from jangteo.domains.promotions.actions.make_coupon import NewCoupon, make_coupon
from jangteo.domains.promotions.models import Coupon, CouponPiece
from jangteo.domains.promotions.rules import Off, Share
from jangteo.domains.reviews import errors
from jangteo.domains.reviews.actions.delete_review import delete_review
from jangteo.domains.reviews.actions.draw_review_event import draw_review_event
from jangteo.domains.reviews.actions.judge_review import judge_review
from jangteo.domains.reviews.actions.open_review_event import open_review_event
from jangteo.domains.reviews.effects import grant_reward
from jangteo.domains.reviews.jobs import draw_due_events
from jangteo.domains.reviews.models import Review, ReviewEvent
from jangteo.domains.reviews.queries_events import READ_WITHIN, SHOWN_AFTER, drawn_event, event_to_show, winners_of
from jangteo.domains.reviews.rules import digest_of, drawn
from jangteo.domains.reviews.tests.buying import bought, customer, written
from jangteo.domains.reviews.wanted import WantedEvent
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import in_market
from tests.world import World


def given_coupon(world: World) -> Coupon:
    new = NewCoupon(
        name="후기 고마움 2,000원", off=Off(won=2_000), form="given", shares=(Share("association", 10_000),),
        budget_won=1_000_000,
    )  # fmt: skip
    return make_coupon(market=world.market, actor=SYSTEM, new=new)


def opened(world: World, kind: str, winners: int = 2) -> ReviewEvent:
    coupon = given_coupon(world)
    wanted = WantedEvent("가을 후기", kind, winners, coupon.pk, coupon.name, 7)
    return open_review_event(market=world.market, actor=SYSTEM, wanted=wanted)


def pieces(world: World) -> list[int]:
    """Who holds a coupon, after what was promised was delivered, twice."""
    with in_market(world.market.pk):
        rows = list(OutboxRow.objects.filter(topic="review.reward", market_id=world.market.pk))
        for row in [*rows, *rows]:
            grant_reward(row)
        return sorted(CouponPiece.objects.values_list("user_id", flat=True))


def test_from_post_to_reward_whatever_the_stars(world: World) -> None:
    event = opened(world, "draw")
    people = [customer(world, n) for n in range(5)]
    reviews = [written(world, stars, user=user) for stars, user in zip((1, 5, 3, 1, 2), people, strict=True)]
    written(world, 5, user=people[0])
    written(world, 5)
    delete_review(market=world.market, actor=SYSTEM, token=reviews[4].token)
    with pytest.raises(errors.NotYetDrawn):
        draw_review_event(market=world.market, actor=SYSTEM, event_id=event.pk)

    with clock.at(event.ends_at):
        draw_review_event(market=world.market, actor=SYSTEM, event_id=event.pk)
        draw_review_event(market=world.market, actor=SYSTEM, event_id=event.pk)

    with in_market(world.market.pk):
        shown = drawn_event(event.pk, people[0].pk)
        labelled = list(Review.objects.exclude(event=None).order_by("pk").values_list("pk", flat=True))
    assert shown is not None
    assert digest_of(shown.event.seed) == event.seed_digest
    assert len(shown.entries) == 4
    assert shown.won == drawn(shown.event.seed, shown.entries, 2)
    assert labelled == [review.pk for review in reviews]
    winners = [people[shown.entries.index(number)].pk for number in shown.won]
    assert pieces(world) == sorted(winners)


def test_everybody_is_rewarded_once_and_who_had_to_wait_is_rewarded_later(world: World) -> None:
    opened(world, "everybody")
    happy, angry = customer(world, 1), customer(world, 2)
    written(world, 5, user=happy)
    written(world, 5, user=happy)
    waiting = written(world, 1, "씨발", user=angry)
    assert pieces(world) == [happy.pk]

    for reason in ("", "insult", ""):
        judge_review(market=world.market, actor=SYSTEM, review_id=waiting.pk, reason=reason)

    assert pieces(world) == sorted([happy.pk, angry.pk])


def test_a_review_before_or_after_takes_no_part(world: World) -> None:
    user = customer(world, 1)
    early = bought(world, user=user)
    written(world, part=early, user=user)
    event = opened(world, "everybody")
    late = bought(world, user=user)
    with clock.at(event.ends_at + timedelta(seconds=1)):
        review = written(world, part=late, user=user)

    assert review.event is None
    assert pieces(world) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [({"name": " "}, "name"), ({"days": 0}, "days"), ({"winners": 0}, "winners"), ({"coupon_id": 0}, "coupon")],
)
def test_an_event_that_cannot_be_is_refused_by_its_field(world: World, change: dict[str, object], field: str) -> None:
    told: dict[str, object] = {"name": "가을", "kind": "draw", "winners": 1, "coupon_id": 1, "prize": "쿠폰", "days": 7}

    with pytest.raises(errors.BadEvent) as no:
        open_review_event(market=world.market, actor=SYSTEM, wanted=WantedEvent(**(told | change)))  # type: ignore[arg-type]  # fields by name

    assert no.value.facts == {"field": field}
    opened(world, "draw")
    with pytest.raises(errors.BadEvent):
        opened(world, "draw")


def test_the_worker_draws_when_it_is_over_and_once(world: World) -> None:
    event = opened(world, "draw")
    people = [customer(world, n) for n in range(4)]
    for user in people:
        written(world, 3, user=user)

    with clock.at(event.ends_at - timedelta(seconds=1)):
        draw_due_events()
        assert drawn_now(world, event) is None
    with clock.at(event.ends_at):
        draw_due_events()
        first = drawn_now(world, event)
    with clock.at(event.ends_at + timedelta(days=3)):
        draw_due_events()

    assert first == event.ends_at == drawn_now(world, event)
    with in_market(world.market.pk):
        before = winners_of([event.pk])[event.pk]
        told = OutboxRow.objects.filter(topic="review.tell").count()
    assert (len(before), told, [one.has_coupon for one in before]) == (2, 2, [False, False])
    held = pieces(world)
    with in_market(world.market.pk):
        after = winners_of([event.pk])[event.pk]
    assert sorted(one.user.pk for one in after if one.has_coupon) == held
    assert len(set(held)) == 2


def test_the_worker_waits_a_day_for_what_is_to_be_read(world: World) -> None:
    event = opened(world, "draw")
    for n, words in enumerate(("", "", "씨발")):
        waiting = written(world, 3, words, user=customer(world, n))

    with clock.at(event.ends_at + READ_WITHIN - timedelta(seconds=1)):
        draw_due_events()
        assert drawn_now(world, event) is None
        judge_review(market=world.market, actor=SYSTEM, review_id=waiting.pk, reason="")
        draw_due_events()
        assert drawn_now(world, event) is not None


def test_nobody_can_delay_a_draw_for_ever(world: World) -> None:
    event = opened(world, "draw")
    written(world, 3, "씨발", user=customer(world, 1))

    with clock.at(event.ends_at + READ_WITHIN):
        draw_due_events()

    with in_market(world.market.pk):
        assert winners_of([event.pk]) == {}
    assert drawn_now(world, event) == event.ends_at + READ_WITHIN


def drawn_now(world: World, event: ReviewEvent) -> datetime | None:
    with in_market(world.market.pk):
        return ReviewEvent.objects.get(pk=event.pk).drawn_at


def test_an_event_is_shown_while_it_runs_and_two_weeks_after(world: World) -> None:
    event = opened(world, "draw")
    with in_market(world.market.pk):
        shown = [
            event_to_show(moment)
            for moment in (
                event.starts_at - timedelta(seconds=1),
                event.starts_at,
                event.ends_at + SHOWN_AFTER - timedelta(seconds=1),
                event.ends_at + SHOWN_AFTER,
            )
        ]
    assert shown == [None, event, event, None]
