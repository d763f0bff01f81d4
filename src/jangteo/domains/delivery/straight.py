"""How far it is when nobody has a map: the straight line and a factor for the corners of streets."""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

from jangteo.domains.delivery.ports import MICRO, Spot, Ways

EARTH_M = 6_371_009
FACTOR_BP = 13_000
METRES_PER_HOUR = 15_000


class StraightLines:
    """`factor_bp` in basis points: 13,000 makes 1 km of air 1.3 km of street. `metres_per_hour` is the pace."""

    def __init__(self, *, factor_bp: int = FACTOR_BP, metres_per_hour: int = METRES_PER_HOUR) -> None:
        if factor_bp < 10_000 or metres_per_hour <= 0:
            raise ValueError("a way is no shorter than the straight line, and a pace is above 0")
        self._factor_bp = factor_bp
        self._pace = metres_per_hour

    def between(self, spots: Sequence[Spot]) -> Ways:
        """All ways between the spots, the same there and back."""
        metres = tuple(tuple(self._metres(here, there) for there in spots) for here in spots)
        seconds = tuple(tuple(-(-one * 3600 // self._pace) for one in row) for row in metres)
        return Ways(metres, seconds)

    def _metres(self, here: Spot, there: Spot) -> int:
        return round(_air_m(here, there) * self._factor_bp / 10_000)


def _air_m(here: Spot, there: Spot) -> float:
    """Haversine: exact enough over streets, and over the whole country."""
    lat, other_lat = radians(here.lat / MICRO), radians(there.lat / MICRO)
    half_lat, half_lng = (other_lat - lat) / 2, radians((there.lng - here.lng) / MICRO) / 2
    chord = sin(half_lat) ** 2 + cos(lat) * cos(other_lat) * sin(half_lng) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(chord)))
