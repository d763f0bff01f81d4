"""What people fill in, and the sentence beside each field when it is not yet right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django import forms
from django.utils.crypto import constant_time_compare
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.rules import DEFAULT_CEILING_BP
from jangteo.domains.ordering.wanted import (
    MOST_NAME,
    MOST_NOTE,
    MOST_OF_ONE,
    WantedLine,
    WantedMoney,
    WantedOrder,
    plain_phone,
)
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.times import day_words, hour_words
from jangteo.faces.shop.basket import SLACKS_BP, Basket, Wish
from jangteo.faces.shop.cards import BasketSum
from jangteo.faces.shop.moneys import wanted_tender
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

MOST_ID = 2**63 - 1

# Refusals that belong beside a field; any other is said above the form.
FIELD_OF = {
    "ordering.bad_phone": "phone",
    "ordering.name_missing": "name",
    "ordering.bad_time": "wanted_at",
    "ordering.card_not_taken": "tender",
    "ordering.nothing_ahead": "tender",
}


class BasketForm(forms.Form):
    """One good of the basket. Quantity 0 takes it out."""

    good_id = forms.IntegerField(min_value=1, max_value=MOST_ID)
    quantity = forms.IntegerField(min_value=0, max_value=MOST_OF_ONE)
    slack = forms.TypedChoiceField(
        choices=[(slack, slack) for slack in SLACKS_BP], coerce=int, required=False, empty_value=None
    )

    @property
    def wanted_id(self) -> int:
        """The good's id, as sent."""
        return int(self.cleaned_data["good_id"])

    @property
    def takes_out(self) -> bool:
        return not self.cleaned_data["quantity"]

    def applied_to(self, basket: Basket, good: Good) -> Basket:
        """The basket with this wish for the good of that id. Sold out, it can be lowered and taken out, not added."""
        before = basket.wishes.get(good.pk)
        self._slack_before = before.slack_bp if before else DEFAULT_CEILING_BP
        self._quantity_before = before.quantity if before else 0
        quantity, slack = self.cleaned_data["quantity"], self.cleaned_data["slack"]
        if quantity > self._quantity_before and (good.state != Good.State.ON_SALE or good.asks_price):
            return basket
        return basket.with_wish(good.pk, Wish(quantity, self._slack_before if slack is None else slack))

    def way_back(self) -> str:
        """What the basket page needs to offer putting it back."""
        return urlencode(
            {"removed": self.wanted_id, "quantity": max(1, self._quantity_before), "slack": self._slack_before}
        )


class PlainSelect(forms.Select):
    """Django's own renders a template for each option, which for a day's half hours costs more than the whole page."""

    template_name = "shop/parts/select.html"


