"""Fields of the association's forms, with what they say when they are left empty or cannot be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

_PHONE = re.compile(r"0[0-9]{8,11}|1[0-9]{7}")
_CHOOSE = _("하나를 골라 주세요.")
_TIME = _("시간을 골라 주세요.")


def words(label: Words, most: int, *, needed: Words | None = None, hint: Words | str = "") -> forms.CharField:
    """One line of text. `needed` is said when it is left empty; without it, it may be."""
    messages = {"max_length": _("%(limit_value)d자까지 적을 수 있어요.")}
    return forms.CharField(
        label=label,
        max_length=most,
        required=needed is not None,
        help_text=hint,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
        error_messages=messages | ({"required": needed} if needed is not None else {}),
    )


def phone(hint: Words | str) -> forms.CharField:
    """A telephone number, read with `told_phone`."""
    field = words(_("전화번호"), 30, hint=hint)
    field.widget.attrs |= {"class": "input num", "type": "tel"}
    return field


def told_phone(told: str, written: str = "") -> str:
    """Digits only, or what is already written down where that is the same number.

    Raises ValidationError for what is no Korean telephone number.
    """
    digits = _digits(told)
    if digits and not _PHONE.fullmatch(digits):
        raise forms.ValidationError(_("전화번호를 다시 봐 주세요. 0으로 시작하는 번호면 돼요."))
    return written if digits == _digits(written) else digits


def _digits(told: str) -> str:
    return re.sub(r"[\s().-]", "", told)


def clock_time(label: Words) -> forms.TimeField:
    """A time of day, to the minute."""
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput({"class": "input num", "type": "time"}, format="%H:%M"),
        error_messages={"required": _TIME, "invalid": _TIME},
    )


def one_of(label: Words, choices: Sequence[tuple[str, str | Words]], hint: Words | str = "") -> forms.ChoiceField:
    """One of these, as large radio buttons."""
    messages = {"required": _CHOOSE, "invalid_choice": _CHOOSE}
    return forms.ChoiceField(
        label=label, choices=choices, help_text=hint, widget=forms.RadioSelect, error_messages=messages
    )


def several(label: Words, choices: Sequence[tuple[str, str]]) -> forms.MultipleChoiceField:
    """Any number of these, none as well."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _CHOOSE},
    )


class DayTimes(forms.Form):
    """When it opens and closes, on one day."""

    opens_at = clock_time(_("여는 시간"))
    closes_at = clock_time(_("닫는 시간"))

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        if "opens_at" in told and "closes_at" in told and told["opens_at"] >= told["closes_at"]:
            self.add_error("closes_at", _("여는 시간보다 늦은 시간을 골라 주세요."))
        return told
