"""Forms about couriers: their names, their pay, and who of them is there."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.people.models import Device
from jangteo.domains.rounds.queries import rate_on, riding
from jangteo.domains.rounds.rules import MOST_RATE_WON
from jangteo.faces.office import fields
from jangteo.faces.office.event_forms import day, number
from jangteo.kernel import clock

LONGEST_NAME = 20


class CourierForm(forms.Form):
    """Whom the link is for."""

    name = fields.words(_("배달하는 분 이름"), LONGEST_NAME, needed=_("이름을 20자까지 적어 주세요."))

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


class RateForm(forms.Form):
    """From which day how much for an order."""

    stop_won = number(_("한 집에 얼마 드려요? (원)"), most=MOST_RATE_WON)
    starts = day(_("언제부터"))

    def __init__(self, data: QueryDict | None) -> None:
        self.now = rate_on(clock.calendar_day())
        super().__init__(data, initial={"stop_won": f"{self.now:,}", "starts": clock.calendar_day()})


class RoundsForm(forms.Form):
    """Who is there. All of them to begin with, later those of the last plan."""

    couriers = fields.several(_("누가 나가요?"), [])

    def __init__(self, data: QueryDict | None, phones: Sequence[Device], wave_id: int) -> None:
        there = riding(wave_id) or {phone.pk for phone in phones}
        chosen = [str(phone.pk) for phone in phones if phone.pk in there]
        super().__init__(data, initial={"couriers": chosen})
        field = self.fields["couriers"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(phone.pk), phone.name or _("이름 없는 분")) for phone in phones]

    def chosen(self) -> list[int]:
        """Only for a valid form."""
        return [int(one) for one in self.cleaned_data["couriers"]]
