"""Walking through a drawn market: along its aisles, not the crow's way, and in which order past the stalls.

Up to `MOST_EXACT` stops the order is the shortest there is (Held and Karp). Beyond, it begins with the nearest stop
again and again, from every first stop, and is bettered by 2-opt and Or-opt until no single stroke helps.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jangteo.domains.delivery.routing.polish import neighbours
from jangteo.domains.delivery.routing.problem import Matrix

MOST_EXACT = 10
MOST_FIRSTS = 12


class NoWay(Exception):
    """Two points of the market that no aisle joins."""


@dataclass(frozen=True, slots=True)
class Aisle:
    """A piece of way between two points of the drawing, walked both ways. Lengths in decimetres."""

    one: int
    other: int
    length: int


@dataclass(frozen=True, slots=True)
class Walk:
    """Stops in walking order, start and end left out; `length` counts from the start to the end."""

    stops: tuple[int, ...]
    length: int


class Floor:
    """The points of a market's drawing and the aisles between them."""

    def __init__(self, aisles: Sequence[Aisle]) -> None:
        self._next: dict[int, list[tuple[int, int]]] = {}
        for aisle in aisles:
            if aisle.length < 0:
                raise ValueError("an aisle has a length")
            self._next.setdefault(aisle.one, []).append((aisle.other, aisle.length))
            self._next.setdefault(aisle.other, []).append((aisle.one, aisle.length))

    def walks(self, points: Sequence[int]) -> Matrix:
        """The shortest walk from each point to each other. Raises NoWay."""
        rows = []
        for here in points:
            known = self._lengths(here)
            if any(there not in known for there in points):
                raise NoWay(f"from {here}")
            rows.append(tuple(known[there] for there in points))
        return tuple(rows)

    def way(self, here: int, there: int) -> tuple[int, ...]:
        """The points on the shortest walk, both ends included. Raises NoWay."""
        known = self._lengths(here)
        if there not in known:
            raise NoWay(f"from {here} to {there}")
        points = [there]
        while points[-1] != here:
            points.append(self._before(points, known))
        return tuple(reversed(points))

    def _before(self, points: Sequence[int], known: Mapping[int, int]) -> int:
        """The point one aisle nearer to the beginning, of several the lowest number."""
        at = points[-1]
        near = [(there, length) for there, length in self._next[at] if there not in points and there in known]
        return min(there for there, length in near if known[there] + length == known[at])

    def _lengths(self, here: int) -> Mapping[int, int]:
        """Dijkstra from one point."""
        known: dict[int, int] = {}
        reached = [(0, here)]
        while reached:
            length, point = heapq.heappop(reached)
            if point in known:
                continue
            known[point] = length
            for there, further in self._next.get(point, ()):
                if there not in known:
                    heapq.heappush(reached, (length + further, there))
        return known


def plan_tour(floor: Floor, start: int, stops: Sequence[int], end: int) -> Walk:
    """The walk from `start` past every stop to `end`. Stops at one point follow each other. Raises NoWay."""
    points = list(dict.fromkeys(stops))
    walks = floor.walks([start, *points, end])
    order = _exact(walks) if len(points) <= MOST_EXACT else _bettered(walks)
    sequence = [points[number - 1] for number in order]
    return Walk(tuple(sequence), length_of(walks, order))


def length_of(walks: Matrix, order: Sequence[int]) -> int:
    """From row 0 through the rows of `order` to the last row."""
    path = [0, *order, len(walks) - 1]
    return sum(walks[here][there] for here, there in pairwise(path))


def _exact(walks: Matrix) -> list[int]:
    """The shortest order, by the best way to end any set of stops with any one of them."""
    size, end = len(walks) - 2, len(walks) - 1
    if size == 0:
        return []
    best = {(1 << stop, stop): (walks[0][stop + 1], -1) for stop in range(size)}
    for chosen in range(1, 1 << size):
        for last in range(size):
            if (chosen, last) not in best:
                continue
            length = best[chosen, last][0]
            for stop in range(size):
                if chosen >> stop & 1:
                    continue
                key, longer = (chosen | 1 << stop, stop), length + walks[last + 1][stop + 1]
                if key not in best or longer < best[key][0]:
                    best[key] = longer, last
    chosen = (1 << size) - 1
    last = min(range(size), key=lambda stop: best[chosen, stop][0] + walks[stop + 1][end])
    order = []
    while last >= 0:
        order.append(last + 1)
        chosen, last = chosen & ~(1 << last), best[chosen, last][1]
    return order[::-1]


def _bettered(walks: Matrix) -> list[int]:
    stops = range(1, len(walks) - 1)
    firsts = sorted(stops, key=lambda stop: walks[0][stop])[:MOST_FIRSTS]
    return min((_settled(walks, _nearest(walks, first)) for first in firsts), key=lambda order: length_of(walks, order))


def _nearest(walks: Matrix, first: int) -> list[int]:
    order, left = [first], set(range(1, len(walks) - 1)) - {first}
    while left:
        here = order[-1]
        order.append(min(left, key=lambda stop: (walks[here][stop], stop)))
        left.remove(order[-1])
    return order


def _settled(walks: Matrix, order: list[int]) -> list[int]:
    """No single stroke makes it shorter."""
    length = length_of(walks, order)
    while True:
        better = next((one for one in neighbours(order) if length_of(walks, one) < length), None)
        if better is None:
            return order
        order, length = better, length_of(walks, better)
