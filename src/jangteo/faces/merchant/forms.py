"""What the stall's screens send."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.catalog.actions.set_price import MOST_WON
from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.rules import LEAST_WON
from jangteo.domains.counter.rules import MOST_WON as MOST_AT_ONCE_WON
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.weigh_line import MOST_GRAMS
from jangteo.domains.ordering.cover import MINUTES, Family, Plan
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.stock.actions.count_stock import MOST_COUNTED
from jangteo.faces._parts.amounts import AmountField
from jangteo.faces.merchant.prices import ENDED

_NUMBER = {"invalid": _("숫자로 적어 주세요.")}


class DoorForm(forms.Form):
    door = forms.ChoiceField(choices=Stall.Door.choices)


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(choices=[(one.value, one.value) for one in StallPart.STALL_SAYS])


class SaleForm(forms.Form):
    state = forms.ChoiceField(choices=[(state, state) for state in (Good.State.ON_SALE, Good.State.SOLD_OUT)])


class PriceForm(forms.Form):
    """`sure` comes from the page that asks about a leap, and from the way back, which `back` says more of."""

    price_won = forms.IntegerField(
        min_value=1,
        max_value=MOST_WON,
        error_messages=_NUMBER
        | {
            "required": _("값을 적어 주세요."),
            "min_value": _("1원부터 적을 수 있어요."),
            "max_value": _("너무 큰 값이에요. 다시 봐 주세요."),
        },
    )
    sure = forms.BooleanField(required=False)
    back = forms.ChoiceField(choices=[(way, way) for way in (ENDED, Good.PriceLife.ASKED)], required=False)


class LifeForm(forms.Form):
    life = forms.ChoiceField(choices=Good.PriceLife.choices)


class CoverForm(forms.Form):
    """Who answers when the phone is left alone."""

    minutes = forms.TypedChoiceField(choices=[(minutes, minutes) for minutes in MINUTES], coerce=int)
    family = forms.ChoiceField(choices=[(when.value, when.value) for when in Family])

    def plan(self) -> Plan:
        """Only for a valid form."""
        return Plan(self.cleaned_data["minutes"], Family(self.cleaned_data["family"]))


class CountForm(forms.Form):
    left = forms.IntegerField(
        min_value=0,
        max_value=MOST_COUNTED,
        error_messages=_NUMBER
        | {
            "required": _("몇 개 남았는지 적어 주세요."),
            "min_value": _("0부터 적을 수 있어요."),
            "max_value": _("너무 큰 수예요. 다시 봐 주세요."),
        },
    )


class AskForm(forms.Form):
    """An amount to be asked for. `key` keeps a form that is sent twice from asking twice."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=100)
    amount_won = AmountField(LEAST_WON, MOST_AT_ONCE_WON)


class BackForm(forms.Form):
    """How much of a payment at the counter goes back, up to `most_won`; all of that with `whole`."""

    whole = forms.BooleanField(required=False)

    def __init__(self, data: Mapping[str, object] | None, most_won: int) -> None:
        super().__init__(data)
        self._most_won = most_won
        self.fields["amount_won"] = amount = AmountField(1, most_won)
        amount.required = not (data and data.get("whole"))
        amount.error_messages |= {
            "min_value": _("1원부터 적을 수 있어요."),
            "max_value": _("%(limit_value)s원까지 돌려드릴 수 있어요."),
        }

    @property
    def won(self) -> int:
        """Only for a valid form."""
        return self._most_won if self.cleaned_data["whole"] else int(self.cleaned_data["amount_won"])


class WeighForm(forms.Form):
    """Grams, or 근 and grams together; `total` is the sum in grams."""

    geun = forms.IntegerField(required=False, min_value=0, max_value=999, error_messages=_NUMBER)
    grams = forms.IntegerField(required=False, min_value=0, error_messages=_NUMBER)
    cap = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None = None, *, geun_grams: int | None) -> None:
        super().__init__(data)
        self.geun_grams = geun_grams

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        total = (cleaned.get("geun") or 0) * (self.geun_grams or 0) + (cleaned.get("grams") or 0)
        if not self.errors and not 0 < total <= MOST_GRAMS:
            raise forms.ValidationError(_("저울에 나온 무게를 적어 주세요."))
        cleaned["total"] = total
        return cleaned
