"""Who a message is for, in words: each a rule over the days on which somebody bought."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Segment:
    """People whose days of buying fit. Days are counted back from today, business days, today is 0.

    `most_days_ago`/`least_days_ago`: how long ago they last came. `visits`: on so many days at least, of the last
    `within`. `first_within`: they came for the first time that many days ago at most.
    """

    key: str
    within: int
    visits: int = 1
    least_days_ago: int = 0
    most_days_ago: int | None = None
    first_within: int | None = None


SEGMENTS = (
    Segment("regular", within=60, visits=3, most_days_ago=30),
    Segment("lapsed", within=240, visits=3, least_days_ago=31),
    Segment("new", within=14, first_within=14),
    Segment("today", within=0, most_days_ago=0),
    Segment("all", within=365),
)
BY_KEY = {segment.key: segment for segment in SEGMENTS}
