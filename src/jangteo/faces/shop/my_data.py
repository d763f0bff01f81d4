"""What is kept about a customer, topic by topic, in plain words; and the forms to correct it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
from jangteo.faces.shop.sign_in import CODE_DIGITS, PhoneAdapter
from jangteo.kernel import clock, ids
from jangteo.kernel.limits import check_rate
from jangteo.kernel.personal import Kept

NEW_NUMBER = "new_number"
CODE_LIVES = timedelta(minutes=5)
MOST_TRIES = 5
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
    email = forms.EmailField(
        label=gettext_lazy("이메일"),
        max_length=100,
        required=False,
        widget=forms.EmailInput({"class": "input", "autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("이메일을 다시 봐 주세요. 골뱅이(@)가 있어야 해요.")},
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
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    PhoneAdapter(request).send_verification_code_sms(user, phone, code)
    request.session[NEW_NUMBER] = {
        "phone": phone,
        "digest": ids.token_digest(f"{phone}:{code}"),
        "until": (clock.now() + CODE_LIVES).isoformat(),
        "tries": 0,
    }


def new_number_asked(request: HttpRequest) -> str:
    """The number that waits for its code, "" where none does or its time is over."""
    waiting = request.session.get(NEW_NUMBER)
    if not waiting or datetime.fromisoformat(waiting["until"]) < clock.now():
        return ""
    return str(waiting["phone"])


class NewNumberCodeForm(forms.Form):
    """The six digits that were sent to the new number; five wrong ones end it."""

    code = forms.CharField(
        label=gettext_lazy("문자로 온 여섯 자리"),
        max_length=20,
        widget=forms.TextInput({"class": "input input-code", "inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": gettext_lazy("문자로 온 여섯 자리를 적어 주세요.")},
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST or None)
        self._request = request

    def clean_code(self) -> str:
        waiting = self._request.session[NEW_NUMBER]
        typed = "".join(c for c in self.cleaned_data["code"] if c.isascii() and c.isdigit())
        if ids.token_digest(f"{waiting['phone']}:{typed}") == waiting["digest"]:
            return typed
        waiting["tries"] += 1
        self._request.session[NEW_NUMBER] = waiting
        if waiting["tries"] >= MOST_TRIES:
            del self._request.session[NEW_NUMBER]
        raise forms.ValidationError(_("번호가 달라요. 가장 나중에 온 문자를 봐 주세요."))
