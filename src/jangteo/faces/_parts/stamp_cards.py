"""A card of stamps as paper: which fields are inked, and how each seal sits on it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.domains.stamps.actions.start_programme import NewProgramme
from jangteo.domains.stamps.models import Programme
from jangteo.domains.stamps.queries import CardView

SEAL_LETTERS = 2
MOST_TURN = 15
MOST_OFF = 3
SPOTS = 5


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the ink did not take, in a field of 72."""

    x: int
    y: int
    r: int


@dataclass(frozen=True, slots=True)
class Seal:
    """One pressing: turned by so many degrees and off the middle, as a hand does it."""

    number: int
    turn: int
    x: int
    y: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A place on the card: inked with `seal`, or empty. The last one is the reward's."""

    number: int
    seal: Seal | None
    is_last: bool


@dataclass(frozen=True, slots=True)
class PaperCard:
    """What a page draws. `letters` stand in the seal. `just` are fields that were inked a moment ago."""

    programme: Programme | NewProgramme
    letters: str
    fields: tuple[Field, ...]
    live: int
    just: int = 0
    card: CardView | None = None

    @property
    def missing(self) -> int:
        return max(0, self.programme.need - self.live)

    @property
    def fresh_from(self) -> int:
        """Fields from this number on were inked a moment ago."""
        return min(self.live, self.programme.need) - self.just


def paper_card(
    programme: Programme | NewProgramme, name: str, *, seed: int, live: int, just: int = 0, card: CardView | None = None
) -> PaperCard:
    """The card of a programme; `name` is the stall's or the market's, `seed` keeps every seal where it was."""
    fields = tuple(_field(seed, number, live, programme.need) for number in range(1, programme.need + 1))
    return PaperCard(programme, seal_letters(name), fields, live, just, card)


def cards_on_paper(views: Sequence[CardView], market_name: str) -> list[PaperCard]:
    """What somebody collects, nearest to its reward first."""
    drawn = [
        paper_card(
            view.programme,
            view.programme.stall.name if view.programme.stall else market_name,
            seed=view.card.pk,
            live=view.live,
            card=view,
        )
        for view in views
    ]
    return sorted(drawn, key=lambda one: one.missing)


def seal_letters(name: str) -> str:
    """The first two letters of a name, as a seal cutter would take them."""
    return "".join(letter for letter in name if letter.isalnum())[:SEAL_LETTERS]


def _field(seed: int, number: int, live: int, need: int) -> Field:
    return Field(number, _seal(seed, number) if number <= live else None, number == need)


def _seal(seed: int, number: int) -> Seal:
    drawn = hashlib.sha256(f"stamp:{seed}:{number}".encode()).digest()
    spots = tuple(
        Spot(14 + drawn[3 + 3 * at] % 44, 14 + drawn[4 + 3 * at] % 44, 1 + drawn[5 + 3 * at] % 2) for at in range(SPOTS)
    )
    return Seal(
        number,
        drawn[0] % (2 * MOST_TURN + 1) - MOST_TURN,
        drawn[1] % (2 * MOST_OFF + 1) - MOST_OFF,
        drawn[2] % (2 * MOST_OFF + 1) - MOST_OFF,
        spots,
    )
