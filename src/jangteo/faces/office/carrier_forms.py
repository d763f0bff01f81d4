"""Forms of what leaves the market: where the door is, and a parcel's number."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.carriers.actions.note_parcel import WantedParcel
from jangteo.domains.carriers.checks import told_point
from jangteo.domains.carriers.models import QuickCall
from jangteo.domains.carriers.rules import CARRIERS, MICRO, MOST_CARE, MOST_DETAIL, MOST_NOTE, Point
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.queries import OrderView
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.fields import words
from jangteo.kernel.errors import Refused


class QuickForm(forms.Form):
    """Where the courier goes. `point` is cleaned into a Point."""

    point = words(
        _("지도의 두 숫자"),
        60,
        needed=_("지도 앱에서 받는 곳을 길게 누르면 나오는 두 숫자를 붙여 넣어 주세요."),
        hint=_("지도 앱에서 받는 곳을 길게 누르면 나와요. 37.5665, 126.9780처럼 적어요."),
    )
    detail = words(_("동·호수, 층"), MOST_DETAIL)
    note = words(_("기사님께 할 말"), MOST_NOTE, hint=_("공동 현관 번호, 찬 것이 있는지"))

    def __init__(self, data: QueryDict | None, market: Market, last: QuickCall | None = None) -> None:
        super().__init__(data, initial=_known(last))
        self._market = market
        self.fields["point"].widget.attrs |= {"class": "input num", "inputmode": "decimal"}

    def clean_point(self) -> Point:
        try:
            return told_point(self._market, str(self.cleaned_data["point"]))
        except Refused as no:
            raise forms.ValidationError(sentence(no)) from None

    def told(self) -> list[tuple[str, str]]:
        """What was filled in, to be posted again with the last press."""
        return [(name, str(self.data.get(name, ""))) for name in self.fields]


class ParcelForm(forms.Form):
    """A parcel of the whole order or of one stall's goods."""

    carrier = forms.ChoiceField(
        label=_("택배사"),
        choices=[("", _("골라 주세요")), *((one.key, one.name) for one in CARRIERS.values())],
        widget=forms.Select({"class": "input"}),
        error_messages={"required": _("택배사를 골라 주세요."), "invalid_choice": _("택배사를 골라 주세요.")},
    )
    number = words(
        _("송장 번호"), 40, needed=_("송장 번호를 적어 주세요."), hint=_("빈칸이나 줄표째 붙여 넣어도 돼요.")
    )
    stall = forms.TypedChoiceField(
        label=_("무엇이 들었나요?"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select({"class": "input"}),
    )
    careful = words(_("조심할 것"), MOST_CARE, hint=_("냉장, 깨져요처럼 짧게. 이름표에 찍혀요."))
    sure = forms.BooleanField(label=_("송장을 다시 봤고 번호가 맞아요"), required=False)

    def __init__(self, data: QueryDict | None, view: OrderView) -> None:
        super().__init__(data)
        stalls = [(str(part.stall.pk), part.stall.name) for part in view.parts]
        stall = self.fields["stall"]
        if isinstance(stall, forms.TypedChoiceField):
            stall.choices = [("", _("주문 모두")), *stalls]
        self.fields["number"].widget.attrs |= {"class": "input num", "inputmode": "numeric"}

    def wanted(self) -> WantedParcel:
        """Only for a valid form."""
        told = self.cleaned_data
        return WantedParcel(told["carrier"], told["number"], told["stall"], told["careful"], told["sure"])

    @property
    def asks_if_sure(self) -> bool:
        """The number was doubtful: the box to say that it is right is shown."""
        return self.has_error("number", "carriers.number_doubtful")


def _known(last: QuickCall | None) -> dict[str, str]:
    """The door of an earlier errand to the same address."""
    if last is None or last.point is None:
        return {}
    at = f"{_degrees(last.point.lat_micro)}, {_degrees(last.point.lng_micro)}"
    return {"point": at, "detail": last.detail, "note": last.note}


def _degrees(micro: int) -> str:
    return f"{micro // MICRO}.{micro % MICRO:06}"
