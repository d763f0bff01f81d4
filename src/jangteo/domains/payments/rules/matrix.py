"""Which tender paid how much of which line, fixed when the money is taken and read back by every refund."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from jangteo.domains.payments.rules.flow import Flow, subsets_to
from jangteo.domains.payments.rules.refusals import SumsDiffer, TenderDoesNotFit, TenderPaysWholeLines
from jangteo.domains.payments.rules.tenders import KINDS, TenderKind
from jangteo.kernel.money import split_won

MOST_TRIES = 256
MOST_TRIES_BEFORE_OTHERS = 16  # choices of one tender's lines that are tried with those of the next


@dataclass(frozen=True, slots=True)
class Line:
    """What has to be paid for a line, after the stall's own reductions."""

    key: str
    won: int


@dataclass(frozen=True, slots=True)
class Tender:
    """So much money of a kind that may pay the lines of these keys.

    `excludes` are kinds it may not share a payment with: beside one of them it pays whole lines, and those alone.
    """

    key: str
    kind: TenderKind
    won: int
    lines: frozenset[str]
    excludes: frozenset[TenderKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Won by line (rows) and tender (columns), none negative."""

    lines: tuple[str, ...]
    tenders: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.lines) or any(len(row) != len(self.tenders) for row in self.cells):
            raise ValueError("the cells do not have the shape of lines by tenders")
        if any(won < 0 for row in self.cells for won in row):
            raise ValueError("a cell is negative")

    @property
    def won(self) -> int:
        return sum(map(sum, self.cells))

    def row(self, line: str) -> dict[str, int]:
        """What each tender paid of a line."""
        return dict(zip(self.tenders, self.cells[self.lines.index(line)], strict=True))

    def line_won(self, line: str) -> int:
        return sum(self.cells[self.lines.index(line)])

    def tender_won(self, tender: str, among: frozenset[str] | None = None) -> int:
        """What a tender paid of all lines, or of those named."""
        at = self.tenders.index(tender)
        return sum(row[at] for line, row in zip(self.lines, self.cells, strict=True) if among is None or line in among)

    def plus(self, changes: Mapping[tuple[str, str], int]) -> Matrix:
        """With won added to (line, tender) cells. Raises ValueError if one would become negative."""
        rows = tuple(
            tuple(won + changes.get((line, tender), 0) for tender, won in zip(self.tenders, row, strict=True))
            for line, row in zip(self.lines, self.cells, strict=True)
        )
        return Matrix(self.lines, self.tenders, rows)


@dataclass(frozen=True, slots=True)
class Allocation:
    """`groups` are keys of tenders that are paid together, one payment after the other."""

    matrix: Matrix
    groups: tuple[tuple[str, ...], ...]


def allocate(lines: Sequence[Line], tenders: Sequence[Tender]) -> Allocation:
    """Spread tenders over lines so that rows come to the lines and columns to the tenders.

    Each tender in turn, narrowest first, is split over what is still open of its lines. Where that leaves a later one
    without room, a flow finds the places. Raises SumsDiffer, TenderPaysWholeLines, or TenderDoesNotFit.
    """
    if any(line.won < 0 for line in lines) or any(tender.won < 0 for tender in tenders):
        raise ValueError("an amount is negative")
    lines_won, tenders_won = sum(line.won for line in lines), sum(tender.won for tender in tenders)
    if lines_won != tenders_won:
        raise SumsDiffer(lines_won=lines_won, tenders_won=tenders_won)
    alone = {at for at, tender in enumerate(tenders) if stands_alone(tender, tenders)}
    together = _narrowest_first([at for at in range(len(tenders)) if at not in alone], tenders)
    failure: TenderDoesNotFit | None = None
    for taken in islice(_whole_lines(_narrowest_first(alone, tenders), tenders, lines), MOST_TRIES):
        columns = {at: [line.won * (n in taken[at]) for n, line in enumerate(lines)] for at in taken}
        room = [0 if any(column[n] for column in columns.values()) else line.won for n, line in enumerate(lines)]
        try:
            columns |= _spread(together, tenders, lines, room)
        except TenderDoesNotFit as refused:
            failure = failure or refused
            continue
        cells = tuple(tuple(columns[at][n] for at in range(len(tenders))) for n in range(len(lines)))
        matrix = Matrix(tuple(line.key for line in lines), tuple(tender.key for tender in tenders), cells)
        return Allocation(matrix, payment_groups(tenders))
    if failure is not None:
        raise failure
    culprit = next(tender for at, tender in enumerate(tenders) if at in alone)
    raise TenderPaysWholeLines(tender=culprit.key, won=culprit.won)


def stands_alone(tender: Tender, tenders: Sequence[Tender]) -> bool:
    """Whether another tender of this order is of a kind that it excludes. A tender of nothing disturbs nobody."""
    return any(other.kind in tender.excludes for other in tenders if other.won and other.key != tender.key)


def payment_groups(tenders: Sequence[Tender]) -> tuple[tuple[str, ...], ...]:
    """Keys of tenders by payment: those that stand alone, then the others with at most one outside system each.

    In a group the external tender is last, for it is captured last. Tenders of zero won are left out.
    """
    paying = [tender for tender in tenders if tender.won]
    alone = [tender for tender in paying if stands_alone(tender, paying)]
    others = [tender for tender in paying if tender not in alone]
    external = [tender.key for tender in others if KINDS[tender.kind].external]
    inner = [tender.key for tender in others if not KINDS[tender.kind].external]
    shared = [(*inner, *external[:1]), *((key,) for key in external[1:])]
    return (*((tender.key,) for tender in alone), *(group for group in shared if group))


def _narrowest_first(chosen: list[int] | set[int], tenders: Sequence[Tender]) -> list[int]:
    return sorted(chosen, key=lambda at: (len(tenders[at].lines), at))


def _whole_lines(
    alone: Sequence[int], tenders: Sequence[Tender], lines: Sequence[Line], used: frozenset[int] = frozenset()
) -> Iterator[dict[int, frozenset[int]]]:
    """Ways to give each tender that stands alone whole lines that come to it."""
    if not alone:
        yield {}
        return
    head, *tail = alone
    mine = tenders[head]
    free = [n for n, line in enumerate(lines) if line.won and line.key in mine.lines and n not in used]
    choices = subsets_to([lines[n].won for n in free], mine.won, exactly=True)
    for picks in islice(choices, MOST_TRIES_BEFORE_OTHERS if tail else MOST_TRIES):
        taken = frozenset(free[at] for at in picks)
        for rest in _whole_lines(tail, tenders, lines, used | taken):
            yield {head: taken, **rest}


def _spread(
    order: Sequence[int], tenders: Sequence[Tender], lines: Sequence[Line], room: Sequence[int]
) -> dict[int, list[int]]:
    """Columns of the tenders that may share lines, by proportion where that works out and by flow where not."""
    open_won, columns = list(room), {}
    for at in order:
        weights = [won if line.key in tenders[at].lines else 0 for line, won in zip(lines, open_won, strict=True)]
        if sum(weights) < tenders[at].won:
            return _flow(order, tenders, lines, room)
        # No part exceeds its weight, because the whole does not exceed the sum of the weights.
        columns[at] = split_won(tenders[at].won, weights) if tenders[at].won else [0] * len(weights)
        open_won = [won - part for won, part in zip(open_won, columns[at], strict=True)]
    return columns


def _flow(
    order: Sequence[int], tenders: Sequence[Tender], lines: Sequence[Line], room: Sequence[int]
) -> dict[int, list[int]]:
    allowed = [frozenset(n for n, line in enumerate(lines) if line.key in tender.lines) for tender in tenders]
    flow = Flow(allowed, room)
    for at in order:
        placed = flow.give(at, tenders[at].won)
        if placed < tenders[at].won:
            raise TenderDoesNotFit(tender=tenders[at].key, won=tenders[at].won, over_won=tenders[at].won - placed)
    return {at: flow.cells[at] for at in order}