class CheckoutForm(forms.Form):
    """Who, when and how. One page, as few fields as an order can do with."""

    fulfil = forms.ChoiceField(
        label=_("어떻게 받으세요?"),
        choices=[(Order.Fulfil.PICKUP, _("시장에 와서 가져가기")), (Order.Fulfil.DELIVER, _("배달받기"))],
        initial=Order.Fulfil.PICKUP,
        widget=forms.RadioSelect,
        error_messages={"required": _("어떻게 받으실지 골라 주세요.")},
    )
    wanted_at = forms.ChoiceField(label=_("언제 받으세요?"), widget=PlainSelect)
    name = forms.CharField(
        label=_("이름"),
        max_length=MOST_NAME,
        help_text=_("가게에서 이 이름으로 불러 드려요."),
        error_messages={"required": _("이름을 적어 주세요. 가게에서 이름으로 불러 드려요.")},
    )
    phone = forms.CharField(
        label=_("전화번호"),
        max_length=20,
        help_text=_("물건에 대해 물어볼 게 있을 때만 전화해요."),
        error_messages={"required": _("전화번호를 적어 주세요.")},
    )
    note = forms.CharField(
        label=_("가게에 부탁할 말"), required=False, max_length=MOST_NOTE, widget=forms.Textarea({"rows": 2})
    )
    tender = forms.ChoiceField(
        label=_("어떻게 내세요?"),
        initial=Order.Tender.AT_STALL,
        widget=forms.RadioSelect,
        error_messages={"required": _("어떻게 내실지 골라 주세요.")},
    )
    key = forms.CharField(min_length=8, max_length=100, widget=forms.HiddenInput)
    seen_won = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: object, times: Sequence[datetime], ways: Sequence[tuple[str, Promise]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as Django's form takes them
        self.has_times = bool(times)
        self.fields["wanted_at"].required = False
        self._choice("wanted_at").choices = _times_by_day(times)
        self._choice("tender").choices = [(Order.Tender.AT_STALL, _("가게에서 내기")), *ways]
        for name, attributes in _ATTRIBUTES.items():
            self.fields[name].widget.attrs.update(attributes)

    def clean_wanted_at(self) -> str:
        """The windows of the delivery have a form of their own."""
        if self.is_delivered or self.cleaned_data["wanted_at"]:
            return str(self.cleaned_data["wanted_at"])
        raise forms.ValidationError(gettext("받을 시간을 골라 주세요."))

    @property
    def is_delivered(self) -> bool:
        """Whether 배달받기 is chosen, on a form that is right or not."""
        return str(self["fulfil"].value()) == Order.Fulfil.DELIVER

    def clean_phone(self) -> str:
        try:
            plain_phone(self.cleaned_data["phone"])
        except Refused as refused:
            raise forms.ValidationError(sentence(refused)) from refused
        return str(self.cleaned_data["phone"])

    def wanted(self, total: BasketSum, moneys: tuple[WantedMoney, ...], *, ahead: bool) -> WantedOrder:
        """The order as the domain takes it, partly paid with `moneys`, `ahead` where anything is. For a valid form."""
        data = self.cleaned_data
        return WantedOrder(
            lines=tuple(WantedLine(ln.good.pk, ln.wish.quantity, ln.ceiling_won) for ln in total.lines),
            name=data["name"],
            phone=data["phone"],
            fulfil=data["fulfil"],
            wanted_at=clock.now() if self.is_delivered else datetime.fromisoformat(data["wanted_at"]),
            tender=wanted_tender(data["tender"]) if ahead else "at_stall",
            way=data["tender"],
            moneys=moneys,
            note=data["note"],
        )

    def refuse(self, refused: Refused) -> None:
        """Say a refusal of the domain beside the field it is about."""
        field = FIELD_OF.get(refused.code)
        if refused.code == "ordering.text_too_long":
            field = str(refused.facts["field"])
        self.add_error(field, sentence(refused))

    def ask_again(self, most_won: int) -> None:
        """Prices rose since the page was shown: say so, and take the new sum as seen."""
        self.data = {**{name: self.data[name] for name in self.data}, "seen_won": str(most_won)}
        self.add_error(None, gettext("그사이 값이 올랐어요. 바뀐 합계를 보시고 괜찮으면 다시 눌러 주세요."))

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(name)
        return field


class PhoneForm(forms.Form):
    """The number to send a code to. Only mobile numbers get texts."""

    phone = forms.CharField(
        label=_("휴대폰 번호"),
        max_length=20,
        widget=forms.TextInput({"class": "input", "type": "tel", "inputmode": "tel", "autocomplete": "tel-national"}),
        error_messages={"required": _("휴대폰 번호를 적어 주세요.")},
    )

    def clean_phone(self) -> str:
        try:
            phone = plain_phone(self.cleaned_data["phone"])
        except Refused as refused:
            raise forms.ValidationError(sentence(refused)) from refused
        if not phone.startswith("01"):
            raise forms.ValidationError(gettext("문자를 받을 수 있는 휴대폰 번호를 적어 주세요."))
        return phone


class CodeForm(forms.Form):
    """The six digits of the text. Blanks and dashes do not matter."""

    code = forms.CharField(
        label=_("문자로 온 여섯 자리"),
        max_length=20,
        widget=forms.TextInput({"class": "input input-code", "inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("문자로 온 여섯 자리를 적어 주세요.")},
    )

    def __init__(self, *args: object, code: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as Django's form takes them
        self._right = code

    def clean_code(self) -> str:
        typed = "".join(c for c in self.cleaned_data["code"] if c.isascii() and c.isdigit())
        if not self._right or not constant_time_compare(typed, self._right):
            raise forms.ValidationError(gettext("번호가 달라요. 가장 나중에 온 문자를 봐 주세요."))
        return typed


_INPUT = {"class": "input"}
_ATTRIBUTES: dict[str, dict[str, str]] = {
    "wanted_at": _INPUT,
    "name": {**_INPUT, "autocomplete": "name"},
    "phone": {**_INPUT, "type": "tel", "inputmode": "tel", "autocomplete": "tel-national"},
    "note": {**_INPUT, "maxlength": str(MOST_NOTE)},
}


def _times_by_day(times: Sequence[datetime]) -> list[tuple[str, list[tuple[str, str]]]]:
    today = clock.now().astimezone(clock.KST).date()
    days: dict[str, list[tuple[str, str]]] = {}
    for moment in times:
        local = moment.astimezone(clock.KST)
        label = day_words(local.date(), today)
        days.setdefault(label, []).append((moment.isoformat(), f"{label} {hour_words(local.time())}"))
    return list(days.items())
