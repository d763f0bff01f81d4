"""Two workers take the same batch of a campaign, and two campaigns the last message of somebody's week, at once."""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from django.db import connection
from django.db.models import Model, QuerySet

from jangteo.domains.campaigns.actions import claim_batch as claiming
from jangteo.domains.campaigns.actions.change_terms import change_terms
from jangteo.domains.campaigns.actions.claim_batch import Claimed, claim_batch
from jangteo.domains.campaigns.actions.plan_campaign import Wanted, plan_campaign
from jangteo.domains.campaigns.models import Campaign, Recipient, Terms
from jangteo.domains.campaigns.queries_people import Known, known_of
from jangteo.domains.campaigns.tests.stage import agrees, bought, post
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from tests.world import NOON, World, make_world

pytestmark = pytest.mark.slow

# How long the one who is inside waits for another to come in, who cannot where there is a guard.
ALONE_AFTER_S = 0.3
PEOPLE = 3
numbers = count(500)
Rush = Callable[[list[Campaign]], list[list[Claimed]]]


@pytest.fixture(scope="module")
def market(committed_db: str) -> Iterator[World]:
    world = make_world()
    change_terms(market=world.market, actor=SYSTEM, values={"cap_a_week": 1})
    with clock.at(NOON), post():
        yield world


@pytest.fixture
def rush(market: World, monkeypatch: pytest.MonkeyPatch) -> Rush:
    """Each campaign's batch is claimed by a worker of its own; nobody writes before all have read, if they can."""

    def claim(campaign: Campaign) -> list[Claimed]:
        try:
            with clock.at(NOON):
                return claim_batch(market=market.market, actor=SYSTEM, campaign_id=campaign.pk, batch=0)
        finally:
            connection.close()

    def run(campaigns: list[Campaign]) -> list[list[Claimed]]:
        inside = threading.Barrier(len(campaigns))

        def read(user_ids: list[int], stall: Stall, good: Good | None, terms: Terms) -> dict[int, Known]:
            found = known_of(user_ids, stall, good, terms)
            with contextlib.suppress(threading.BrokenBarrierError):
                inside.wait(ALONE_AFTER_S)
            return found

        monkeypatch.setattr(claiming, "known_of", read)
        with ThreadPoolExecutor(len(campaigns)) as workers:
            return list(workers.map(claim, campaigns))

    return run


def planned(world: World, *stalls: Stall) -> list[Campaign]:
    """A campaign of each stall to the same people, who have got nothing yet and bought of all of them."""
    for number in [next(numbers) for _ in range(PEOPLE)]:
        for stall in stalls:
            user = bought(world, stall, number)
        agrees(world, user)
    wants = [Wanted(str(uuid.uuid4()), "all", "오늘 갈치가 좋아요.", stall.pk) for stall in stalls]
    return [plan_campaign(market=world.market, actor=SYSTEM, wanted=wanted) for wanted in wants]


def unlocked(monkeypatch: pytest.MonkeyPatch, *models: type[Model]) -> None:
    locked = QuerySet.select_for_update

    def look(rows: QuerySet[Model], **how: bool) -> QuerySet[Model]:
        return rows if rows.model in models else locked(rows, **how)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(QuerySet, "select_for_update", look)


def counts(claimed: list[list[Claimed]]) -> list[int]:
    return sorted(len(mine) for mine in claimed)


def test_a_batch_is_claimed_by_one_of_two_workers(market: World, rush: Rush) -> None:
    (campaign,) = planned(market, market.fish)
    assert counts(rush([campaign, campaign])) == [0, PEOPLE]


def test_of_two_stalls_one_gives_somebody_the_last_of_the_week(market: World, rush: Rush) -> None:
    assert counts(rush(planned(market, market.fish, market.greens))) == [0, PEOPLE]


def test_without_the_locks_both_workers_claim_the_batch(
    market: World, rush: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    (campaign,) = planned(market, market.fish)
    unlocked(monkeypatch, Market, Recipient)
    assert counts(rush([campaign, campaign])) == [PEOPLE, PEOPLE]


def test_without_the_lock_of_the_market_both_stalls_give_the_last(
    market: World, rush: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaigns = planned(market, market.fish, market.greens)
    unlocked(monkeypatch, Market)
    assert counts(rush(campaigns)) == [PEOPLE, PEOPLE]
