"""Prices of flash sales and the order in which people who wait get places. Plain arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

PERCENTS = (10, 20, 30, 50)
LEAST_PERCENT, MOST_PERCENT = 5, 90
LONGEST_FLASH = timedelta(hours=14)
# Round wons that can be paid with what people have in their purses.
_STEPS = ((10_000, 500), (1_000, 100), (0, 10))


def flash_price(was_won: int, percent: int) -> int:
    """So many per cent less, down to a round price, at least 10 won."""
    exact = was_won * (100 - percent) // 100
    step = next(step for least, step in _STEPS if exact >= least)
    return max(10, exact // step * step)


def who_moves_up(waiting: Iterable[tuple[int, int]], left: int) -> list[int]:
    """Of (id, people) in their order: whom the free places are given to. Nobody is passed by: the first who does not
    fit stops it."""
    up = []
    for sign_up, people in waiting:
        if people > left:
            break
        left -= people
        up.append(sign_up)
    return up
