"""The same review is sent eight times at the same moment, and eight customers review one stall; and the control."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import IntegrityError, connection
from django.db.models.query import QuerySet

from jangteo.domains.ordering.models import StallPart
from jangteo.domains.reviews.actions import write_review as writing
from jangteo.domains.reviews.errors import Written
from jangteo.domains.reviews.models import Rating, Review
from jangteo.domains.reviews.tests.buying import bought, written
from jangteo.kernel.tenancy import in_market
from tests.world import World, make_world

pytestmark = pytest.mark.slow

PEOPLE = 8


@pytest.fixture(scope="module")
def market(committed_db: str) -> World:
    return make_world()


def at_once(deeds: list[Callable[[], Review]]) -> list[str]:
    """How each ended: "", or the name of what was raised."""

    def ending(deed: Callable[[], Review]) -> str:
        try:
            deed()
        except (Written, IntegrityError) as no:
            return type(no).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(ending, deeds))


def tally(world: World) -> tuple[int, int]:
    with in_market(world.market.pk):
        row = Rating.objects.filter(stall=world.tofu_stall, good=None).first()
    return (row.count, row.stars) if row else (0, 0)


def test_one_purchase_has_one_review_and_everybody_counts_once(market: World) -> None:
    part, before = bought(market), tally(market)
    endings = at_once([partial(written, market, 5, "좋아요", part)] * PEOPLE)
    assert sorted(endings) == [""] + ["Written"] * (PEOPLE - 1)
    assert tally(market) == (before[0] + 1, before[1] + 5)

    parts, before = [bought(market) for _ in range(PEOPLE)], tally(market)
    endings = at_once([partial(written, market, 1 + n % 5, "", one) for n, one in enumerate(parts)])
    assert endings == [""] * PEOPLE
    assert tally(market) == (before[0] + PEOPLE, before[1] + sum(1 + n % 5 for n in range(PEOPLE)))


def test_without_the_lock_only_the_database_stands_between(market: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sees the other's review: what remains is the constraint, which lets one in and breaks the others."""

    def unlocked(rows: QuerySet[StallPart], **_how: object) -> QuerySet[StallPart]:
        return rows

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    monkeypatch.setattr(writing, "review_of_purchase", lambda purchase: None)
    part, before = bought(market), tally(market)

    endings = at_once([partial(written, market, 5, "", part)] * PEOPLE)

    assert sorted(endings) == [""] + ["IntegrityError"] * (PEOPLE - 1)
    assert tally(market) == (before[0] + 1, before[1] + 5)
