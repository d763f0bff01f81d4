"""Reads the two text formats of published routing problems: Li and Lim (pickups and drops) and CVRPLIB (capacity).

Places keep the numbers under which published solutions name them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import hypot, isfinite

from jangteo.domains.delivery.routing.problem import Job, Matrix, Place, Problem, Vehicle

FINE = 1_000_000  # Li and Lim count in real numbers; the solver in millionths
MOST_PLACES = 3_000
LARGEST = 1e7
COLUMNS = 9
_KEYWORD = re.compile(r"^([A-Z_]+)\s*(?::\s*(.*))?$")
_TEXTS = frozenset({"NAME", "COMMENT"})
_HEAD = frozenset({"NAME", "COMMENT", "TYPE", "DIMENSION", "EDGE_WEIGHT_TYPE", "CAPACITY"})
_SECTIONS = {"NODE_COORD_SECTION": 3, "DEMAND_SECTION": 2, "DEPOT_SECTION": 1}


class BadFile(ValueError):
    """A file that is not such a problem. `code` is stable, `line` counts from 1 (0: the file as a whole)."""

    def __init__(self, code: str, line: int = 0, what: str = "") -> None:
        super().__init__(f"{code} at line {line} {what}".rstrip())
        self.code, self.line, self.what = code, line, what


@dataclass(frozen=True, slots=True)
class Instance:
    """A published problem. Divide distances by `scale` for the unit in which its results are published."""

    kind: str
    problem: Problem
    scale: int
    fewest_vehicles: bool


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    numbers: tuple[float, ...]


def read(text: str) -> Instance:
    """Tell the format by its first line. Raises BadFile."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise BadFile("empty")
    return _cvrplib(lines) if _KEYWORD.match(first.strip()) else _li_lim(lines)


def _li_lim(lines: list[str]) -> Instance:
    written = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    head = _head_row(*written[0])
    rows = [head, *(_row(number, line) for number, line in written[1:])]
    fleet, capacity = _whole(head, 0, least=1), _whole(head, 1, least=0)
    rows = rows[1:]
    if not rows or len(rows) % 2 == 0:
        raise BadFile("truncated", len(lines))
    if len(rows) > MOST_PLACES:
        raise BadFile("too_large")
    for number, row in enumerate(rows):
        if len(row.numbers) != COLUMNS:
            raise BadFile("truncated" if row is rows[-1] else "columns", row.line, str(COLUMNS))
        if _whole(row, 0, least=0) != number:
            raise BadFile("numbering", row.line, str(number))
    if fleet > MOST_PLACES:
        raise BadFile("number", head.line)
    places = [_li_lim_place(row) for row in rows]
    jobs = _pairs(rows)
    matrix = _matrix([(row.numbers[1], row.numbers[2]) for row in rows], FINE)
    vehicles = [Vehicle(0, 0, capacity, 0, places[0].closes)] * min(fleet, max(1, len(jobs)))
    return Instance("pdptw", Problem(places, jobs, vehicles, matrix, matrix), FINE, fewest_vehicles=True)


def _head_row(number: int, line: str) -> _Row:
    """Vehicles, capacity, speed; a file that begins otherwise is something else altogether."""
    try:
        row = _row(number, line)
    except BadFile:
        raise BadFile("unknown_format") from None
    if len(row.numbers) != 3:
        raise BadFile("unknown_format")
    return row


def _li_lim_place(row: _Row) -> Place:
    _number, _x, _y, _load, opens, closes, service, _pickup, _drop = row.numbers
    if not 0 <= opens <= closes or service < 0:
        raise BadFile("window", row.line)
    return Place(round(opens * FINE), round(closes * FINE), round(service * FINE))


def _pairs(rows: list[_Row]) -> list[Job]:
    """A pickup names its drop in the last column, a drop its pickup in the one before."""
    jobs = []
    for row in rows[1:]:
        number, load = _whole(row, 0, least=1), _whole(row, 3)
        pickup, drop = _whole(row, 7, least=0), _whole(row, 8, least=0)
        other = pickup or drop
        if bool(pickup) == bool(drop) or other >= len(rows) or other == number:
            raise BadFile("pairs", row.line, str(number))
        back = _whole(rows[other], 8 if pickup else 7, least=0)
        if back != number or _whole(rows[other], 3) != -load or ((load < 0) != bool(pickup) and load):
            raise BadFile("pairs", row.line, str(number))
        if drop:
            jobs.append(Job(drop=drop, load=load, pickup=number))
    return jobs


