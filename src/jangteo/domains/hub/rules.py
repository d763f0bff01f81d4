"""Walking past the stalls of a drawn market, and what another good may cost. Plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jangteo.domains.delivery.routing.walking import Aisle, Floor, plan_tour

# Decimetres between neighbours on one side of a street, and between the gates of neighbouring streets.
STALL_DM = 30
STREET_DM = 120
# Points of the drawing: so many numbers for each street, its gate first.
_PER_STREET = 100_000


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where a stall stands: its street's place among the streets, its own along the street."""

    street: int
    slot: int

    @property
    def point(self) -> int:
        """Odd slots are on the left and even ones on the right of the same step."""
        return self.street * _PER_STREET + (self.slot + 1) // 2


@dataclass(frozen=True, slots=True)
class Way:
    """Spots in walking order; `length_dm` there and back."""

    spots: tuple[Spot, ...]
    length_dm: int


def floor_of(spots: Collection[Spot], hub_street: int) -> Floor:
    """Streets begin at one cross way; each is walked in from its gate as far as there are stalls to fetch from."""
    streets = sorted({hub_street, *(spot.street for spot in spots)})
    aisles = [
        Aisle(one * _PER_STREET, other * _PER_STREET, (other - one) * STREET_DM) for one, other in pairwise(streets)
    ]
    for street in streets:
        points = sorted({street * _PER_STREET, *(spot.point for spot in spots if spot.street == street)})
        aisles += [Aisle(one, other, (other - one) * STALL_DM) for one, other in pairwise(points)]
    return Floor(aisles)


def way_past(spots: Collection[Spot], hub_street: int) -> Way:
    """The walk from the hub past every spot and back; never longer than going street by street, slot by slot."""
    floor, hub = floor_of(spots, hub_street), hub_street * _PER_STREET
    by_slot = sorted(set(spots))
    planned = plan_tour(floor, hub, [spot.point for spot in by_slot], hub)
    plain_dm = length_past(floor, hub, [spot.point for spot in by_slot])
    if plain_dm < planned.length:
        return Way(tuple(by_slot), plain_dm)
    places = {point: place for place, point in enumerate(planned.stops)}
    return Way(tuple(sorted(by_slot, key=lambda spot: (places[spot.point], spot))), planned.length)


def length_past(floor: Floor, hub: int, points: Sequence[int]) -> int:
    """From the hub past the points, in this order, and back, in decimetres."""
    known = list(dict.fromkeys([hub, *points]))
    walks = floor.walks(known)
    row = {point: number for number, point in enumerate(known)}
    return sum(walks[row[one]][row[other]] for one, other in pairwise([hub, *points, hub]))


def swapped_price(*, most_won: int, quantity: int, price_won: int) -> int:
    """Won for each of `quantity` of another good: its price, but never so much that the line gets dearer."""
    return min(price_won, most_won // quantity)


def lowest_free(taken: Collection[int], count: int) -> int | None:
    """The lowest shelf number from 1 to `count` that is free, None where the shelf is full."""
    return next((number for number in range(1, count + 1) if number not in taken), None)


def digits_of(token: str) -> str:
    """Six digits by which an order is handed out, drawn from the secret of its link. Two may share them."""
    return f"{int.from_bytes(hashlib.sha256(f'hub {token}'.encode()).digest()[:6]) % 1_000_000:06}"
