"""What helpers did in a stall's name, as sentences: for the stall itself and for the helpers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from jangteo.domains.catalog.queries import good_names
from jangteo.domains.people.queries_office import devices_by_id
from jangteo.faces._parts.words.audit import audit_sentence
from jangteo.kernel import clock
from jangteo.kernel.audit.queries import acts_for

SHOWN_FOR = timedelta(days=30)
MOST = 40


@dataclass(frozen=True, slots=True)
class Act:
    """`about` is the good that it was done to, "" for anything else; `who` may be ""."""

    at: datetime
    who: str
    about: str
    words: str


def acts_for_stall(stall_id: int) -> list[Act]:
    """The last month, newest first."""
    rows = acts_for(f"stall:{stall_id}", clock.now() - SHOWN_FOR, MOST)
    names = good_names({number for row in rows if (number := _number(row.subject, "good")) is not None})
    helpers = devices_by_id({number for row in rows if (number := _number(row.actor_ref, "device")) is not None})
    return [
        Act(
            row.at,
            helpers[helper].name if (helper := _number(row.actor_ref, "device")) in helpers else "",
            names.get(_number(row.subject, "good") or 0, ""),
            audit_sentence(row.code, row.facts),
        )
        for row in rows
    ]


def _number(text: str, kind: str) -> int | None:
    head, _, number = text.partition(":")
    return int(number) if head == kind and number.isdigit() else None
