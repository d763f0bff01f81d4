"""Whether sums find room in lines: the small searches behind the matrix and the cheapest split."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import gcd


class Flow:
    """Fills the room of lines from givers, each of which may only give to certain lines.

    `cells[giver][line]` is what went where, `room[line]` what is still open. Giving finds the shortest chain of moves
    (Edmonds-Karp): it may shift what others gave to other lines, never how much they gave. So whoever gives first
    gives the most it can, and if a sum finds no place here it finds none at all beside what was given before.
    """

    def __init__(self, allowed: Sequence[frozenset[int]], room: Sequence[int]) -> None:
        self._allowed = [sorted(lines) for lines in allowed]
        self.room = list(room)
        self.cells = [[0] * len(room) for _ in allowed]

    def give(self, giver: int, won: int) -> int:
        """Place up to `won` more; the answer is what found place."""
        left = won
        while left and (chain := self._chain(giver)):
            end = chain[-1][1]
            moved = [self.cells[owner][line] for (_, line), (owner, _) in pairwise(chain)]
            step = min(left, self.room[end], *moved) if moved else min(left, self.room[end])
            for (_, line), (owner, _) in pairwise(chain):
                self.cells[owner][line] -= step
            for owner, line in chain:
                self.cells[owner][line] += step
            self.room[end] -= step
            left -= step
        return won - left

    def _chain(self, giver: int) -> list[tuple[int, int]]:
        """Pairs (giver, line): each next giver makes room in the line before, the last line has room of its own."""
        came: dict[int, tuple[int, int | None]] = {}
        queue: deque[tuple[int, int | None]] = deque([(giver, None)])
        seen = {giver}
        while queue:
            who, freed = queue.popleft()
            for line in self._allowed[who]:
                if line in came:
                    continue
                came[line] = (who, freed)
                if self.room[line]:
                    return _back(came, line)
                for other, cells in enumerate(self.cells):
                    if other not in seen and cells[line]:
                        seen.add(other)
                        queue.append((other, line))
        return []


def _back(came: dict[int, tuple[int, int | None]], end: int) -> list[tuple[int, int]]:
    chain: list[tuple[int, int]] = []
    line: int | None = end
    while line is not None:
        who, before = came[line]
        chain.append((who, line))
        line = before
    return chain[::-1]


def subsets_to(amounts: Sequence[int], most: int, *, exactly: bool = False) -> Iterator[tuple[int, ...]]:
    """Positions of `amounts` whose sum is at most `most`, largest sums first; only those that meet it if `exactly`.

    Sums that can be reached from each position on are kept as bits of one whole number, so nothing is tried in vain.
    """
    unit = gcd(*amounts) or 1
    sizes = [amount // unit for amount in amounts]
    limit = min(most // unit, sum(sizes))
    if exactly and limit * unit != most:
        return
    reach = [1] * (len(sizes) + 1)
    for at in range(len(sizes) - 1, -1, -1):
        reach[at] = (reach[at + 1] | reach[at + 1] << sizes[at]) & ((1 << limit + 1) - 1)
    targets = reach[0] & 1 << limit if exactly else reach[0]
    while targets:
        target = targets.bit_length() - 1
        yield from _picks(sizes, reach, target)
        targets ^= 1 << target


def _picks(sizes: Sequence[int], reach: Sequence[int], target: int) -> Iterator[tuple[int, ...]]:
    """Every choice that sums to `target`; a position is tried taken before it is tried left."""
    stack: list[tuple[int, int, tuple[int, ...]]] = [(0, target, ())]
    while stack:
        at, left, taken = stack.pop()
        if at == len(sizes):
            yield taken
            continue
        if reach[at + 1] >> left & 1:
            stack.append((at + 1, left, taken))
        if sizes[at] <= left and reach[at + 1] >> left - sizes[at] & 1:
            stack.append((at + 1, left - sizes[at], (*taken, at)))
