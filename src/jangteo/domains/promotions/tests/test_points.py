from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.ledger.queries import balance_won
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.promotions.actions.expire_points import expire_points
from jangteo.domains.promotions.actions.grant_points import NewPoints, grant_points
from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.actions.set_point_terms import NewPointTerms, set_point_terms
from jangteo.domains.promotions.drafts import NewCoupon
from jangteo.domains.promotions.errors import BadPoints
from jangteo.domains.promotions.jobs import expire_due_points
from jangteo.domains.promotions.models import Coupon, PointGrant
from jangteo.domains.promotions.queries import liabilities
from jangteo.domains.promotions.queries_points import Moved, point_book
from jangteo.domains.promotions.rules import Off, unspent
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World


@pytest.fixture
def customer(world: World) -> int:
    return register_customer(market=world.market, actor=SYSTEM, phone="01000002000").pk


def grant(world: World, customer: int, won: int, days: int, stall_id: int | None = None) -> PointGrant:
    new = NewPoints(user_id=customer, won=won, key=f"{won}:{days}", lasts_days=days, stall_id=stall_id)
    return grant_points(market=world.market, actor=SYSTEM, new=new)


def balance(world: World, account: str) -> int:
    with in_market(world.market.pk):
        return -balance_won(account)


def test_they_are_owed_by_who_gave_them_and_given_once(world: World, customer: int) -> None:
    for _ in range(2):
        grant(world, customer, 500, 30)
        grant(world, customer, 300, 30, world.fish.pk)

    with in_market(world.market.pk):
        owed = {one.stall: (one.granted_won, one.spent_won, one.owed_won) for one in liabilities()}
    assert owed == {world.fish.name: (300, 0, 300), "": (500, 0, 500)}
    assert balance(world, "discount:association") == -500


def test_the_oldest_run_out_first_and_what_was_spent_was_theirs(world: World, customer: int) -> None:
    first, second = grant(world, customer, 500, 1), grant(world, customer, 300, 30)
    with clock.at(clock.now() + timedelta(days=2)):
        expire_due_points()
        assert expire_points(market=world.market, actor=SYSTEM) == 0

    with in_market(world.market.pk):
        first.refresh_from_db()
        second.refresh_from_db()
    assert (first.expired_won, second.expired_won, second.ended_at) == (500, 0, None)
    assert balance(world, first.account) == 300


@pytest.mark.parametrize(("bp", "days"), [(-1, 30), (1_001, 30), (100, 0)])
def test_terms_nobody_could_keep_are_refused(world: World, bp: int, days: int) -> None:
    with pytest.raises(BadPoints):
        set_point_terms(market=world.market, actor=SYSTEM, new=NewPointTerms(bp, days))


@given(st.lists(st.tuples(st.datetimes(timezones=st.just(UTC)), st.integers(1, 10_000))), st.integers(0, 40_000))
def test_what_is_left_is_what_runs_out_last(given_points: list[tuple[datetime, int]], balance_won: int) -> None:
    left = unspent(balance_won, given_points)

    assert sum(won for _, won in left) == min(balance_won, sum(won for _, won in given_points))
    assert [moment for moment, _ in left] == sorted(moment for moment, _ in left)
    # All that runs out later than what is left first is there whole.
    later = [won for moment, won in given_points if left and moment > left[0][0]]
    assert sum(won for moment, won in left if moment > left[0][0]) == sum(later)


def test_a_stall_sees_what_it_owes_when_it_runs_out_and_every_move(world: World, customer: int) -> None:
    with in_market(world.market.pk):
        assert point_book(world.fish.pk).moves == ()
    set_point_terms(market=world.market, actor=SYSTEM, new=NewPointTerms(100, 365, stall_id=world.fish.pk))
    grant(world, customer, 500, 1, world.fish.pk)
    later = grant(world, customer, 300, 60, world.fish.pk)
    grant(world, customer, 9_000, 60)
    grant(world, customer, 8_000, 60, world.tofu_stall.pk)
    with clock.at(clock.now() + timedelta(days=2)):
        expire_due_points()

    with in_market(world.market.pk):
        book = point_book(world.fish.pk)
    month = later.expires_at.astimezone(clock.KST).date().replace(day=1)
    assert (book.earn_bp, book.owed_won, book.holders) == (100, 300, 1)
    assert (book.granted_won, book.gone_won, book.used_won) == (800, 500, 0)
    assert book.runs_out == [(month, 300)]
    assert [(one.why, one.won) for one in book.moves] == [
        (Moved.EXPIRED, 500),
        (Moved.GIVEN, 300),
        (Moved.GIVEN, 500),
    ]


def test_the_database_keeps_what_was_given_and_offered(world: World, customer: int) -> None:
    grant(world, customer, 500, 30)
    make_coupon(market=world.market, actor=SYSTEM, new=NewCoupon(name="천 원", off=Off(won=1_000)))
    changes = (
        lambda: PointGrant.objects.update(granted_won=1),
        lambda: PointGrant.objects.all().delete(),
        lambda: Coupon.objects.update(off_won=2_000),
        lambda: Coupon.objects.all().delete(),
    )
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic(), in_market(world.market.pk):
            change()
