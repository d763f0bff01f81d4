"""What people at the telephone type in one breath, and what follows from earlier calls. No database here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

MOST_OF_ONE = 99
OFTEN = 2
_COUNTED = re.compile(r"(?P<what>.*\D)\s(?P<count>[0-9]{1,2})")


def said_count(typed: str) -> tuple[str, int]:
    """What is looked for and how many of it: "고등어 2" is 고등어, 2. Without a number at its end it is one."""
    plain = " ".join(typed.split())
    found = _COUNTED.fullmatch(plain)
    if found is None or not 1 <= int(found["count"]) <= MOST_OF_ONE:
        return plain, 1
    return found["what"].strip(), int(found["count"])


def taken_often(orders: Iterable[Iterable[int]], most: int) -> list[int]:
    """Goods that were in at least two of these orders, the most frequent first, then the latest.

    Each order names its goods by id, the newest order first.
    """
    counts: Counter[int] = Counter()
    for order in orders:
        counts.update(dict.fromkeys(order, 1))
    return [good for good, count in counts.most_common(most) if count >= OFTEN]
