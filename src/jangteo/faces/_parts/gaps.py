"""Goods that sold out under a paid order (먼저 팔려 버린 물건)."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.models import Shortfall
from jangteo.domains.ordering.queries import facts_of, open_shortfalls
from jangteo.faces._parts.words.counting import counted


@dataclass(frozen=True, slots=True)
class Gap:
    """`missing` and `whole` are counted goods; paying back returns `won`, the whole line's money."""

    id: int
    stall: Stall
    number: int
    missing: str
    whole: str
    is_part: bool
    won: int


def gaps() -> list[Gap]:
    """What the stall, or every stall of the market in scope, has to find or pay back; oldest first."""
    return [_gap(row) for row in open_shortfalls()]


def gap(shortfall_id: int) -> Gap:
    """One of them. Raises Shortfall.DoesNotExist, also when it is settled."""
    return _gap(open_shortfalls().get(pk=shortfall_id))


def _gap(row: Shortfall) -> Gap:
    line = row.line
    return Gap(
        id=row.pk,
        stall=row.stall,
        number=line.part.order.number,
        missing=counted(line.name, line.unit, row.quantity),
        whole=counted(line.name, line.unit, line.quantity),
        is_part=row.quantity < line.quantity,
        won=facts_of(line).most_won,
    )
