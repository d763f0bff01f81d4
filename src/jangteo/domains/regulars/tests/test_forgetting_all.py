"""What every other domain knows of a person goes with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from jangteo.domains.events.models import Event, SignUp
from jangteo.domains.events.tests.gatherings import comes, event
from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.inquiries.tests.test_inquiries import asked as asks
from jangteo.domains.promotions.actions.expire_points import expire_points
from jangteo.domains.promotions.models import PointGrant
from jangteo.domains.promotions.tests.test_points import balance, grant
from jangteo.domains.regulars.jobs import Forgetting
from jangteo.domains.regulars.parts import PARTS, kept_here
from jangteo.domains.regulars.queries_privacy import person_of
from jangteo.domains.regulars.tests.test_forgetting import PHONE, REGRET, asked, bought, customer, paid_at_counter
from jangteo.domains.reviews.models import Rating, Review
from jangteo.domains.reviews.tests.buying import bought as bought_to_review
from jangteo.domains.reviews.tests.buying import written
from jangteo.domains.stamps.tests.test_stamps import collecting, live_of, visit
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def test_nothing_is_left_that_leads_to_the_person(world: World) -> None:
    user = customer(world)
    bought(world, user)
    paid_at_counter(world)
    part = bought_to_review(world, user=user)
    review = written(world, part=part, user=user)
    inquiry = asks(world, user_id=user.pk)
    collecting(world, world.fish)
    visit(world, who=PHONE)
    points = grant(world, user.pk, 3_000, 30)
    party = event(world, places=1, starts_at=NOON + timedelta(days=9), ends_at=NOON + timedelta(days=9, hours=2))
    mine, waiting = comes(world, party, phone=PHONE), comes(world, party)
    assert live_of(world, user) == [1]
    with in_market(world.market.pk):
        before = {one.topic: len(one.rows) for one in kept_here(person_of(user))}
    wanted = {"orders": 2, "sales": 1, "reviews": 1, "inquiries": 1, "stamps": 1, "points": 1, "events": 1}
    assert wanted.items() <= before.items()
    asked(world, user)

    with clock.at(NOON + REGRET):
        Forgetting().run()
        expire_points(market=world.market, actor=SYSTEM)

    assert live_of(world, user) == [0]
    assert balance(world, points.account) == 0
    with in_market(world.market.pk):
        gone = Review.objects.get(pk=review.pk)
        assert (gone.words, gone.writer, gone.user_id, gone.state) == ("", "", None, "deleted")
        assert Rating.objects.get(stall_id=gone.stall_id, good=None).count == 0
        assert Inquiry.objects.get(pk=inquiry.pk).user_id is None
        assert PointGrant.objects.get().ended_at is not None
        left, moved_up = SignUp.objects.get(pk=mine.pk), SignUp.objects.get(pk=waiting.pk)
        assert (left.name, left.phone, left.state) == ("", "", "cancelled")
        assert (moved_up.state, Event.objects.get(pk=party.pk).taken) == ("in", 1)
        user.refresh_from_db()
        after = kept_here(person_of(user))
        assert {one.topic for one in after if one.rows} <= {"account", "sign_ins", "stamps", "points", "coupons"}
        assert PHONE not in repr(after)
        assert "김하나" not in repr(after)


def test_forgetting_again_finds_nothing_more_to_do(world: World) -> None:
    user = customer(world)
    bought(world, user)
    asks(world, user_id=user.pk)
    person = person_of(user)
    asked(world, user)
    with clock.at(NOON + REGRET):
        Forgetting().run()
        Forgetting().run()
    with in_market(world.market.pk):
        assert [kept.topic for part in PARTS for kept in part.kept(person) if kept.rows] == ["account"]
