"""What the association's screens send."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.markets.actions.add_stall import NewStall
from jangteo.domains.markets.models import Kind, Market, Street

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

LONGEST_NAME = 30
_PHONE = re.compile(r"0[0-9]{8,11}|1[0-9]{7}")


class StallForm(forms.Form):
    """A new stall. The street is asked for only where there are several."""

    name = forms.CharField(
        label=_("점포 이름"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
        error_messages={"required": _("점포 이름을 적어 주세요.")},
    )
    owner_name = forms.CharField(
        label=_("사장님 이름"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
        error_messages={"required": _("사장님 이름을 적어 주세요.")},
    )
    phone = forms.CharField(
        label=_("전화번호"),
        required=False,
        max_length=30,
        help_text=_("적어 두면 링크를 문자로 바로 보낼 수 있어요."),
        widget=forms.TextInput({"class": "input num", "type": "tel", "autocomplete": "off"}),
    )
    takes_card = forms.BooleanField(label=_("카드"), required=False)
    takes_onnuri = forms.BooleanField(label=_("온누리상품권"), required=False)
    takes_local = forms.BooleanField(label=_("지역상품권"), required=False)

    def __init__(self, data: QueryDict | None, *, market: Market, kinds: list[Kind], streets: list[Street]) -> None:
        vouchers = {"takes_onnuri": "onnuri" in market.vouchers, "takes_local": "local" in market.vouchers}
        super().__init__(data, initial={"takes_card": True, **vouchers})
        self.market = market
        self.only_street = streets[0] if len(streets) == 1 else None
        self.fields["kind"] = _one_of(_("무엇을 파나요?"), [(str(kind.pk), kind.name) for kind in kinds])
        if self.only_street is None:
            places = [(str(street.pk), street.name) for street in streets]
            self.fields["street"] = _one_of(_("어느 길에 있나요?"), places)

    def clean_phone(self) -> str:
        digits = re.sub(r"[\s().-]", "", self.cleaned_data["phone"])
        if digits and not _PHONE.fullmatch(digits):
            raise forms.ValidationError(_("전화번호를 다시 봐 주세요. 0으로 시작하는 번호면 돼요."))
        return digits

    def new_stall(self) -> NewStall:
        """What a valid form asks for, open at the market's hours."""
        told = self.cleaned_data
        street_id = self.only_street.pk if self.only_street is not None else int(told["street"])
        return NewStall(
            name=told["name"],
            kind_id=int(told["kind"]),
            street_id=street_id,
            owner_name=told["owner_name"],
            phone=told["phone"],
            opens_at=self.market.opens_at,
            closes_at=self.market.closes_at,
            takes_card=told["takes_card"],
            takes_onnuri=told["takes_onnuri"],
            takes_local=told["takes_local"],
        )


class KeyForm(forms.Form):
    """What a program's key is for."""

    label = forms.CharField(required=False, max_length=60)


def _one_of(label: Words, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    wrong = _("하나를 골라 주세요.")
    messages = {"required": wrong, "invalid_choice": wrong}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=messages)
