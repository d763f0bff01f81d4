"""What may be on a new photo, told from what the stall sold before and what others like it sell."""

from __future__ import annotations

import json
from dataclasses import dataclass

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries_photos import sold_before, sold_by_others
from jangteo.domains.markets.models import Stall
from jangteo.faces.merchant.good_form import BY_PIECE, BY_WEIGHT, DOMESTIC, IMPORTED, MIXED, UNITS

MOST, MOST_OF_OTHERS = 6, 6


@dataclass(frozen=True, slots=True)
class Guess:
    """A button that fills in the form. `good` was the stall's own, or is another's, of which only the name is told."""

    good: Good
    is_own: bool

    @property
    def fields(self) -> dict[str, str]:
        """What to fill in. Of others' goods neither price nor origin: those differ, and the law wants them right."""
        good = self.good
        known = good.unit in UNITS
        said = {"name": good.name, "unit": good.unit if known else "", "unit_typed": "" if known else good.unit}
        said |= {"kind": str(good.kind_id), "sold_by": BY_WEIGHT if good.is_weighed else BY_PIECE}
        if good.is_weighed:
            said |= {"price_grams": str(good.price_grams), "unit_grams": str(good.unit_grams)}
        if self.is_own:
            made, where = made_of(good.origin)
            said |= {"price_won": str(good.price_won), "made": made, "made_where": where}
        return said

    @property
    def filling(self) -> str:
        """The same for a script."""
        return json.dumps(self.fields, ensure_ascii=False)


def guesses(stall: Stall) -> list[Guess]:
    """The stall's own first."""
    own = [Guess(good, is_own=True) for good in sold_before(stall.pk, MOST)]
    others = sold_by_others(stall.pk, stall.kind_id, MOST_OF_OTHERS)
    return own + [Guess(good, is_own=False) for good in others]


def filled(stall: Stall, number: str) -> dict[str, str]:
    """What the button of that number fills in; nothing for one that is not there."""
    return next((guess.fields for guess in guesses(stall) if str(guess.good.pk) == number), {})


def made_of(origin: str) -> tuple[str, str]:
    """How the form tells an origin: 국산(제주) is domestic, from 제주."""
    if origin == "국산":
        return DOMESTIC, ""
    if origin.startswith("국산(") and origin.endswith(")"):
        return DOMESTIC, origin[3:-1]
    if origin.endswith("산") and not any(mark in origin for mark in ",:"):
        return IMPORTED, origin.removesuffix("산")
    return MIXED, origin
