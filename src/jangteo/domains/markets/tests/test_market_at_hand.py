from __future__ import annotations

import pytest
from django.core.cache import caches
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from jangteo.domains.markets.actions.change_market import MarketFacts, change_market
from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.queries import open_market
from jangteo.kernel.audit import SYSTEM
from tests.world import World

LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test"}


@pytest.fixture(autouse=True)
def at_hand(settings: Settings) -> None:
    """As it is outside of tests."""
    settings.CACHES = {**settings.CACHES, "markets": LOCAL}
    caches["markets"].clear()


def test_a_market_is_read_once(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert [open_market("jangteo") for _ in range(3)] == [world.market] * 3


def test_a_market_that_is_not_there_is_looked_for_again(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        assert [open_market("nowhere") for _ in range(2)] == [None, None]


def test_a_change_is_seen_at_once_where_it_was_made(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    was = open_market("jangteo")
    assert was is not None
    facts = MarketFacts("새벽 생선", "0335321234", was.opens_at, was.closes_at, Cycle(daily=True))

    with django_capture_on_commit_callbacks(execute=True):
        change_market(market=was, actor=SYSTEM, facts=facts)

    now = open_market("jangteo")
    assert now is not None
    assert (now.slogan, now.phone) == ("새벽 생선", "0335321234")
