"""What the rebate desk types: who somebody is, and paper receipts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.markets.queries import StreetOfStalls
from jangteo.domains.rebates.rules import AGRI, FISH
from jangteo.domains.rebates.told import PaperReceipt
from jangteo.faces._parts.amounts import plain_number
from jangteo.faces._parts.words.names import local_name
from jangteo.kernel import clock

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

KIND_LABELS = {AGRI: _("국산 농축산물 (원)"), FISH: _("국산 수산물 (원)")}
MOST_WON = 5_000_000
_WON = _("금액은 1원부터 500만 원까지 숫자로 적어 주세요.")


def won_field(label: Words) -> forms.IntegerField:
    """An amount as a receipt prints it, commas and all; nothing is none."""
    return WonField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_WON,
        widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _WON, "min_value": _WON, "max_value": _WON},
    )


class WonField(forms.IntegerField):
    """Takes 12,000원 for 12000."""

    def to_python(self, value: object) -> int | None:
        return super().to_python(plain_number(value))


class PersonForm(forms.Form):
    """The phone number finds what was bought, and tells who was here before."""

    phone = forms.CharField(
        label=_("전화번호"),
        max_length=20,
        widget=forms.TextInput({"class": "input num", "type": "tel", "autocomplete": "off", "inputmode": "tel"}),
        error_messages={"required": _("전화번호를 적어 주세요. 신분증 이름과 함께 여쭤보면 돼요.")},
    )
    name = forms.CharField(
        label=_("이름"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
    )


class AmountsForm(forms.Form):
    """What of a receipt counts for each kind of the event."""

    def __init__(self, data: QueryDict | None, *, kinds: Sequence[str]) -> None:
        super().__init__(data)
        for kind in kinds:
            self.fields[f"{kind}_won"] = won_field(KIND_LABELS[kind])

    def won_of(self, kind: str) -> int:
        return self.cleaned_data.get(f"{kind}_won") or 0

    def amounts(self) -> list[forms.BoundField]:
        """For the template, in their order."""
        return [self[name] for name in self.fields if name.endswith("_won")]


class PaperForm(AmountsForm):
    """A paper receipt: from whom, how much of it counts, and by what it is told from others."""

    def __init__(self, data: QueryDict | None, *, kinds: Sequence[str], streets: Sequence[StreetOfStalls]) -> None:
        super().__init__(data, kinds=kinds)
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
        self.fields["number"] = forms.CharField(
            label=_("승인번호"),
            max_length=20,
            required=False,
            help_text=_("카드 영수증에 있는 숫자예요. 같은 영수증을 두 번 쓰지 못하게 해요."),
            widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        )
        self.fields["time"] = forms.TimeField(
            label=_("산 시간"),
            required=False,
            help_text=_("승인번호가 없으면 영수증에 찍힌 시간을 적어요."),
            widget=forms.TimeInput({"class": "input num", "type": "time"}, format="%H:%M"),
            error_messages={"invalid": _("시간을 다시 봐 주세요. 14:20처럼 적으면 돼요.")},
        )
        self.fields["day"] = forms.DateField(
            label=_("산 날"),
            initial=clock.calendar_day,
            widget=forms.DateInput({"class": "input num", "type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "required": _("영수증에 찍힌 날을 골라 주세요."),
                "invalid": _("영수증에 찍힌 날을 골라 주세요."),
            },
        )

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        if not any(self.won_of(kind) for kind in (AGRI, FISH)) and not self.errors:
            self.add_error(self.amounts()[0].name, _("국산 물건값을 적어 주세요. 0원인 영수증은 쓸 수 없어요."))
        if not told.get("number") and not told.get("time") and "time" not in self.errors:
            self.add_error("number", _("승인번호를 적어 주세요. 없으면 산 시간을 적어 주세요."))
        return told

    def receipt(self) -> PaperReceipt:
        """What a valid form says."""
        told = self.cleaned_data
        at = clock.korean(told["day"], told["time"] or self._some_time(told["day"]))
        agri, fish = self.won_of(AGRI), self.won_of(FISH)
        return PaperReceipt(told["stall"], at, agri + fish, agri, fish, told["number"])

    def _some_time(self, day: object) -> time:
        """Its approval number tells it from others: the time only has to lie within the day."""
        now: datetime = clock.now().astimezone(clock.KST)
        return now.time().replace(second=0, microsecond=0) if day == now.date() else time(12)


class DrawerForm(forms.Form):
    """Vouchers counted by hand when one shift gives the drawer to the next."""

    counted = forms.IntegerField(
        label=_("세어 보니 몇 장이에요?"),
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("세어 본 장수를 적어 주세요."),
            "invalid": _("장수를 숫자로 적어 주세요."),
            "min_value": _("장수를 숫자로 적어 주세요."),
            "max_value": _("장수를 다시 봐 주세요."),
        },
    )
    gives = forms.CharField(
        label=_("넘겨주는 사람"), max_length=20, required=False, widget=forms.TextInput({"class": "input"})
    )
    takes = forms.CharField(
        label=_("받는 사람"), max_length=20, required=False, widget=forms.TextInput({"class": "input"})
    )
