"""A live market day: shoppers order and stalls answer while every screen watches."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.errors import OrderingRefused
from jangteo.domains.ordering.models import StallPart
from jangteo.kernel.tenancy import in_market
from jangteo.project.demo.people import Crowd

OPEN_FOR = timedelta(hours=10)


@dataclass(order=True, slots=True)
class _Turn:
    """Something to do `at` so many seconds of market time after opening."""

    at: float
    number: int
    what: str = field(compare=False)
    part_id: int = field(compare=False, default=0)
    stall_id: int = field(compare=False, default=0)


@dataclass(slots=True)
class Tally:
    """What came of the day."""

    orders: int = 0
    left_without: int = 0
    served: int = 0
    not_served: int = 0


def play_day(market: Market, crowd: Crowd, *, orders: int, speed: int, say: Callable[[str], None]) -> Tally:
    """Play a ten-hour day of `orders` orders, `speed` times as fast as the clock; 0 does not wait at all.

    The same seed gives the same shoppers, baskets and weights in the same sequence.
    """
    hours = OPEN_FOR.total_seconds()
    turns = [_Turn(crowd.chance.uniform(0, hours * 0.95), n, "order") for n in range(orders)]
    heapq.heapify(turns)
    began, tally = time.monotonic(), Tally()
    while turns:
        turn = heapq.heappop(turns)
        if speed:
            time.sleep(max(0.0, began + turn.at / speed - time.monotonic()))
        if turn.what == "order":
            _order(market, crowd, turn, turns, tally, say)
        else:
            _serve(crowd, turn, tally)
    return tally


def _order(
    market: Market, crowd: Crowd, turn: _Turn, turns: list[_Turn], tally: Tally, say: Callable[[str], None]
) -> None:
    placed = crowd.order()
    if placed is None:
        tally.left_without += 1
        return
    tally.orders += 1
    say(f"{placed.number}번 {placed.estimate_won:,}원")
    with in_market(market.pk):
        parts = list(StallPart.objects.filter(order_id=placed.order_id).order_by("pk").values_list("pk", "stall_id"))
    for part_id, stall_id in parts:
        wait = crowd.chance.uniform(120, 2400)
        heapq.heappush(turns, _Turn(turn.at + wait, part_id, "serve", part_id, stall_id))


def _serve(crowd: Crowd, turn: _Turn, tally: Tally) -> None:
    try:
        crowd.serve(turn.part_id, turn.stall_id)
        tally.served += 1
    except OrderingRefused:
        # A person at a screen was quicker: they accepted, refused or cancelled it themselves.
        tally.not_served += 1
