"""Which other terms of delivery to try on the past."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.delivery.actions.write_window import MOST_SEATS
from jangteo.domains.delivery.fees import MOST_FEE_WON, MOST_FREE_FROM_WON, Payer, Terms
from jangteo.domains.delivery.models import Window, Zone
from jangteo.domains.whatif.rules import HIGH, LOW, MIDDLE, USUAL_STOP_WON, Wish
from jangteo.faces._parts.words.delivery_words import PAYERS
from jangteo.faces.office import fields
from jangteo.faces.office.event_forms import number

MOST_WAVE_WON = 1_000_000
WEEKS = ((4, _("4주")), (8, _("8주")), (12, _("12주")))
NONE = "0"


class WhatifForm(forms.Form):
    """Filled with what holds today."""

    fee_won = number(_("배달비 (원)"), most=MOST_FEE_WON)
    payer = fields.one_of(_("누가 내요?"), [(payer.value, name) for payer, name in PAYERS.items()])
    municipality_won = number(_("지자체가 내는 돈 (원)"), most=MOST_FEE_WON, needed=False)
    free_from_won = number(_("얼마어치부터 손님은 무료예요? (원)"), least=1, most=MOST_FREE_FROM_WON, needed=False)
    capacity = number(_("한 번에 몇 건까지? 비우면 지금대로예요"), least=1, most=MOST_SEATS, needed=False)
    without_zone = fields.one_of(_("없앨 구역"), [])
    without_window = fields.one_of(_("없앨 시간"), [])
    stop_won = number(_("한 집에 드는 돈 (원)"), most=MOST_FEE_WON)
    wave_won = number(_("한 번 나갈 때마다 드는 돈 (원)"), most=MOST_WAVE_WON)
    elasticity = fields.one_of(
        _("손님이 내는 돈이 1% 오르면 주문이"),
        [(str(LOW), _("0.5% 줄어요")), (str(MIDDLE), _("1% 줄어요")), (str(HIGH), _("1.5% 줄어요"))],
        hint=_("아무도 정확히 몰라요. 결과에는 이 값의 절반에서 한 배 반까지를 함께 보여 드려요."),
    )
    weeks = fields.one_of(_("언제 주문으로 해 볼까요?"), [(str(n), name) for n, name in WEEKS])

    def __init__(self, data: QueryDict | None, now: Terms, zones: Sequence[Zone], windows: Sequence[Window]) -> None:
        usual: dict[str, object] = {
            "fee_won": f"{now.fee_won:,}",
            "payer": now.payer.value,
            "municipality_won": now.municipality_won or None,
            "free_from_won": now.free_from_won,
            "without_zone": NONE,
            "without_window": NONE,
            "stop_won": f"{USUAL_STOP_WON:,}",
            "wave_won": "0",
            "elasticity": str(MIDDLE),
            "weeks": "8",
        }
        super().__init__(data, initial=usual)
        places = [(str(zone.pk), zone.name) for zone in zones if zone.is_on]
        times = [(str(one.pk), f"{one.starts:%H:%M}~{one.ends:%H:%M}") for one in windows if one.is_on]
        for name, choices in (("without_zone", places), ("without_window", times)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [(NONE, _("없애지 않아요")), *choices]

    def wish(self) -> Wish:
        """Only for a valid form."""
        said = self.cleaned_data
        payer = Payer(said["payer"])
        town = said["municipality_won"] or 0 if payer == Payer.MUNICIPALITY else 0
        return Wish(
            Terms(said["fee_won"], payer, said["free_from_won"], town),
            said["capacity"],
            int(said["without_zone"]),
            int(said["without_window"]),
            int(said["elasticity"]),
            said["wave_won"],
            said["stop_won"],
        )

    def again(self) -> list[tuple[str, str]]:
        """What was filled in, to be posted with the name that it is kept under."""
        return [(name, str(self.data[name])) for name in self.fields if self.data.get(name)]
