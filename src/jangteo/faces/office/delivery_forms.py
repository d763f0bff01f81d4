"""Forms about zones, windows and the fee of delivery."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.domains.delivery.actions.write_window import MOST_CUT_OFF_MINUTES, MOST_SEATS
from jangteo.domains.delivery.actions.write_zone import (
    LEAST_RADIUS_M,
    MOST_NAME,
    MOST_PLACE,
    MOST_PLACES,
    MOST_RADIUS_M,
)
from jangteo.domains.delivery.fees import MOST_FEE_WON, MOST_FREE_FROM_WON, Payer, Terms
from jangteo.domains.delivery.models import Place, Window, Zone
from jangteo.domains.delivery.told import NewFee, NewPlace, NewWindow, NewZone
from jangteo.faces._parts.words.delivery_words import PAYERS, WHY
from jangteo.faces.office import fields
from jangteo.faces.office.event_forms import day, number
from jangteo.kernel import clock

_DONG = re.compile(r"(동|읍|면|리|[0-9]가)$")
_MICRO = Decimal(1_000_000)
MOST_DEGREES = 1_000
WEEKDAYS = [
    (str(n + 1), name) for n, name in enumerate((_("월"), _("화"), _("수"), _("목"), _("금"), _("토"), _("일")))
]


class NoDegrees(ValueError):
    """A text that is no number of degrees."""


def micro_degrees(text: str) -> int | None:
    """37.4701 as 37470100, None for nothing. Raises NoDegrees."""
    if not text.strip():
        return None
    try:
        degrees = Decimal(text.strip())
    except InvalidOperation as wrong:
        raise NoDegrees(text) from wrong
    if not degrees.is_finite() or abs(degrees) > MOST_DEGREES:
        raise NoDegrees(text)
    return int(degrees * _MICRO)


def degrees_text(micro: int | None) -> str:
    """The other way round, as people copy it from a map."""
    return "" if micro is None else f"{Decimal(micro) / _MICRO:f}"


def place_line(line: str) -> NewPlace:
    """은행나무 아파트, 37.4701, 126.6302. Raises NoDegrees."""
    name, *point = (part.strip() for part in line.split(","))
    if len(point) not in (0, 2):
        raise NoDegrees(line)
    lat_e6, lon_e6 = map(micro_degrees, point) if point else (None, None)
    kind = Place.Kind.DONG if _DONG.search(name) else Place.Kind.BUILDING
    return NewPlace(name, kind, lat_e6, lon_e6)


class ZoneForm(forms.Form):
    """A list of places, a circle on the map, or both."""

    name = fields.words(_("구역 이름"), MOST_NAME, needed=_("구역 이름을 적어 주세요."))
    places = forms.CharField(
        label=_("배달하는 동과 건물"),
        required=False,
        max_length=MOST_PLACES * (MOST_PLACE + 30),
        help_text=_("한 줄에 하나씩 적어 주세요. 손님이 이 가운데서 골라요."),
        widget=forms.Textarea({"class": "input", "rows": 8}),
    )
    radius_m = number(
        _("반지름 (m)"),
        least=LEAST_RADIUS_M,
        most=MOST_RADIUS_M,
        needed=False,
        hint=_("좌표를 아는 주소는 이 안이면 배달해요. 비우면 위에 적은 곳만 배달해요."),
    )
    lat = fields.words(_("가운데 위도"), 20, hint=_("예: 37.4701"))
    lon = fields.words(_("가운데 경도"), 20, hint=_("예: 126.6302"))

    def __init__(self, data: QueryDict | None, zone: Zone | None = None) -> None:
        super().__init__(data, initial={} if zone is None else _zone_initial(zone))

    def clean_lat(self) -> int | None:
        return self._degrees("lat")

    def clean_lon(self) -> int | None:
        return self._degrees("lon")

    def clean_places(self) -> tuple[NewPlace, ...]:
        lines = [line.strip() for line in str(self.cleaned_data["places"]).splitlines()]
        told = []
        for at, line in enumerate(lines, 1):
            try:
                told += [place_line(line)] if line else []
            except NoDegrees as wrong:
                say = gettext("%(line)s째 줄의 좌표를 다시 봐 주세요. ‘이름, 위도, 경도’나 이름만 적어요.")
                raise forms.ValidationError(say % {"line": at}) from wrong
        return tuple(told)

    def _degrees(self, name: str) -> int | None:
        try:
            return micro_degrees(self.cleaned_data[name])
        except NoDegrees as wrong:
            raise forms.ValidationError(gettext("37.4701처럼 숫자로 적거나 비워 주세요.")) from wrong

    def told(self) -> NewZone:
        """What a valid form says."""
        said = self.cleaned_data
        return NewZone(said["name"], said["places"], said["lat"], said["lon"], said["radius_m"])


def _zone_initial(zone: Zone) -> dict[str, object]:
    return {
        "name": zone.name,
        "radius_m": zone.radius_m,
        "lat": degrees_text(zone.lat_e6),
        "lon": degrees_text(zone.lon_e6),
        "places": "\n".join(_place_text(place) for place in zone.places.all() if place.is_on),
    }


def _place_text(place: Place) -> str:
    point = [degrees_text(place.lat_e6), degrees_text(place.lon_e6)] if place.lat_e6 is not None else []
    return ", ".join([place.name, *point])


class WindowForm(forms.Form):
    """Weekdays, hours, until when orders are taken, and how many."""

    starts = fields.clock_time(_("배달 시작"))
    ends = fields.clock_time(_("배달 끝"))
    cut_off_minutes = number(
        _("주문 마감 (시작 몇 분 전)"), most=MOST_CUT_OFF_MINUTES, hint=_("물건을 모으고 싸는 시간이에요.")
    )
    capacity = number(_("받을 주문 수"), least=1, most=MOST_SEATS, hint=_("이만큼 차면 손님에게 다음 시간을 보여요."))
    runs = fields.one_of(
        _("어느 날 다녀요?"),
        [("always", _("고른 요일마다")), ("market_days", _("장날에만")), ("other_days", _("장날이 아닌 날에만"))],
    )
    on_holidays = fields.one_of(_("공휴일에는"), [("no", _("쉬어요")), ("yes", _("다녀요"))])

    def __init__(self, data: QueryDict | None, window: Window | None = None) -> None:
        usual = {"days": list("123456"), "cut_off_minutes": 120, "capacity": 20, "runs": "always", "on_holidays": "no"}
        super().__init__(data, initial=usual if window is None else _window_initial(window))
        self.fields["days"] = fields.several(_("요일"), [(value, str(name)) for value, name in WEEKDAYS])

    def clean(self) -> dict[str, object]:
        said = self.cleaned_data
        if "starts" in said and "ends" in said and said["starts"] >= said["ends"]:
            self.add_error("ends", _("시작보다 늦은 시간을 골라 주세요."))
        if not said.get("days"):
            self.add_error("days", _("요일을 하나라도 골라 주세요."))
        return said

    def told(self) -> NewWindow:
        """What a valid form says."""
        said = self.cleaned_data
        return NewWindow(
            days=tuple(int(one) for one in said["days"]),
            starts=said["starts"],
            ends=said["ends"],
            cut_off_minutes=said["cut_off_minutes"],
            capacity=said["capacity"],
            runs=said["runs"],
            on_holidays=said["on_holidays"] == "yes",
        )


def _window_initial(window: Window) -> dict[str, object]:
    names = ("starts", "ends", "cut_off_minutes", "capacity", "runs")
    return {
        **{name: getattr(window, name) for name in names},
        "days": [str(one) for one in window.days],
        "on_holidays": "yes" if window.on_holidays else "no",
    }


class FeeForm(forms.Form):
    """What an order costs to bring, and who bears it."""

    fee_won = number(_("배달비 (원)"), most=MOST_FEE_WON, hint=_("주문 하나에 한 번이에요. 가게 수와 상관없어요."))
    payer = fields.one_of(_("누가 내요?"), [(payer.value, name) for payer, name in PAYERS.items()])
    free_from_won = number(
        _("얼마어치부터 손님은 무료예요? (원)"),
        least=1,
        most=MOST_FREE_FROM_WON,
        needed=False,
        hint=_("그만큼 사면 손님 몫을 가게들이 나눠 내요. 비우면 늘 받아요."),
    )
    municipality_won = number(
        _("지자체가 대는 돈 (원)"), most=MOST_FEE_WON, needed=False, hint=_("지자체 쿠폰일 때만 적어 주세요.")
    )
    starts = day(_("시작하는 날"))

    def __init__(self, data: QueryDict | None, terms: Terms | None = None) -> None:
        start: dict[str, object] = {"starts": clock.calendar_day(), "payer": Payer.CUSTOMER.value}
        if terms is not None:
            start |= {"fee_won": terms.fee_won, "payer": terms.payer.value, "free_from_won": terms.free_from_won}
            start["municipality_won"] = terms.municipality_won or None
        super().__init__(data, initial=start)

    def clean_starts(self) -> date:
        if self.cleaned_data["starts"] < clock.calendar_day():
            raise forms.ValidationError(gettext("오늘이나 앞으로 올 날을 골라 주세요."))
        return date.fromisoformat(self.cleaned_data["starts"].isoformat())

    def clean(self) -> dict[str, object]:
        said = self.cleaned_data
        if said.get("payer") == Payer.STALLS and "free_from_won" in said and said["free_from_won"] is None:
            self.add_error("free_from_won", _("가게들이 대신 내는 금액을 적어 주세요."))
        town, fee = said.get("municipality_won"), said.get("fee_won")
        if said.get("payer") == Payer.MUNICIPALITY and fee is not None and not 0 < (town or 0) <= fee:
            self.add_error("municipality_won", _("배달비 안에서 지자체가 대는 돈을 적어 주세요."))
        return said

    def told(self) -> NewFee:
        """What a valid form says; the town's money counts only where the town pays."""
        said = self.cleaned_data
        payer = Payer(said["payer"])
        town = (said["municipality_won"] or 0) if payer == Payer.MUNICIPALITY else 0
        return NewFee(said["starts"], Terms(said["fee_won"], payer, said["free_from_won"], town))


class RestForm(forms.Form):
    """A day on which nothing is brought."""

    day = day(_("쉬는 날"))
    why = fields.words(_("까닭"), 40)


class LateForm(forms.Form):
    """How much later, and why."""

    minutes = fields.one_of(_("얼마나 늦어요?"), [(str(n), _("%(n)s분") % {"n": n}) for n in (15, 30, 45, 60, 90)])
    why = fields.one_of(_("왜 늦어요?"), [(code, words) for code, words in WHY.items() if code != "asked"])
