"""What counts as one door, how heavy goods are, and what has to happen before an order goes back. Plain arithmetic."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

# One courier's cart or cargo bicycle.
MOST_GRAMS = 60_000
# What a good is taken to weigh whose weight nobody has written down.
USUAL_GRAMS = 500
# A courier is done with loading so long after the plan.
LOADING = timedelta(minutes=10)
# Couriers work so long beyond the end of a window.
OVERTIME = timedelta(hours=2)
PHOTO_DAYS = 14
# Nobody at the door: both have to be ticked before the order goes back to the hub.
FAIL_STEPS = ("called", "waited")
MOST_RATE_WON = 100_000
ROUND_TO = timedelta(minutes=10)
_HOUSEHOLD = re.compile(r"\s*(지하\s*)?\d+\s*(호|층)(?=\s|$)")


def building_of(place_id: int | None, is_building: bool, address: str) -> str:
    """What shares a door: a building of the list, else the address without storey and household."""
    if place_id is not None and is_building:
        return f"place:{place_id}"
    return " ".join(_HOUSEHOLD.sub("", address).split())


def grams_of(quantity: int, unit_grams: int | None, final_grams: int | None) -> int:
    """What one line weighs, to fill carts with."""
    if final_grams is not None:
        return final_grams
    return quantity * (unit_grams or USUAL_GRAMS)


def fills(heavy: int) -> int:
    """An order heavier than a cart is planned as a full one: it goes out all the same, perhaps in two walks."""
    return min(heavy, MOST_GRAMS)


def next_ten(at: datetime) -> datetime:
    """Rounded up to full ten minutes, for people."""
    over = timedelta(minutes=at.minute % 10, seconds=at.second, microseconds=at.microsecond)
    return at if not over else at - over + ROUND_TO


def held_up(due_at: datetime, now: datetime) -> timedelta:
    """By how much a round is behind whose next stop was due then."""
    return max(now - due_at, timedelta(0))
