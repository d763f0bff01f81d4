"""An amount of won as people type it: with commas, spaces, or the word behind it."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

_MARKS = re.compile(r"[\s,]|원$")


class AmountField(forms.IntegerField):
    """Whole won between two bounds, both allowed."""

    def __init__(self, least_won: int, most_won: int) -> None:
        super().__init__(
            min_value=least_won,
            max_value=most_won,
            error_messages={
                "required": _("얼마인지 적어 주세요."),
                "invalid": _("숫자로 적어 주세요."),
                "min_value": _("%(limit_value)s원부터 낼 수 있어요."),
                "max_value": _("%(limit_value)s원까지 낼 수 있어요."),
            },
        )

    def to_python(self, value: object) -> int | None:
        return super().to_python(_MARKS.sub("", str(value or "").strip()))


_COUNTED = re.compile(r"[\s,]|\D$")


def plain_number(value: object) -> str:
    """12,000원, 300장 or 30명 as a bare number; what is none stays as it is."""
    return _COUNTED.sub("", str("" if value is None else value).strip())
