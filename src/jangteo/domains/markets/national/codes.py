"""The code of a market that people type: province and five digits, gangwon-07316. Made once, at creation."""

from __future__ import annotations

import hashlib
from collections.abc import Container

from jangteo.kernel.ids import check_digit

NUMBERS = 10_000
NOWHERE = "korea"


def market_code(province: str, told: str, taken: Container[str]) -> str:
    """A free code for a new market: four digits drawn from `told` (name and place) and their check digit.

    The same market tried on an empty table always gets the same code. Where it is taken, the next number is.
    Raises RuntimeError when a province is full.
    """
    start = int.from_bytes(hashlib.sha256(told.encode()).digest()[:8]) % NUMBERS
    for step in range(NUMBERS):
        digits = f"{(start + step) % NUMBERS:04}"
        code = f"{province or NOWHERE}-{digits}{check_digit(digits)}"
        if code not in taken:
            return code
    raise RuntimeError(f"no number left for {province}")
