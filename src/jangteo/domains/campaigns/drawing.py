"""Who gets nothing, so that what a message does can be seen: drawn by a seed, the same again whenever it is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

LEAST_HELD = 10
SMALL_BP, LARGE_BP = 2_000, 1_000
LARGE = 500
WHOLE_BP = 10_000


def held_back(user_ids: Collection[int], seed: str) -> frozenset[int]:
    """A fifth of them, of 500 and more a tenth; nobody where that would be fewer than ten."""
    share_bp = LARGE_BP if len(user_ids) >= LARGE else SMALL_BP
    count = len(user_ids) * share_bp // WHOLE_BP
    if count < LEAST_HELD:
        return frozenset()
    return frozenset(sorted(user_ids, key=lambda user_id: _lot(seed, user_id))[:count])


def _lot(seed: str, user_id: int) -> bytes:
    return hashlib.sha256(f"{seed}:{user_id}".encode()).digest()


def in_order_of_lot(user_ids: Collection[int], seed: str) -> list[int]:
    """All of them, in the order in which they were drawn."""
    return sorted(user_ids, key=lambda user_id: _lot(seed, user_id))
