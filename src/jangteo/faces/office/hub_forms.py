"""How a market gathers orders, and how long it keeps what nobody fetches."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.hub.actions.set_plan import LEAST_MINUTES, MOST_MINUTES, MOST_SHELVES
from jangteo.domains.hub.actions.write_keep_rule import MOST_HOURS, MOST_WORDS
from jangteo.domains.hub.models import HubPlan
from jangteo.domains.hub.queries import USUAL_HOURS
from jangteo.domains.hub.told import NewPlan, NewRule
from jangteo.domains.markets.models import Street
from jangteo.faces._parts.words.names import local_name
from jangteo.faces.office import fields
from jangteo.faces.office.event_forms import day, number
from jangteo.kernel import clock

USUAL_SHELVES = 20
FIRST_STREET = "first"


class PlanForm(forms.Form):
    """Filled with what is written, or with what most markets begin with."""

    brings = fields.one_of(
        _("누가 모음터로 가져와요?"),
        [
            (HubPlan.Brings.PICKER.value, _("도우미가 가게를 돌며 받아 와요")),
            (HubPlan.Brings.STALLS.value, _("가게가 직접 가져와요")),
        ],
    )
    tour_minutes = number(_("몇 분마다 돌아요?"), least=LEAST_MINUTES, most=MOST_MINUTES)
    shelves = number(
        _("선반 번호는 몇 개예요?"),
        most=MOST_SHELVES,
        hint=_("손님이 찾아가는 주문에 붙이는 번호예요. 0이면 배달할 것만 모아요."),
    )
    street = fields.one_of(_("모음터는 어느 골목 입구에 있어요?"), [])

    def __init__(self, data: QueryDict | None, plan: HubPlan | None, streets: list[Street]) -> None:
        usual = {"brings": "picker", "tour_minutes": 30, "shelves": USUAL_SHELVES, "street": FIRST_STREET}
        if plan is not None:
            street = str(plan.street_id or FIRST_STREET)
            usual = {
                "brings": plan.brings,
                "tour_minutes": plan.tour_minutes,
                "shelves": plan.shelves,
                "street": street,
            }
        super().__init__(data, initial=usual)
        chosen = self.fields["street"]
        if isinstance(chosen, forms.ChoiceField):
            named = [(str(street.pk), local_name(street)) for street in streets]
            chosen.choices = [(FIRST_STREET, _("첫 골목")), *named]

    def told(self) -> NewPlan:
        """Only for a valid form."""
        said = self.cleaned_data
        street = None if said["street"] == FIRST_STREET else int(said["street"])
        return NewPlan(said["brings"], said["tour_minutes"], said["shelves"], street_id=street)


class RuleForm(forms.Form):
    """From which day how long."""

    starts = day(_("언제부터"))
    hours = number(_("몇 시간 맡아 둬요?"), least=1, most=MOST_HOURS)
    words = fields.words(_("그 뒤에는 어떻게 해요?"), MOST_WORDS, needed=_("손님이 읽을 말로 한 줄 적어 주세요."))

    def __init__(self, data: QueryDict | None) -> None:
        words = _("전화드리고, 연락이 안 되면 가게로 돌려보내요. 낸 돈은 돌려드려요.")
        super().__init__(data, initial={"starts": clock.calendar_day(), "hours": USUAL_HOURS, "words": words})

    def told(self) -> NewRule:
        """Only for a valid form."""
        said = self.cleaned_data
        return NewRule(said["starts"], said["hours"], said["words"])
