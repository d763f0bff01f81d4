"""What the office sees of messages: numbers of people masked, results with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jangteo.domains.campaigns.kinds import State, TemplateState
from jangteo.domains.campaigns.models import Dispatch, Template
from jangteo.domains.campaigns.proof import Interval, Proof
from jangteo.domains.campaigns.queries import Listed, bars_of, days_left, dispatched, outcome, templates
from jangteo.faces._parts.words.message_words import (
    BAR_NAMES,
    CHANNEL_NAMES,
    SEGMENT_NAMES,
    STATE_NAMES,
    TEMPLATE_STATES,
    proof_words,
)
from jangteo.kernel import masking


@dataclass(frozen=True, slots=True)
class Row:
    """One message in the list."""

    listed: Listed
    segment: Promise
    state: Promise
    kind: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One person in the log: never the whole number."""

    at: datetime
    to: str
    way: Promise
    text: str
    end: str


def listed_of(one: Listed) -> Row:
    state, kind = STATE_NAMES[one.campaign.state]
    return Row(one, SEGMENT_NAMES[one.campaign.segment], state, kind)


def detail_of(one: Listed) -> dict[str, object]:
    """What the page of one message shows."""
    campaign = one.campaign
    proof, left = outcome(campaign), days_left(campaign)
    return {
        "row": listed_of(one),
        "proof": proof,
        "words": proof_words(proof, left) if proof.sent.people else "",
        "visits": _in_hundred(proof.visits),
        "won": _won(proof),
        "log": [_sent(row) for row in dispatched(campaign.pk)],
        "bars": [(BAR_NAMES.get(why, why), count) for why, count in sorted(bars_of(campaign.pk).items())],
        "can_stop": campaign.state in (State.QUEUED, State.SENDING),
    }


def approved() -> list[Template]:
    """Those that may be sent."""
    return [template for template in templates() if template.state == TemplateState.APPROVED]


def template_rows(found: Sequence[Template]) -> list[tuple[Template, Promise]]:
    return [(template, TEMPLATE_STATES[template.state]) for template in found]


def _sent(row: Dispatch) -> Sent:
    arrival = getattr(row, "arrival", None)
    end = "" if arrival is None else _("문자로 갔어요") if arrival.replaced else _("닿았어요")
    if arrival is not None and not arrival.arrived:
        end = _("안 닿았어요")
    to = "" if row.user is None else masking.phone(row.user.phone or "")
    return Sent(row.at, to, CHANNEL_NAMES[row.channel], row.text, end)


def _in_hundred(interval: Interval | None) -> tuple[int, int] | None:
    """How many more of a hundred came back, from and to."""
    return None if interval is None else (round(interval.low * 100), round(interval.high * 100))


def _won(proof: Proof) -> tuple[int, int] | None:
    """How many won more a head, from and to."""
    return None if proof.won is None else (round(proof.won.low), round(proof.won.high))
