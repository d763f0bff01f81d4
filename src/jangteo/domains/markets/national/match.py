"""Which known market a row is: certainly, doubtfully, or none.

Certain is only: the same name at the same place, or the same name and official code in the same city. "The same
place" is the same address up to its number, or at most 300 m away. Whatever agrees in part is doubtful and goes to a
person; it blocks the row only while no other row of the file claims that market with certainty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jangteo.domains.markets.national.identity import Identity, metres_between

SAME_PLACE_METRES = 300
NEIGHBOUR_METRES = 100
MOST_CANDIDATES = 5
GRID_DEGREES = 0.005
Doubt = Literal["same_code", "same_name", "same_address", "similar_name", "close_by", "several"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known market that a row may be. `why` "several": more than one is as certain, or another row claims it too."""

    market: int
    why: Doubt


@dataclass(frozen=True, slots=True)
class Match:
    """`market` set: certainly that one. Else `candidates`: doubtful. Neither: a market not known so far."""

    market: int | None = None
    candidates: tuple[Candidate, ...] = ()


def agreement(one: Identity, other: Identity) -> int:
    """How certainly two are the same market: 3 by address, 2 by distance, 1 by official code, 0 not certain."""
    if one.name != other.name:
        return 0
    if one.addresses & other.addresses:
        return 3
    if one.point and other.point and metres_between(one.point, other.point) <= SAME_PLACE_METRES:
        return 2
    same_code = bool(one.official_code) and one.official_code == other.official_code
    return 1 if same_code and one.regions & other.regions else 0


def repeats(identities: Sequence[Identity]) -> dict[int, int]:
    """Positions that are certainly the market of an earlier position -> that earlier position."""
    first_ones: dict[str, list[int]] = defaultdict(list)
    found: dict[int, int] = {}
    for at, one in enumerate(identities):
        earlier = next((other for other in first_ones[one.name] if agreement(one, identities[other])), None)
        if earlier is None:
            first_ones[one.name].append(at)
        else:
            found[at] = earlier
    return found


def match(rows: Sequence[Identity], known: Mapping[int, Identity], decided: Mapping[int, int | None]) -> list[Match]:
    """One Match per row. `decided`: row position -> the market that a person chose, or None for "a new one".

    A market that several rows claim with certainty is doubtful for all of them.
    """
    by_name: dict[str, list[int]] = defaultdict(list)
    for market, one in known.items():
        by_name[one.name].append(market)
    certain = [_certain(row, by_name[row.name], known) for row in rows]
    matches: list[Match | None] = [None] * len(rows)
    claims: dict[int, list[int]] = defaultdict(list)
    for at, markets in enumerate(certain):
        if at in decided:
            matches[at] = Match(decided[at])
        elif len(markets) == 1:
            claims[markets[0]].append(at)
        elif markets:
            matches[at] = Match(None, tuple(Candidate(market, "several") for market in markets))
    taken = {market for market in decided.values() if market is not None}
    for market, claimants in claims.items():
        sure = len(claimants) == 1 and market not in taken
        for at in claimants:
            matches[at] = Match(market) if sure else Match(None, (Candidate(market, "several"),))
    free = _Free({market: one for market, one in known.items() if market not in taken | claims.keys()})
    return [found if found is not None else free.match(row) for row, found in zip(rows, matches, strict=True)]


def _certain(row: Identity, markets: Iterable[int], known: Mapping[int, Identity]) -> list[int]:
    """The markets that agree best with the row."""
    grades = {market: grade for market in markets if (grade := agreement(row, known[market]))}
    best = max(grades.values(), default=0)
    return [market for market, grade in grades.items() if grade == best]


class _Free:
    """Known markets that no row claims, findable by everything that makes a match doubtful."""

    def __init__(self, free: Mapping[int, Identity]) -> None:
        self._free = free
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._by_address: dict[str, list[int]] = defaultdict(list)
        self._by_code: dict[str, list[int]] = defaultdict(list)
        self._by_cell: dict[tuple[int, int], list[int]] = defaultdict(list)
        for market, one in free.items():
            for stem in one.stems | {one.name}:
                self._by_stem[stem].append(market)
            for address in one.addresses:
                self._by_address[address].append(market)
            if one.official_code:
                self._by_code[one.official_code].append(market)
            if one.point:
                self._by_cell[_cell(one.point)].append(market)

    def match(self, row: Identity) -> Match:
        reasons: dict[int, Doubt] = {}
        for market, why in self._doubts(row):
            reasons.setdefault(market, why)
        return Match(None, tuple(Candidate(market, why) for market, why in reasons.items())[:MOST_CANDIDATES])

    def _doubts(self, row: Identity) -> Iterable[tuple[int, Doubt]]:
        """Markets with the reason to doubt, the strongest reason first."""
        yield from ((market, "same_code") for market in self._by_code.get(row.official_code, ()))
        namesakes = [market for stem in row.stems | {row.name} for market in self._by_stem[stem]]
        in_town = [market for market in namesakes if self._may_share_town(row, self._free[market])]
        yield from ((market, "same_name") for market in in_town if self._free[market].name == row.name)
        yield from ((market, "same_address") for address in row.addresses for market in self._by_address[address])
        yield from ((market, "similar_name") for market in in_town)
        yield from ((market, "close_by") for market in self._close_by(row))

    def _may_share_town(self, one: Identity, other: Identity) -> bool:
        """True when the towns are the same, or one of them is not told."""
        return bool(one.regions & other.regions) or not one.regions or not other.regions

    def _close_by(self, row: Identity) -> Iterable[int]:
        if row.point is None:
            return
        north, east = _cell(row.point)
        for cell in ((north + i, east + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for market in self._by_cell[cell]:
                point = self._free[market].point
                if point and metres_between(row.point, point) <= NEIGHBOUR_METRES:
                    yield market


def _cell(point: tuple[float, float]) -> tuple[int, int]:
    """The square of the grid; its sides are some hundred metres, so neighbours lie in it or beside it."""
    return int(point[0] / GRID_DEGREES), int(point[1] / GRID_DEGREES)
