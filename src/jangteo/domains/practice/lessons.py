"""Five things to try on each face. Which of them are done is read from what the device has done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lesson:
    """`key` names its words; any one of these audit codes proves it."""

    key: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tried:
    """A lesson and whether it is done."""

    key: str
    is_done: bool


LESSONS: Mapping[str, tuple[Lesson, ...]] = {
    "stall": (
        Lesson("accept", frozenset({"part.accepted"})),
        Lesson("ready", frozenset({"part.handed_over"})),
        Lesson("price", frozenset({"good.priced"})),
        Lesson("sold_out", frozenset({"good.sold_out"})),
        Lesson("counter", frozenset({"sale.received", "sale.rung_up"})),
    ),
    "office": (
        Lesson("stall", frozenset({"stall.added", "stall.changed"})),
        Lesson("link", frozenset({"link.made"})),
        Lesson("back", frozenset({"order.given_back"})),
        Lesson("settle", frozenset({"settlement.closed"})),
        Lesson("policy", frozenset({"policy.added"})),
    ),
    "helper": (
        Lesson("take", frozenset({"help.taken"})),
        Lesson("done", frozenset({"help.done"})),
        Lesson("visit", frozenset({"help.visited"})),
        Lesson("set_up", frozenset({"help.set_up"})),
        Lesson("act", frozenset({"acting.began"})),
    ),
    "shop": (
        Lesson("basket", frozenset({"basket"})),
        Lesson("order", frozenset({"order"})),
        Lesson("card", frozenset({"card"})),
        Lesson("got", frozenset({"got"})),
        Lesson("cancel", frozenset({"cancel"})),
    ),
}


def tried(face: str, done: Collection[str]) -> list[Tried]:
    """The five of a face in their order."""
    return [Tried(lesson.key, not lesson.codes.isdisjoint(done)) for lesson in LESSONS[face]]
