"""Writing a message to many, for a stall and for the office: what is filled in, and what is shown before it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from jangteo.domains.campaigns.actions.plan_campaign import Wanted, message_wanted, seed_of
from jangteo.domains.campaigns.kinds import Channel, Kind
from jangteo.domains.campaigns.queries_people import terms_of
from jangteo.domains.campaigns.reach import Message, Reach, example, plan_of
from jangteo.domains.campaigns.rules import is_night, next_morning
from jangteo.domains.campaigns.segments import BY_KEY, SEGMENTS
from jangteo.domains.campaigns.wording import MOST_BODY
from jangteo.domains.markets.models import Market
from jangteo.faces._parts.words.message_words import BAR_NAMES, CHANNEL_NAMES, SEGMENT_NAMES
from jangteo.kernel import clock, ids

MOST_ID = 2**63 - 1


class ComposeForm(forms.Form):
    """`key` makes a second press harmless; `later` puts it off until the morning."""

    body = forms.CharField(
        label=_("보낼 말"),
        max_length=MOST_BODY,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3, "maxlength": MOST_BODY}),
        error_messages={"required": _("보낼 말을 적어 주세요.")},
    )
    segment = forms.ChoiceField(
        label=_("누구에게"),
        choices=[(one.key, SEGMENT_NAMES[one.key]) for one in SEGMENTS],
        widget=forms.RadioSelect,
        error_messages={"required": _("누구에게 보낼지 골라 주세요.")},
    )
    good = forms.IntegerField(required=False, min_value=1, max_value=MOST_ID, widget=forms.HiddenInput)
    template = forms.IntegerField(required=False, min_value=1, max_value=MOST_ID, widget=forms.HiddenInput)
    key = forms.CharField(required=False, min_length=8, max_length=60, widget=forms.HiddenInput)

    def wanted(self, stall_id: int | None = None) -> Wanted:
        """Of a valid form."""
        given = self.cleaned_data
        template_id = given["template"]
        return Wanted(
            key=given["key"] or f"form:{ids.new_token()}",
            segment=given["segment"],
            body=given["body"],
            stall_id=stall_id,
            good_id=given["good"],
            kind=Kind.NEWS if template_id is None else Kind.GRANTED,
            template_id=template_id,
        )


@dataclass(frozen=True, slots=True)
class Way:
    """One way, how many go by it, and the text as it will look."""

    channel: Channel
    name: object
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown before anything is sent. `put_off` is set at night: then it can only be sent in the morning."""

    wanted: Wanted
    message: Message
    reach: Reach
    ways: Sequence[Way]
    bars: Sequence[tuple[object, int]]
    segment: object
    put_off: datetime | None


def preview_of(market: Market, wanted: Wanted) -> Preview:
    """As it would go now, or at night in the morning. Raises what drawing it up raises."""
    put_off = next_morning(clock.now()) if is_night(clock.now()) else None
    message = message_wanted(market, wanted)
    seed = seed_of(market, wanted.key)
    reach = plan_of(message, BY_KEY[wanted.segment], seed, put_off or clock.now()).reach()
    terms = terms_of(market)
    shown = [way for way in message.ways if reach.ways.get(way)] or [Channel.SMS]
    ways = [Way(way, CHANNEL_NAMES[way], reach.ways.get(way, 0), example(message, way, terms)) for way in shown]
    bars = [(BAR_NAMES[bar], count) for bar, count in sorted(reach.barred.items())]
    return Preview(wanted, message, reach, ways, bars, SEGMENT_NAMES[wanted.segment], put_off)


def in_the_morning(wanted: Wanted) -> Wanted:
    """The same, put off where it is night."""
    return replace(wanted, send_at=next_morning(clock.now())) if is_night(clock.now()) else wanted
