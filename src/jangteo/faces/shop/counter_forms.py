"""What is typed before paying a stall, and for a cash receipt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.rules import LEAST_WON, MOST_NAME, MOST_WON
from jangteo.domains.ordering.coupons import OfferedCoupon
from jangteo.domains.payments.receipts_port import IdentifierKind, ReceiptUse
from jangteo.faces._parts.amounts import AmountField
from jangteo.faces.shop.coupon_cards import CouponRow, coupon_row

MOST_OFFERED = 3
Way = CounterSale.Way
WAYS: dict[str, Promise] = {
    Way.CARD: _("지금 카드로 낼게요"),
    Way.CASH: _("현금으로 냈어요"),
    Way.ONNURI_DIGITAL: _("온누리 앱으로 냈어요"),
    Way.ONNURI_PAPER: _("종이 온누리로 냈어요"),
    Way.LOCAL_CURRENCY: _("지역화폐로 냈어요"),
}
RECEIPT_FOR: dict[str, Promise] = {
    "personal:phone": _("소득공제, 휴대폰 번호로"),
    "personal:card": _("소득공제, 현금영수증 카드로"),
    "corporate:business": _("사업 지출증빙, 사업자 번호로"),
}


class WayForm(forms.Form):
    """How it is paid, out of what the stall takes, and with which of the customer's coupons: the best one, or none."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        ways: Iterable[str],
        offered: Sequence[OfferedCoupon] | None = None,
        way: str = "",
    ) -> None:
        super().__init__(data)
        self.offered = [one for one in offered or () if one.won][:MOST_OFFERED]
        self.noes = [coupon_row(one, chosen=False, at_counter=True) for one in offered or () if not one.won]
        if offered is not None:
            choices = [(str(one.held.coupon.pk), one.held.coupon.name) for one in self.offered]
            gone = _("그 쿠폰은 이제 쓸 수 없어요. 다른 쿠폰이나 ‘쿠폰 안 쓰기’를 골라 주세요.")
            self.fields["coupon"] = forms.ChoiceField(
                label=_("쿠폰"),
                required=False,
                choices=[*choices, ("", "")],
                initial=choices[0][0] if choices else "",
                error_messages={"invalid_choice": gone},
            )
        taken = [(way, WAYS[way]) for way in ways]
        needed = _("어떻게 내는지 골라 주세요.")
        self.fields["way"] = forms.ChoiceField(
            label=_("어떻게 내세요?"),
            choices=taken,
            initial=way if way in dict(taken) else taken[0][0],
            widget=forms.RadioSelect,
            error_messages={"required": needed, "invalid_choice": needed},
        )

    def coupon_rows(self) -> list[CouponRow]:
        """What can be used for the amount, the most saving first."""
        return [coupon_row(one, chosen=str(one.held.coupon.pk) == self["coupon"].value()) for one in self.offered]


class PayStallForm(WayForm):
    """An amount for one stall. `key` keeps a form that is sent twice from asking twice."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=100)
    amount_won = AmountField(LEAST_WON, MOST_WON)
    payer_name = forms.CharField(
        label=_("가게에 알려 줄 이름"),
        required=False,
        max_length=MOST_NAME,
        widget=forms.TextInput({"class": "input", "autocomplete": "nickname"}),
        error_messages={"max_length": _("%(limit_value)d자까지 적을 수 있어요.")},
    )

    def __init__(self, data: QueryDict | None, *, ways: Iterable[str], key: str) -> None:
        super().__init__(data, ways=ways)
        self.initial["key"] = key


class CashReceiptForm(forms.Form):
    """`what` says what it is for and by which number, as in "personal:phone"."""

    what = forms.ChoiceField(
        label=_("어디에 쓰세요?"),
        choices=list(RECEIPT_FOR.items()),
        initial="personal:phone",
        widget=forms.RadioSelect,
    )
    digits = forms.CharField(
        label=_("번호"),
        max_length=30,
        widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("번호를 적어 주세요.")},
    )

    @property
    def use(self) -> ReceiptUse:
        return ReceiptUse(self.cleaned_data["what"].partition(":")[0])

    @property
    def kind(self) -> IdentifierKind:
        return IdentifierKind(self.cleaned_data["what"].partition(":")[2])
