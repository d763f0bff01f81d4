"""How near a typed word is to a name, letter by letter. Works on `hangul.jamo` text."""

from __future__ import annotations

LETTERS_PER_SLIP = 9


def slips_within(wanted: str, text: str) -> int:
    """The fewest letters to insert, drop or change so that `wanted` occurs somewhere in `text` (Sellers, 1980)."""
    best = list(range(len(wanted) + 1))
    least = best[-1]
    for letter in text:
        previous, best = best, [0]
        for place, asked in enumerate(wanted, start=1):
            best.append(min(previous[place] + 1, best[-1] + 1, previous[place - 1] + (letter != asked)))
        least = min(least, best[-1])
    return least


def allowed_slips(wanted: str) -> int:
    """One slip of the finger, one more for each further nine letters; words under four letters must be right."""
    return 0 if len(wanted) < 4 else 1 + len(wanted) // LETTERS_PER_SLIP
