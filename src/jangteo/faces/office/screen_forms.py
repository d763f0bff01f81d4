"""Forms about kiosks and boards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.domains.devices.board import MOST_LINE, MOST_LINES, MOST_PARTS, Part, Plan, Show, Turn, plan_from
from jangteo.domains.devices.models import Screen
from jangteo.domains.devices.rules import MOST_NAME, MOST_PLACE
from jangteo.domains.markets.queries import StreetOfStalls
from jangteo.faces._parts.words.names import local_name
from jangteo.faces.office import fields

SHOWS = {
    Show.MARKET.value: _("시장 알림판 (오늘 좋은 것과 길)"),
    Show.NUMBERS.value: _("주문 번호판"),
    Show.LINES.value: _("알림말만 크게"),
    Show.EVENTS.value: _("행사와 떨이"),
    Show.REBATE.value: _("환급 창구 번호"),
}


class PairForm(forms.Form):
    """The digits that a screen shows, and how people will call it."""

    code = forms.CharField(
        label=_("화면에 나온 번호 여섯 자리"),
        max_length=12,
        widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("화면에 나온 번호를 적어 주세요.")},
    )
    name = fields.words(
        _("기기 이름"),
        MOST_NAME,
        needed=_("기기 이름을 적어 주세요."),
        hint=_("‘정문 알림판’처럼 부르는 이름이면 돼요."),
    )
    place = fields.words(
        _("있는 곳"), MOST_PLACE, needed=_("어디에 있는지 적어 주세요."), hint=_("고장 나면 찾아갈 곳이에요.")
    )


class ScreenForm(forms.Form):
    """What a screen is called and where it stands."""

    name = fields.words(_("기기 이름"), MOST_NAME, needed=_("기기 이름을 적어 주세요."))
    place = fields.words(_("있는 곳"), MOST_PLACE, needed=_("어디에 있는지 적어 주세요."))

    def __init__(self, data: QueryDict | None, *, screen: Screen, **initial: object) -> None:
        super().__init__(data, initial={"name": screen.name, "place": screen.place, **initial})


class BoardForm(ScreenForm):
    """The same for a board, with what it shows when. An empty time means that the row is not used."""

    lines = forms.CharField(
        label=_("알림말"),
        required=False,
        help_text=_("한 줄에 하나씩, 다섯 줄까지 적어요. 한 줄은 40자까지예요. 차례로 15초씩 나와요."),
        widget=forms.Textarea({"class": "input", "rows": 3, "autocomplete": "off"}),
    )
    turn = fields.one_of(
        _("화면을 어떻게 걸었나요?"),
        [
            (Turn.NONE.value, _("그대로 봐요")),
            (Turn.LEFT.value, _("왼쪽으로 눕혀서 걸었어요")),
            (Turn.RIGHT.value, _("오른쪽으로 눕혀서 걸었어요")),
        ],
    )
    night = fields.one_of(_("바탕색"), [("yes", _("어둡게 (글자가 더 또렷해요)")), ("no", _("밝게 (햇빛이 드는 곳)"))])

    def __init__(self, data: QueryDict | None, *, screen: Screen, streets: Sequence[StreetOfStalls]) -> None:
        plan = plan_from(screen.setting)
        told = {"lines": "\n".join(plan.lines), "turn": plan.turn.value, "night": "yes" if plan.is_night else "no"}
        super().__init__(data, screen=screen, **told, **_initial_parts(plan))
        choices = [*SHOWS.items(), *((row.street.name, _stalls(row)) for row in streets)]
        for number in range(1, MOST_PARTS + 1):
            start = forms.TimeField(
                label=_("언제부터"),
                required=number == 1,
                widget=forms.TimeInput({"class": "input num", "type": "time"}, format="%H:%M"),
                error_messages={"required": _("시간을 골라 주세요."), "invalid": _("시간을 골라 주세요.")},
            )
            show = forms.ChoiceField(
                label=_("무엇을"), choices=choices, required=False, widget=forms.Select({"class": "input"})
            )
            self.fields |= {f"start_{number}": start, f"show_{number}": show}

    def clean_lines(self) -> list[str]:
        lines = [line.strip() for line in str(self.cleaned_data["lines"]).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("다섯 줄까지 적을 수 있어요. 몇 줄을 지워 주세요."))
        if any(len(line) > MOST_LINE for line in lines):
            raise forms.ValidationError(_("한 줄은 40자까지예요. 긴 줄을 나누거나 줄여 주세요."))
        return lines

    def rows(self) -> Iterator[tuple[int, forms.BoundField, forms.BoundField]]:
        """The rows of the day, for the template."""
        for number in range(1, MOST_PARTS + 1):
            yield number, self[f"start_{number}"], self[f"show_{number}"]

    def plan(self) -> Plan:
        """What a valid form asks for."""
        told = self.cleaned_data
        parts = [
            _part(told[f"start_{number}"], told[f"show_{number}"])
            for number in range(1, MOST_PARTS + 1)
            if told[f"start_{number}"] is not None
        ]
        return Plan(
            parts=tuple(sorted(parts, key=lambda part: part.start)),
            lines=tuple(told["lines"]),
            turn=Turn(told["turn"]),
            is_night=told["night"] == "yes",
        )


def _initial_parts(plan: Plan) -> dict[str, object]:
    initial: dict[str, object] = {}
    for number, part in enumerate(plan.parts, 1):
        shown = f"stall:{part.stall_id}" if part.show == Show.STALL else part.show.value
        initial |= {f"start_{number}": part.start, f"show_{number}": shown}
    return initial


def _part(start: time, shown: str) -> Part:
    kind, _colon, stall_id = (shown or Show.MARKET.value).partition(":")
    return Part(start, Show(kind), int(stall_id or 0))


def _stalls(row: StreetOfStalls) -> list[tuple[str, str]]:
    return [(f"stall:{stall.pk}", gettext("%(stall)s 메뉴판") % {"stall": local_name(stall)}) for stall in row.stalls]
