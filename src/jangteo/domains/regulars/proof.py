"""What a deletion came to, over all markets: what is gone, what stays, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict

from jangteo.domains.regulars.privacy_models import ForgottenHere
from jangteo.domains.regulars.rules import RULES
from jangteo.kernel import clock


class Outcome(TypedDict):
    """`until` is the last day (ISO) of what stays, "" where nothing does."""

    gone: int
    stays: int
    until: str


def outcome_of(rows: Iterable[ForgottenHere]) -> dict[str, Outcome]:
    """By topic. What stays has a rule of its name in `rules.RULES`."""
    found: dict[str, Outcome] = {}
    for row in rows:
        for one in row.topics:
            sums = found.setdefault(one["topic"], Outcome(gone=0, stays=0, until=""))
            sums["gone"] += one["gone"]
            sums["stays"] += one["stays"]
            if one["stays"]:
                sums["until"] = max(sums["until"], last_day(one["topic"], one["latest"]).isoformat())
    return found


def last_day(topic: str, latest: str) -> date:
    """Until when the newest of what stays is kept."""
    return RULES[topic].last_day(datetime.fromisoformat(latest).astimezone(clock.KST).date())
