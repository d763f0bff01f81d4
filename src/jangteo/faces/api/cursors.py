"""Where the next page begins. Opaque to callers, so that it may change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeVar

from ninja import Query

DEFAULT_LIMIT = 50
MOST_ITEMS = 100

T = TypeVar("T")

# Fifteen hex digits hold any id that a table will ever reach and never overflow its column.
Cursor = Annotated[str, Query(pattern=r"^(c[0-9a-f]{1,15})?$", description="`next_cursor` of the page before")]
Limit = Annotated[int, Query(ge=1, le=MOST_ITEMS, description="Most items on a page")]


def encode(place: int) -> str:
    """The cursor of a place: an id, or a number of items."""
    return f"c{place:x}"


def place_of(cursor: str) -> int:
    """The place of a well-formed cursor, 0 for none."""
    return int(cursor[1:], 16) if cursor else 0


def cut(found: Sequence[T], start: int, limit: int) -> tuple[Sequence[T], str | None]:
    """The page of a whole list from `start` on, and the cursor of what follows."""
    end = start + limit
    return found[start:end], encode(end) if end < len(found) else None
