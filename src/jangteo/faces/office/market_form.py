"""What the association writes down about its market."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.markets.actions.change_market import MOST_SLOGAN, MarketFacts
from jangteo.domains.markets.calendar import ROTATION_DAYS, Cycle, cycle_from_json
from jangteo.domains.markets.models import Market
from jangteo.faces.office import fields

DAILY, ROTATION, BOTH = "daily", "rotation", "both"
# Each pair of last digits, five days apart, goes by its smaller one: 2 stands for the 2nd, 7th, 12th, 17th …
PAIRS = [(str(first), f"{first} · {first + ROTATION_DAYS}") for first in range(1, ROTATION_DAYS + 1)]


class MarketForm(fields.DayTimes):
    """Hours are those of every day on which the market stands."""

    slogan = fields.words(_("시장을 알리는 한마디"), MOST_SLOGAN, hint=_("시장 첫 화면에 크게 나와요."))
    phone = fields.phone(_("손님과 가게가 도움을 받을 번호예요. 화면마다 나와요."))
    stands = fields.one_of(
        _("언제 장이 서나요?"),
        [(DAILY, _("날마다 열어요")), (ROTATION, _("장날에만 열어요")), (BOTH, _("날마다 열고, 장날에는 더 커요"))],
    )
    digits = forms.MultipleChoiceField(
        label=_("장날은 며칠인가요?"),
        choices=PAIRS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("날짜 끝자리예요. 2 · 7이면 2일, 7일, 12일, 17일, 22일, 27일이에요."),
        error_messages={"invalid_choice": _("하나를 골라 주세요.")},
    )
    on_31st = forms.BooleanField(label=_("31일에도 장이 서요"), required=False)

    def __init__(self, data: QueryDict | None, *, market: Market) -> None:
        written = {name: getattr(market, name) for name in ("slogan", "phone", "opens_at", "closes_at")}
        super().__init__(data, initial=written | _stands(cycle_from_json(market.cycle)))

    def clean_phone(self) -> str:
        return fields.told_phone(self.cleaned_data["phone"], str(self.initial["phone"]))

    def clean(self) -> dict[str, object]:
        told = super().clean()
        if told.get("stands") in (ROTATION, BOTH) and "digits" in told and not told["digits"]:
            self.add_error("digits", _("장날을 골라 주세요."))
        return told

    def facts(self) -> MarketFacts:
        """What a valid form says."""
        told = self.cleaned_data
        return MarketFacts(
            slogan=told["slogan"],
            phone=told["phone"],
            opens_at=told["opens_at"],
            closes_at=told["closes_at"],
            cycle=self._cycle(),
        )

    def _cycle(self) -> Cycle:
        told = self.cleaned_data
        if told["stands"] == DAILY:
            return Cycle(daily=True)
        firsts = [int(first) for first in told["digits"]]
        digits = sorted({digit % 10 for first in firsts for digit in (first, first + ROTATION_DAYS)})
        return Cycle(daily=told["stands"] == BOTH, digits=tuple(digits), on_31st=told["on_31st"])


def _stands(cycle: Cycle | None) -> dict[str, object]:
    """The rhythm as the form asks for it; nothing is ticked while nobody knows."""
    if cycle is None:
        return {}
    stands = DAILY if not cycle.digits else BOTH if cycle.daily else ROTATION
    firsts = [first for first, _pair in PAIRS if int(first) in cycle.digits]
    return {"stands": stands, "digits": firsts, "on_31st": cycle.on_31st}
