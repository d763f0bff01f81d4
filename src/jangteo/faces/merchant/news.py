"""What a stall can say by a tap, to whom, and how a message went."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise

from jangteo.domains.campaigns.kinds import State
from jangteo.domains.campaigns.queries import Listed, days_left, outcome
from jangteo.domains.campaigns.segments import SEGMENTS
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import goods_of_stall
from jangteo.faces._parts.words.message_words import (
    SEGMENT_HINTS,
    SEGMENT_NAMES,
    STATE_NAMES,
    proof_words,
    ready_words,
)

MOST_GOODS = 4


@dataclass(frozen=True, slots=True)
class Saying:
    """Sentences about one good, or (`good` None) about the stall."""

    good: Good | None
    sentences: list[str]


@dataclass(frozen=True, slots=True)
class Result:
    """One message with its words."""

    listed: Listed
    segment: Promise
    state: Promise
    kind: str
    words: str
    can_stop: bool


def sayings(stall_id: int) -> list[Saying]:
    """In Korean whatever the screen's language, because customers get them. One statement."""
    goods = [good for good in goods_of_stall(stall_id) if good.state == Good.State.ON_SALE][:MOST_GOODS]
    with translation.override("ko"):
        about = [Saying(good, [text for _, text in ready_words(good.name)]) for good in goods]
        return [*about, Saying(None, [text for _, text in ready_words()])]


def whom() -> list[tuple[str, Promise, Promise]]:
    """Segments with their names and what they mean."""
    return [(one.key, SEGMENT_NAMES[one.key], SEGMENT_HINTS[one.key]) for one in SEGMENTS]


def result_of(listed: Listed) -> Result:
    """How it went, in one sentence once it has left."""
    campaign = listed.campaign
    state, kind = STATE_NAMES[campaign.state]
    has_left = campaign.state in (State.DONE, State.STOPPED) and listed.sent
    words = proof_words(outcome(campaign), days_left(campaign)) if has_left else ""
    can_stop = campaign.state in (State.QUEUED, State.SENDING)
    return Result(listed, SEGMENT_NAMES[campaign.segment], state, kind, words, can_stop)
