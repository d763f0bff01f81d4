"""What every domain that knows something of people offers: to show it, and to forget it.

A domain does that in `personal.py` with a `Part`; `regulars` puts the parts together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

Value = str | int | datetime | None
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Person:
    """A customer's account. `phone` is digits only, "" unless its owner has proven it."""

    user_id: int
    phone: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything of one topic ("orders") that is kept of a person in the market in scope, newest first."""

    topic: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of one topic: `gone` rows are no longer anybody's.

    `stays` rows are kept because a law wants it, with nothing in them that leads to the person; `latest` is the moment
    of the newest of these, from which their time is counted.
    """

    topic: str
    gone: int
    stays: int = 0
    latest: datetime | None = None


class Forget(Protocol):
    """A step: runs inside the transaction of an action, in its market. Repeated, it finds nothing more to do."""

    def __call__(self, *, person: Person) -> list[Forgotten]: ...


def nothing_waits(_person: Person) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Part:
    """One domain's part. `covers` names the models ("ordering.Order") whose personal fields it answers for.

    `waits_for` counts what must end before anything can be forgotten: orders under way, money on its way back.
    """

    kept: Callable[[Person], list[Kept]]
    forget: Forget
    covers: frozenset[str]
    waits_for: Callable[[Person], int] = field(default=nothing_waits)
