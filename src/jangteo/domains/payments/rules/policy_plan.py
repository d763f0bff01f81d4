"""What writing down new rows would change among the rows that stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jangteo.domains.payments.rules.policies import Policy, PolicyBook
from jangteo.domains.payments.rules.refusals import PolicyTooLate

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closing:
    """A row without an end that gets one, because the row `by` comes after it, or in its place from its own first day.

    In the second case `last_day` is the day before it begins, so that it holds on no day any more.
    """

    policy: Policy
    last_day: date
    by: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`new` is to be written as it stands here, `same` stands already, word for word."""

    new: tuple[Policy, ...]
    closings: tuple[Closing, ...]
    same: tuple[Policy, ...]


def plan_policies(standing: Sequence[Policy], told: Sequence[Policy], today: date) -> Plan:
    """Join new rows to those that stand. A row without an end lasts until the day before the next one of its place.

    Raises PolicyUnsound, PoliciesOverlap, and PolicyTooLate where a day that is over would be judged by another row.
    Today may be: orders keep the row that they were placed under.
    """
    everything = [*standing, *told]
    meant = [_until_next(row, everything) for row in told]
    PolicyBook(meant)
    same = [row for row in meant if any(_is_same(row, other) for other in standing)]
    new = [row for row in meant if row not in same]
    closings = [closing for row in standing if (closing := _closing(row, new)) is not None]
    for closing in closings:
        if closing.last_day < today - DAY:
            raise PolicyTooLate(policy=closing.policy.id, day=closing.last_day.isoformat())
    ended = {closing.policy.id: closing.last_day for closing in closings}
    left = [replace(row, ends=ended.get(row.id, row.ends)) for row in standing]
    PolicyBook([*(row for row in left if row.ends is None or row.ends >= row.starts), *new])
    return Plan(tuple(new), tuple(closings), tuple(same))


def _until_next(row: Policy, rows: Sequence[Policy]) -> Policy:
    """The row with its end, where it has none and another one of its scheme and area follows."""
    if row.ends is not None:
        return row
    following = [other.starts for other in rows if _place(other) == _place(row) and other.starts > row.starts]
    return replace(row, ends=min(following) - DAY) if following else row


def _closing(row: Policy, new: Sequence[Policy]) -> Closing | None:
    if row.ends is not None:
        return None
    later = [other for other in new if _place(other) == _place(row) and other.starts >= row.starts]
    if not later:
        return None
    by = min(later, key=lambda other: other.starts)
    return Closing(row, by.starts - DAY, by.id)


def _is_same(row: Policy, other: Policy) -> bool:
    return replace(row, id=other.id) == other


def _place(row: Policy) -> tuple[str, str]:
    return row.scheme, row.area
