"""Keep what does not agree, until somebody has solved it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jangteo.domains.settlement.models import Break
from jangteo.domains.settlement.reconcile import comparing
from jangteo.domains.settlement.reconcile.comparing import BreakKind
from jangteo.kernel import clock
from jangteo.kernel.action import step


@dataclass(frozen=True, slots=True)
class Found:
    """A break in won as a comparison found it, by which gateway or file. Of a fee also the sale and what was paid."""

    what: comparing.Break
    source: str
    moved_won: int | None = None
    paid_won: int | None = None


@step
def open_breaks(*, market_id: int, found: Iterable[Found]) -> int:
    """Open those that are not known, and answer how many. The same movement is not asked about twice:
    what one report has shown, another does not show again."""
    by_key: dict[tuple[str, str], Found] = {}
    for one in found:
        by_key.setdefault(_question(one.what.kind, one.what.key), one)
    rows = Break.objects.filter(key__in={one.what.key for one in by_key.values()})
    known = {_question(kind, key) for kind, key in rows.values_list("kind", "key")}
    new = [_row(market_id, one) for place, one in by_key.items() if place not in known]
    Break.objects.bulk_create(new)
    return len(new)


def _question(kind: str, key: str) -> tuple[str, str]:
    """What is late is also missing there."""
    return (BreakKind.MISSING_THERE if kind == BreakKind.LATE else kind), key


def _row(market_id: int, one: Found) -> Break:
    what = one.what
    return Break(
        market_id=market_id,
        kind=what.kind,
        about=what.about,
        source=one.source,
        key=what.key,
        order_ref=what.order[:64],
        day=what.day or clock.today(),
        here_won=what.here,
        there_won=what.there,
        moved_won=one.moved_won,
        paid_won=one.paid_won,
        opened_at=clock.now(),
    )
