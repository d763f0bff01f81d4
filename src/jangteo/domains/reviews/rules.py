"""What reviews may hold, how stars become a rating, and who wins a draw."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

MOST_WORDS = 1_000
MOST_ANSWER = 500
MOST_PHOTOS = 3
EDIT_HOURS = 24
EDITED_WITHIN = timedelta(hours=EDIT_HOURS)
# What the three faces count.
GOOD, PLAIN, POOR = 5, 3, 1
STARS = range(1, 6)

# Before anything is known of a market its reviews are taken to be like this, as many as said.
USUAL_HUNDREDTHS = 400
USUAL_WEIGHT = 20
# A stall or a good is taken to be like its market until it has more than so many reviews of its own.
PRIOR_WEIGHT = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reviews, and the sum of their stars."""

    count: int = 0
    stars: int = 0


def rating_hundredths(own: Tally, market: Tally) -> int:
    """A rating in hundredths of a star, 100 to 500: the mean of `own`, drawn towards the market's, and that towards 4.

    (PRIOR_WEIGHT * market's mean + own stars) / (PRIOR_WEIGHT + own count), rounded half up.
    """
    # Two divisions would round twice: the market's mean stays a fraction, above / below.
    above = USUAL_WEIGHT * USUAL_HUNDREDTHS + 100 * market.stars
    below = USUAL_WEIGHT + market.count
    top = PRIOR_WEIGHT * above + 100 * own.stars * below
    bottom = (PRIOR_WEIGHT + own.count) * below
    return (2 * top + bottom) // (2 * bottom)


def digest_of(seed: str) -> str:
    """What is published of a seed before the draw. 64 hex digits."""
    return hashlib.sha256(seed.encode()).hexdigest()


def drawn(seed: str, entries: Iterable[int], winners: int) -> list[int]:
    """The entries that win: those whose SHA-256 of "seed:entry" comes first. Anybody can do it again."""

    def place(entry: int) -> tuple[str, int]:
        return digest_of(f"{seed}:{entry}"), entry

    return sorted(sorted(set(entries), key=place)[:winners])
