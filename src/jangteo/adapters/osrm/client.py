"""OSRM's table service: https://project-osrm.org/docs/v5.24.0/api/#table-service.

    GET /table/v1/{profile}/{lng},{lat};{lng},{lat};...?annotations=distance,duration

The answer is `{"code": "Ok", "distances": [[metres]], "durations": [[seconds]]}`, real numbers, null where there is no
way. A refusal is HTTP 400 with `{"code": "TooBig" | "NoSegment" | ...}`. Servers take 100 places a call by default, so
a larger table is asked in blocks, with `sources` and `destinations`. Nothing is written, so anything may be repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite

from jangteo.adapters._wire import Answer, BadShape, Call, NoAnswer, Record, Wire, nothing
from jangteo.domains.delivery.ports import MICRO, DistancesUnknown, Spot, Ways
from jangteo.domains.delivery.routing.problem import Matrix

TIMEOUT_S = 5.0
MOST_SPOTS = 100
LARGEST = 10_000_000


class OsrmDistances:
    """One OSRM server. Safe to share between threads."""

    def __init__(
        self,
        *,
        base_url: str,
        profile: str = "driving",
        timeout_s: float = TIMEOUT_S,
        most_spots: int = MOST_SPOTS,
        before_call: Callable[[], None] = nothing,
    ) -> None:
        if most_spots < 2:
            raise ValueError("a call needs two places")
        self._wire = Wire(base_url=base_url.rstrip("/"), timeout_s=timeout_s, before_call=before_call)
        self._profile = profile
        self._block = most_spots // 2

    def between(self, spots: Sequence[Spot]) -> Ways:
        """All ways between the spots. Raises DistancesUnknown."""
        size = len(spots)
        metres = [[0] * size for _spot in spots]
        seconds = [[0] * size for _spot in spots]
        if size < 2:
            return Ways(_matrix(metres), _matrix(seconds))
        for top in range(0, size, self._block):
            for left in range(0, size, self._block):
                rows, columns = spots[top : top + self._block], spots[left : left + self._block]
                self._fill((metres, seconds), (top, left), rows, columns)
        return Ways(_matrix(metres), _matrix(seconds))

    def _fill(
        self,
        tables: tuple[list[list[int]], list[list[int]]],
        corner: tuple[int, int],
        rows: Sequence[Spot],
        columns: Sequence[Spot],
    ) -> None:
        answer = self._ask(rows, columns)
        top, left = corner
        for name, table in zip(("distances", "durations"), tables, strict=True):
            block = _block(answer, name, (len(rows), len(columns)))
            for offset, row in enumerate(block):
                table[top + offset][left : left + len(columns)] = row

    def _ask(self, rows: Sequence[Spot], columns: Sequence[Spot]) -> Answer:
        places = ";".join(f"{_degrees(one.lng)},{_degrees(one.lat)}" for one in (*rows, *columns))
        query = {
            "annotations": "distance,duration",
            "sources": ";".join(str(number) for number in range(len(rows))),
            "destinations": ";".join(str(len(rows) + number) for number in range(len(columns))),
        }
        # The path holds where people live, so the log gets the label only.
        call = Call("osrm table", "GET", f"/table/v1/{self._profile}/{places}", query=query)
        try:
            return self._wire.call(call)
        except NoAnswer as broken:
            raise DistancesUnknown(str(broken)) from None

    def close(self) -> None:
        """Give the connections back."""
        self._wire.close()


def _degrees(micro: int) -> str:
    whole, rest = divmod(micro, MICRO)
    return f"{whole}.{rest:06d}"


def _block(answer: Answer, name: str, shape: tuple[int, int]) -> list[list[int]]:
    """One table of the answer as whole numbers, rounded up: a promise must not rest on a rounding."""
    try:
        document = Record(answer.body, "table")
        code = document.text("code", longest=40)
    except BadShape as wrong:
        raise DistancesUnknown(f"HTTP {answer.status}, unreadable: {wrong}") from None
    if answer.status != 200 or code != "Ok":
        raise DistancesUnknown(f"HTTP {answer.status} {code}")
    rows = answer.body[name] if isinstance(answer.body, dict) and document.has(name) else None
    if not isinstance(rows, list) or len(rows) != shape[0]:
        raise DistancesUnknown(f"{name} has another shape than asked for")
    return [_row(row, name, shape[1]) for row in rows]


def _row(row: object, name: str, size: int) -> list[int]:
    if not isinstance(row, list) or len(row) != size:
        raise DistancesUnknown(f"{name} has another shape than asked for")
    return [_whole(value, name) for value in row]


def _whole(value: object, name: str) -> int:
    if value is None:
        raise DistancesUnknown("there is no way between two of the places")
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise DistancesUnknown(f"{name} holds something that is no number")
    if not 0 <= value <= LARGEST:
        raise DistancesUnknown(f"{name} holds a number that cannot be")
    return -int(-value // 1)


def _matrix(rows: list[list[int]]) -> Matrix:
    return tuple(
        tuple(0 if here == there else value for there, value in enumerate(row)) for here, row in enumerate(rows)
    )
