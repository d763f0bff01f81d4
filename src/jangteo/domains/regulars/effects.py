"""Puts together what a person wants to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jangteo.domains.regulars.actions.note_take_out import note_take_out
from jangteo.domains.regulars.parts import PARTS
from jangteo.domains.regulars.privacy_models import TakeOut
from jangteo.domains.regulars.queries_privacy import person_of, real_markets
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending
from jangteo.kernel.personal import Kept, Person
from jangteo.kernel.tenancy import in_market, unscoped


@dataclass(frozen=True, slots=True)
class InMarket:
    """What one market keeps of a person."""

    market: str
    kept: tuple[Kept, ...]


Write = Callable[[Sequence[InMarket]], bytes]


class TakeOuts:
    """`write` makes one file of it: only faces know words."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def build(self, row: OutboxRow) -> Ending:
        """In the scope of the market where it was asked for."""
        take_out = TakeOut.objects.select_related("user", "market").get(pk=row.payload["take_out_id"])
        if take_out.state != TakeOut.State.ASKED:
            return Done()
        person, markets = person_of(take_out.user), real_markets()
        found = []
        for done, market in enumerate(markets):
            self._note(take_out, done, len(markets) + 1)
            with unscoped(), in_market(market.pk):
                found.append(InMarket(market.name, _kept(person)))
        self._note(take_out, len(markets) + 1, len(markets) + 1, self._write(_worth_saying(found)))
        return Done()

    def _note(self, take_out: TakeOut, done: int, steps: int, content: bytes | None = None) -> None:
        note_take_out(
            market=take_out.market, actor=SYSTEM, take_out_id=take_out.pk, done=done, steps=steps, content=content
        )


def _kept(person: Person) -> tuple[Kept, ...]:
    return tuple(kept for part in reversed(PARTS) for kept in part.kept(person))


def _worth_saying(found: Sequence[InMarket]) -> list[InMarket]:
    """The account is the same everywhere, so that it is told once; markets that know nothing else are left out."""
    told: list[InMarket] = []
    for one in found:
        kept = tuple(part for part in one.kept if part.rows and (part.topic != "account" or not told))
        if kept:
            told.append(InMarket(one.market, kept))
    return told
