"""An evening in a town around a market, drawn from a seed: 60 orders in flats and houses, 5 couriers."""

from __future__ import annotations

from random import Random

from jangteo.domains.delivery.ports import Spot
from jangteo.domains.delivery.routing.walking import Aisle, Floor
from jangteo.domains.delivery.routing.wave import Courier, Parcel, Wave

HUB = Spot(37_479_400, 126_633_900)
FIVE, SEVEN, EIGHT = 17 * 3600, 19 * 3600, 20 * 3600


def evening(seed: int, *, orders: int = 60, couriers: int = 5) -> Wave:
    """Two windows of two hours that overlap, two orders in five in one of eight blocks of flats."""
    chance = Random(seed)
    flats = [_near(chance) for _flat in range(8)]
    parcels = []
    for number in range(orders):
        flat = chance.randrange(20)
        building, spot = (f"flat {flat}", flats[flat]) if flat < 8 else (f"house {number}", _near(chance))
        opens, closes = (FIVE, SEVEN) if chance.random() < 0.5 else (FIVE + 3600, EIGHT)
        parcels.append(Parcel(number, building, spot, chance.randint(800, 9_000), opens, closes))
    hands = [Courier(100 + number, HUB, FIVE, EIGHT + 3600, 90_000) for number in range(couriers)]
    return Wave(HUB, parcels, hands)


def _near(chance: Random) -> Spot:
    """Within about 2.5 km."""
    return Spot(HUB.lat + chance.randint(-22_000, 22_000), HUB.lng + chance.randint(-28_000, 28_000))


def market_floor(streets: int = 4, slots: int = 20) -> tuple[Floor, list[int]]:
    """A drawn market: parallel streets of stalls, joined at both ends and once in the middle; 0 is the gate.

    Gives its floor and the points in front of the stalls.
    """
    aisles = []
    for street in range(streets):
        first = 1 + street * slots
        aisles += [Aisle(first + slot, first + slot + 1, 25) for slot in range(slots - 1)]
        if street:
            aisles += [Aisle(first - slots + slot, first + slot, 80) for slot in (0, slots // 2, slots - 1)]
    aisles.append(Aisle(0, 1, 50))
    return Floor(aisles), list(range(1, 1 + streets * slots))
