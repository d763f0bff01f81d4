"""Somebody signs in: the hearts that this browser kept become the account's."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.regulars.favourites import Hearts
from jangteo.domains.regulars.models import Favourite
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def join_hearts(*, market: Market, actor: Actor, user_id: int, hearts: Hearts) -> int:
    """Add them to those of the account; what is gone from the market is left out. How many are new."""
    stalls = Stall.objects.filter(pk__in=hearts.stalls).values_list("pk", flat=True)
    goods = Good.objects.filter(pk__in=hearts.goods).values_list("stall_id", "pk")
    wanted: list[tuple[int, int | None]] = [*((stall, None) for stall in stalls), *goods]
    known = set(Favourite.objects.filter(user_id=user_id).values_list("stall_id", "good_id"))
    now = clock.now()
    rows = [
        Favourite(market=market, user_id=user_id, stall_id=stall, good_id=good, at=now)
        for stall, good in sorted(wanted, key=lambda pair: (pair[0], pair[1] or 0))
        if (stall, good) not in known
    ]
    Favourite.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
