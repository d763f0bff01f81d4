"""What customers type about events and rebates."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jangteo.domains.events.told import NewSignUp
from jangteo.domains.markets.queries import StreetOfStalls
from jangteo.faces._parts.amounts import plain_number
from jangteo.faces._parts.words.names import local_name

_WON = _("금액을 1원부터 500만 원까지 숫자로 적어 주세요.")


class SignUpForm(forms.Form):
    """Name, number, and how many come along."""

    name = forms.CharField(
        label=_("이름"),
        max_length=20,
        widget=forms.TextInput({"class": "input", "autocomplete": "name"}),
        error_messages={"required": _("이름을 적어 주세요."), "max_length": _("이름은 20자까지 적을 수 있어요.")},
    )
    phone = forms.CharField(
        label=_("전화번호"),
        max_length=20,
        widget=forms.TextInput({"class": "input num", "type": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("전화번호를 적어 주세요.")},
    )
    key = forms.CharField(max_length=100, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, most: int, **initial: object) -> None:
        super().__init__(data, initial=initial)
        if most > 1:
            numbers = [(str(n), ngettext("%(n)s명", "%(n)s명", n) % {"n": n}) for n in range(1, most + 1)]
            self.fields["people"] = forms.TypedChoiceField(
                label=_("몇 명이 오세요?"), choices=numbers, coerce=int, widget=forms.Select({"class": "input"})
            )

    def told(self) -> NewSignUp:
        """What a valid form says."""
        said = self.cleaned_data
        return NewSignUp(said["name"], said["phone"], int(said.get("people", 1)))


class ReceiptForm(forms.Form):
    """A paper receipt that its buyer sends ahead: the desk looks at the photo and says what counts."""

    won = forms.CharField(
        label=_("영수증 금액 (원)"),
        max_length=12,
        widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _WON},
    )
    photo = forms.FileField(
        label=_("영수증 사진"),
        widget=forms.FileInput({"class": "input", "accept": "image/*", "capture": "environment"}),
        error_messages={
            "required": _("영수증이 다 나오게 사진을 찍어 주세요."),
            "empty": _("사진이 비었어요. 다시 찍어 주세요."),
        },
    )

    def __init__(self, data: QueryDict | None, files: object = None, *, streets: Sequence[StreetOfStalls]) -> None:
        super().__init__(data, files)  # type: ignore[arg-type]  # request.FILES
        groups = [(local_name(row.street), [(one.pk, local_name(one)) for one in row.stalls]) for row in streets]
        self.fields["stall"] = forms.TypedChoiceField(
            label=_("가게"),
            coerce=int,
            choices=[("", _("고르세요")), *groups],
            widget=forms.Select({"class": "input"}),
            error_messages={
                "required": _("어느 가게에서 샀는지 골라 주세요."),
                "invalid_choice": _("가게를 골라 주세요."),
            },
        )
        self.order_fields(["stall", "won", "photo"])

    def clean_won(self) -> int:
        text = plain_number(self.cleaned_data["won"])
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= 5_000_000):
            raise forms.ValidationError(_WON)
        return int(text)
