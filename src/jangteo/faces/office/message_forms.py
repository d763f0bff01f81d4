"""What the office fills in about messages."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jangteo.domains.campaigns.actions.write_template import NewTemplate
from jangteo.domains.campaigns.kinds import Basis, TemplateState
from jangteo.domains.campaigns.models import Terms
from jangteo.faces._parts.words.message_words import BASIS_NAMES, TEMPLATE_STATES

MOST_NUMBERS = 2_000
_MOBILE = re.compile(r"01[016789][0-9]{7,8}")
_INPUT = {"class": "input"}


class NumbersForm(forms.Form):
    """Numbers as they come, pasted: one a line, or between commas, with or without hyphens."""

    numbers = forms.CharField(
        label=_("전화번호"),
        max_length=40_000,
        widget=forms.Textarea(attrs={**_INPUT, "rows": 6, "inputmode": "tel"}),
        help_text=_("한 줄에 하나씩 적거나 붙여 넣어 주세요. 2,000개까지 돼요."),
        error_messages={"required": _("전화번호를 적어 주세요.")},
    )

    def clean_numbers(self) -> list[str]:
        lines = [re.sub(r"[-. ()]", "", part) for part in re.split(r"[\n,;\t]+", self.cleaned_data["numbers"])]
        given = [re.sub(r"^\+?82", "0", line.strip()) for line in lines if line.strip()]
        wrong = [line for line in given if not _MOBILE.fullmatch(line)]
        if wrong:
            raise ValidationError(_("이 번호를 다시 봐 주세요: %(number)s"), params={"number": wrong[0][:20]})
        if len(given) > MOST_NUMBERS:
            raise ValidationError(_("한 번에 2,000개까지 적어 주세요. 나머지는 다음에 적으면 돼요."))
        return given


class TermsForm(forms.Form):
    """How often, and what a hundred cost."""

    cap_a_week = forms.IntegerField(
        label=_("한 사람에게 일주일에 몇 번까지"), min_value=1, max_value=7, widget=forms.NumberInput(attrs=_INPUT)
    )
    window_days = forms.IntegerField(
        label=_("며칠 동안 다시 오는지 볼까요"), min_value=1, max_value=60, widget=forms.NumberInput(attrs=_INPUT)
    )
    refusal_number = forms.RegexField(
        label=_("080 무료 수신거부 번호"),
        regex=r"^080[0-9 -]{6,12}$",
        required=False,
        widget=forms.TextInput(attrs={**_INPUT, "inputmode": "tel"}),
        help_text=_("없으면 비워 두세요. 그만 받는 주소는 늘 들어가요."),
        error_messages={"invalid": _("080으로 시작하는 번호를 적어 주세요.")},
    )
    profile = forms.CharField(
        label=_("카카오 채널 번호 (pfId)"), max_length=60, required=False, widget=forms.TextInput(attrs=_INPUT)
    )
    alimtalk_per_100 = forms.IntegerField(
        label=_("알림톡 100건 값 (원)"), min_value=0, max_value=100_000, widget=forms.NumberInput(attrs=_INPUT)
    )
    sms_per_100 = forms.IntegerField(
        label=_("짧은 문자 100건 값 (원)"), min_value=0, max_value=100_000, widget=forms.NumberInput(attrs=_INPUT)
    )
    lms_per_100 = forms.IntegerField(
        label=_("긴 문자 100건 값 (원)"), min_value=0, max_value=100_000, widget=forms.NumberInput(attrs=_INPUT)
    )

    def values(self) -> dict[str, str | int]:
        """Of a valid form."""
        return dict(self.cleaned_data)


class TemplateForm(forms.Form):
    """A text as Kakao has it."""

    code = forms.RegexField(
        label=_("카카오 템플릿 번호"),
        regex=r"^[A-Za-z0-9_-]{1,60}$",
        widget=forms.TextInput(attrs=_INPUT),
        error_messages={"invalid": _("영어와 숫자로 된 번호를 그대로 옮겨 적어 주세요.")},
    )
    name = forms.CharField(label=_("이름"), max_length=40, widget=forms.TextInput(attrs=_INPUT))
    body = forms.CharField(
        label=_("글"),
        max_length=900,
        widget=forms.Textarea(attrs={**_INPUT, "rows": 5}),
        help_text=_("#{보낸이}, #{내용}, #{근거} 자리에 시장 이름과 할 말, 받는 까닭이 들어가요."),
    )
    basis = forms.ChoiceField(
        label=_("왜 받나요"), choices=list(BASIS_NAMES.items()), required=False, widget=forms.RadioSelect
    )
    state = forms.ChoiceField(label=_("심사"), choices=list(TEMPLATE_STATES.items()), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("카카오가 한 말"), max_length=200, required=False, widget=forms.TextInput(attrs=_INPUT)
    )

    def template(self) -> NewTemplate:
        """Of a valid form."""
        given = self.cleaned_data
        return NewTemplate(
            code=given["code"],
            name=given["name"],
            body=given["body"],
            basis=Basis(given["basis"]),
            state=TemplateState(given["state"]),
            note=given["note"],
        )


def terms_initial(terms: Terms) -> dict[str, str | int]:
    """What stands in the form before anybody changes it."""
    return {name: getattr(terms, name) for name in TermsForm.base_fields}
