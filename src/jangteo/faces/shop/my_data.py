"""What is kept about a customer, topic by topic, in plain words; and the forms to correct it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.domains.regulars.parts import kept_here
from jangteo.domains.regulars.privacy_models import Deletion
from jangteo.domains.regulars.queries_privacy import person_of
from jangteo.faces._parts.words.privacy import TOPICS, many, topic_name
from jangteo.faces.shop.proving import ProvingForm, new_code, wait_for_code
from jangteo.faces.shop.sign_in import PhoneAdapter
from jangteo.kernel.limits import check_rate
from jangteo.kernel.personal import Kept

NEW_NUMBER = "new_number"
CODE_LIVES = timedelta(minutes=5)
CODES_PER_HOUR = 5
HOUR = timedelta(hours=1)
# Pages where one looks at a topic itself.
PLACES = {"orders": "orders", "sales": "my_receipts", "cash_receipts": "my_receipts"}


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic on the page. `url` leads to the things themselves, "" where there is no such page."""

    topic: str
    name: str
    what: str
    many: str
    goes: str
    url: str


class PersonForm(forms.Form):
    """What the account calls its person."""

    name = forms.CharField(
        label=gettext_lazy("이름"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"class": "input", "autocomplete": "name"}),
    )


def topics(market: Market, user: User) -> list[TopicRow]:
    """Everything that this market keeps of them; what there is nothing of is left out."""
    return [_row(market, kept) for kept in kept_here(person_of(user)) if kept.rows]


def counts(kept: Iterable[Kept]) -> dict[str, int]:
    return {one.topic: len(one.rows) for one in kept if one.rows}


def _row(market: Market, kept: Kept) -> TopicRow:
    known, place = TOPICS.get(kept.topic), PLACES.get(kept.topic)
    return TopicRow(
        kept.topic,
        topic_name(kept.topic),
        str(known.what) if known else "",
        many(kept.topic, len(kept.rows)),
        str(known.goes) if known else "",
        reverse(place, args=[market.slug]) if place else "",
    )


@dataclass(frozen=True, slots=True)
class Stays:
    """What a law keeps of somebody who was forgotten."""

    name: str
    many: str
    until: date


def stays(outcome: Mapping[str, Mapping[str, str | int]]) -> list[Stays]:
    """In the order of `TOPICS`, with the last day of each."""
    return [
        Stays(topic_name(topic), many(topic, int(facts["stays"])), date.fromisoformat(str(facts["until"])))
        for topic, facts in outcome.items()
        if facts["stays"]
    ]


def gone(deletion: Deletion) -> list[str]:
    """What is no longer there, by what the person was told when they asked."""
    kept = {topic for topic, facts in deletion.outcome.items() if facts["stays"]}
    return [topic_name(topic) for topic in deletion.told if topic not in kept]


def send_new_number_code(request: HttpRequest, user: User, phone: str) -> None:
    """Text a code to a number that is not theirs yet. Raises TooOften, NoTexts and TextRefused."""
    check_rate(f"code:{phone}", most=CODES_PER_HOUR, window=HOUR)
    check_rate(f"new_number:{user.pk}", most=CODES_PER_HOUR, window=HOUR)
    code = new_code()
    PhoneAdapter(request).send_verification_code_sms(user, phone, code)
    wait_for_code(request, NEW_NUMBER, phone, code, CODE_LIVES)


def new_number_form(request: HttpRequest) -> ProvingForm:
    """The six digits of the text."""
    missing = _("문자로 온 여섯 자리를 적어 주세요.")
    return ProvingForm(request, NEW_NUMBER, label=_("문자로 온 여섯 자리"), missing=missing)
