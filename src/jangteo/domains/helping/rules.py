"""How long things last, and what may be said about a visit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

CODE_GOOD_FOR = timedelta(minutes=5)
CODE_TRIES = 5
ACTING_LASTS = timedelta(minutes=30)
# The same place does not ring twice while it waits, but a forgotten call does not hide a new one.
SAME_CALL = timedelta(minutes=30)
FINISHED_SHOWN = timedelta(minutes=10)
STUCK = ("phone", "entry", "goods", "price", "orders", "money")
MARKED_BY_HAND = ("sticker", "taught")


def stuck_in_order(said: Iterable[str]) -> list[str]:
    """The keys that were said, each once and in the order of `STUCK`; what is not in it is left out."""
    wanted = set(said)
    return [key for key in STUCK if key in wanted]


def spellings(phone: str) -> list[str]:
    """How somebody may have written a number of digits into a call: 01012345678, 010-1234-5678, with blanks."""
    parts = [phone[:3], phone[3:-4], phone[-4:]]
    return [phone, "-".join(parts), " ".join(parts)]