def _cvrplib(lines: list[str]) -> Instance:
    head, sections = _parts(lines)
    for name in ("DIMENSION", "CAPACITY", "EDGE_WEIGHT_TYPE"):
        if name not in head:
            raise BadFile("missing", what=name)
    if head.get("TYPE", (0, "CVRP"))[1] != "CVRP":
        raise BadFile("unsupported", head["TYPE"][0], "TYPE")
    if head["EDGE_WEIGHT_TYPE"][1] != "EUC_2D":
        raise BadFile("unsupported", head["EDGE_WEIGHT_TYPE"][0], "EDGE_WEIGHT_TYPE")
    size, capacity = _head_number(head, "DIMENSION"), _head_number(head, "CAPACITY")
    if size > MOST_PLACES:
        raise BadFile("too_large", head["DIMENSION"][0])
    spots = _numbered(sections, "NODE_COORD_SECTION", size)
    loads = [_whole(row, 1, least=0) for row in _numbered(sections, "DEMAND_SECTION", size)]
    _check_depot(sections, loads)
    if any(load > capacity for load in loads):
        raise BadFile("too_heavy")
    matrix = _matrix([(row.numbers[1], row.numbers[2]) for row in spots], 1)
    jobs = [Job(drop=place, load=loads[place]) for place in range(1, size)]
    vehicles = [Vehicle(0, 0, capacity)] * max(1, size - 1)
    return Instance("cvrp", Problem([Place()] * size, jobs, vehicles, matrix, matrix), 1, fewest_vehicles=False)


def _parts(lines: list[str]) -> tuple[dict[str, tuple[int, str]], dict[str, list[_Row]]]:
    """The head as name to (line, value), and the rows of each section."""
    head: dict[str, tuple[int, str]] = {}
    sections: dict[str, list[_Row]] = {}
    rows: list[_Row] | None = None
    for number, line in enumerate(lines, 1):
        written = line.strip()
        found = _KEYWORD.match(written)
        if not written:
            continue
        if written == "EOF":
            return head, sections
        if found is None:
            if rows is None:
                raise BadFile("unknown_format", number)
            rows.append(_row(number, line))
        elif found[1] in _SECTIONS:
            rows = sections.setdefault(found[1], [])
        elif found[1] in _HEAD and found[2] is not None:
            rows, head[found[1]] = None, (number, found[2].strip())
        else:
            raise BadFile("unknown_section", number, found[1])
    raise BadFile("truncated", len(lines))


def _head_number(head: dict[str, tuple[int, str]], name: str) -> int:
    line, written = head[name]
    if not (written.isascii() and written.isdecimal() and len(written) < 9) or int(written) < 1:
        raise BadFile("number", line)
    return int(written)


def _numbered(sections: dict[str, list[_Row]], name: str, size: int) -> list[_Row]:
    """The rows 1 to `size` of a section."""
    rows = sections.get(name)
    if rows is None:
        raise BadFile("missing", what=name)
    for number, row in enumerate(rows, 1):
        if len(row.numbers) != _SECTIONS[name]:
            raise BadFile("columns", row.line, str(_SECTIONS[name]))
        if _whole(row, 0) != number:
            raise BadFile("numbering", row.line, str(number))
    if len(rows) != size:
        raise BadFile("count", rows[-1].line if rows else 0, name)
    return rows


def _check_depot(sections: dict[str, list[_Row]], loads: list[int]) -> None:
    rows = sections.get("DEPOT_SECTION", [])
    if [row.numbers for row in rows] != [(1.0,), (-1.0,)] or loads[0] != 0:
        raise BadFile("depot", rows[0].line if rows else 0)


def _row(number: int, line: str) -> _Row:
    try:
        numbers = tuple(float(word) for word in line.split())
    except ValueError:
        raise BadFile("number", number) from None
    if any(not isfinite(one) or abs(one) > LARGEST for one in numbers):
        raise BadFile("number", number)
    return _Row(number, numbers)


def _whole(row: _Row, column: int, *, least: int = -int(LARGEST)) -> int:
    value = row.numbers[column]
    if value != int(value) or value < least:
        raise BadFile("number", row.line)
    return int(value)


def _matrix(spots: list[tuple[float, float]], scale: int) -> Matrix:
    """Straight lines, rounded to whole `scale`ths."""
    return tuple(
        tuple(int(hypot(x - other_x, y - other_y) * scale + 0.5) for other_x, other_y in spots) for x, y in spots
    )
