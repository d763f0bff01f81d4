"""The sentence for each refusal: what happened and what to do next. Domains know codes, only faces know words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.faces._parts.words.delivery_words import DELIVERY_FIELDS, PROBLEMS
from jangteo.faces._parts.words.event_words import HAPPENING_FIELDS
from jangteo.faces._parts.words.hub_words import HUB_FIELDS
from jangteo.faces._parts.words.money_names import file_words, gateway_words
from jangteo.faces._parts.words.rebate_words import REBATE_FIELDS
from jangteo.faces._parts.words.review_words import EVENT_FIELDS
from jangteo.faces._parts.words.sentences import SENTENCES
from jangteo.faces._parts.words.times import day_words
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# Fields of a policy as its form and its files call them.
POLICY_FIELDS: dict[str, Promise] = {
    "scheme": gettext_lazy("상품권"),
    "area": gettext_lazy("지역"),
    "ends": gettext_lazy("끝나는 날"),
    "discount_bp": gettext_lazy("할인율"),
    "monthly_cap_won": gettext_lazy("한 달에 한 사람"),
    "payment_cap_won": gettext_lazy("한 번에"),
    "min_won": gettext_lazy("최소 금액"),
    "cashback_cap_won": gettext_lazy("주문 하나에 돌려주는 돈"),
    "cashback_days": gettext_lazy("쓸 수 있는 날"),
    "program": gettext_lazy("돈을 대는 사업"),
    **EVENT_FIELDS,
}
_FIELDS = {**DELIVERY_FIELDS, **HUB_FIELDS, **HAPPENING_FIELDS, **REBATE_FIELDS, **POLICY_FIELDS}
# Facts that are words of the program, one or several, and how people call them.
_LISTS = {"nearest": file_words, "have": file_words, "wanted": file_words, "gateways": gateway_words}


def sentence(refused: Refused) -> str:
    """What to tell a person. Codes without a sentence of their own get one that always helps."""
    words = SENTENCES.get(refused.code)
    if words is None:
        return _("지금은 할 수 없어요. 화면을 새로 열어 보고, 그래도 안 되면 전화해 주세요.")
    return str(words) % {name: _shown(name, value) for name, value in refused.facts.items()}


def why_words(code: str, facts: Mapping[str, str | int]) -> str:
    """The sentence of a refusal that was told as plain values."""
    return sentence(_Told(code, facts))


class _Told(Refused):
    def __init__(self, code: str, facts: Mapping[str, str | int]) -> None:
        super().__init__(**facts)
        self.code = code


def _shown(name: str, value: str | int) -> str | int:
    """A fact as people read it: 12,000, 11월 19일 (목), 파일 3줄."""
    if isinstance(value, int):
        return f"{value:,}" if name.endswith("_won") else value
    if name == "problem":
        return str(PROBLEMS.get(value, value))
    if name in ("policy", "first", "second"):
        return _policy(value)
    if name in _LISTS:
        return ", ".join(_LISTS[name](word) for word in value.split(", "))
    if name == "day" and _DAY.fullmatch(value):
        return day_words(date.fromisoformat(value), clock.today())
    return str(_FIELDS.get(value, value)) if name == "field" else value


def _policy(key: str) -> str:
    """A row of policies: by its line in a file that is being read, or by its number."""
    if key.startswith("line:"):
        return _("파일 %(line)s줄") % {"line": key.removeprefix("line:")}
    return _("%(number)s번 정책") % {"number": key} if key.isdigit() else _("새 정책")
