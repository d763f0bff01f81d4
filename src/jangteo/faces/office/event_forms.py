"""Forms about events and rebates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.events.actions.write_event import MOST_PEOPLE, MOST_PLACES
from jangteo.domains.events.models import Event
from jangteo.domains.events.told import NewEvent
from jangteo.domains.markets.models import Kind
from jangteo.domains.markets.queries import StreetOfStalls
from jangteo.domains.rebates.rules import AGRI, FISH, USUAL_CAP_WON, USUAL_GOODS, USUAL_TIERS, USUAL_VOUCHER_WON, Tier
from jangteo.domains.rebates.told import NewPot, NewRebate
from jangteo.faces._parts.amounts import plain_number
from jangteo.faces._parts.words.event_words import EVENT_KINDS
from jangteo.faces._parts.words.names import local_name
from jangteo.faces.office import fields
from jangteo.kernel import clock

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

_NUMBER = _("숫자로 적어 주세요.")


class NumberField(forms.IntegerField):
    """Takes 3,000만원's commas and 원, which people write."""

    def to_python(self, value: object) -> int | None:
        return super().to_python(plain_number(value))


def number(label: Words, *, most: int, least: int = 0, needed: bool = True, hint: Words | str = "") -> NumberField:
    """A whole number, with commas where somebody types them."""
    within = _("%(least)s부터 %(most)s까지 적을 수 있어요.") % {"least": f"{least:,}", "most": f"{most:,}"}
    return NumberField(
        label=label,
        required=needed,
        min_value=least,
        max_value=most,
        help_text=hint,
        widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _NUMBER, "invalid": _NUMBER, "min_value": within, "max_value": within},
    )


def day(label: Words) -> forms.DateField:
    """A day, chosen from a calendar."""
    say = _("날을 골라 주세요.")
    return forms.DateField(
        label=label,
        widget=forms.DateInput({"class": "input num", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": say, "invalid": say},
    )


class EventForm(forms.Form):
    """What, when, where, with how many places, and which stalls take part."""

    kind = fields.one_of(_("어떤 행사예요?"), list(EVENT_KINDS.items()))
    title = fields.words(_("행사 이름"), 40, needed=_("행사 이름을 적어 주세요."))
    starts_on = day(_("시작하는 날"))
    starts_at = fields.clock_time(_("시작하는 시간"))
    ends_on = day(_("끝나는 날"))
    ends_at = fields.clock_time(_("끝나는 시간"))
    place = fields.words(_("어디서 해요?"), 60)
    body = forms.CharField(
        label=_("설명"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 4}),
        error_messages={"max_length": _("600자까지 적을 수 있어요.")},
    )
    photo = forms.FileField(
        label=_("사진"), required=False, widget=forms.FileInput({"class": "input", "accept": "image/*"})
    )
    places = number(
        _("신청받는 자리"), most=MOST_PLACES, least=1, needed=False, hint=_("비워 두면 신청 없이 그냥 오는 행사예요.")
    )
    most_people = number(_("한 번에 신청하는 사람"), most=MOST_PEOPLE, least=1, hint=_("가족이 함께 오면 늘려 주세요."))
    waiting = fields.one_of(_("자리가 다 차면"), [("yes", _("기다리는 줄을 받아요")), ("no", _("더 받지 않아요"))])

    def __init__(
        self, data: QueryDict | None, files: object = None, *, streets: Sequence[StreetOfStalls], **initial: object
    ) -> None:
        super().__init__(data, files, initial={"most_people": 1, "waiting": "yes", "kind": "market_day", **initial})  # type: ignore[arg-type]  # request.FILES
        stalls = [(str(one.pk), local_name(one)) for row in streets for one in row.stalls]
        self.fields["stalls"] = fields.several(_("함께하는 가게"), stalls)

    def told(self, photo: str) -> NewEvent:
        """What a valid form says; `photo` is the name of a kept one or ""."""
        said = self.cleaned_data
        return NewEvent(
            kind=said["kind"],
            title=said["title"],
            starts_at=clock.korean(said["starts_on"], said["starts_at"]),
            ends_at=clock.korean(said["ends_on"], said["ends_at"]),
            body=said["body"],
            place=said["place"],
            photo=photo,
            places=said["places"],
            most_people=said["most_people"],
            has_waiting=said["waiting"] == "yes",
            coupon_id=int(self.initial.get("coupon_id", 0)),
            stall_ids=tuple(int(pk) for pk in said["stalls"]),
        )

    def clean(self) -> dict[str, object]:
        said = self.cleaned_data
        if {"starts_on", "starts_at", "ends_on", "ends_at"} <= said.keys():
            starts = clock.korean(said["starts_on"], said["starts_at"])
            if clock.korean(said["ends_on"], said["ends_at"]) <= starts:
                self.add_error("ends_at", _("시작보다 늦은 시간을 골라 주세요."))
        return said


def initial_of(event: Event) -> dict[str, object]:
    """An event as the form begins with it."""
    starts, ends = event.starts_at.astimezone(clock.KST), event.ends_at.astimezone(clock.KST)
    return {
        **{
            name: getattr(event, name)
            for name in ("kind", "title", "place", "body", "places", "most_people", "coupon_id")
        },
        "starts_on": starts.date(),
        "starts_at": starts.time(),
        "ends_on": ends.date(),
        "ends_at": ends.time(),
        "waiting": "yes" if event.has_waiting else "no",
        "stalls": [str(stall.pk) for stall in event.stalls.all()],
    }


class RebateForm(forms.Form):
    """The usual rules stand there already: mostly days, budgets and paper are all that is typed."""

    name = fields.words(_("행사 이름"), 40, needed=_("행사 이름을 적어 주세요."))
    place = fields.words(_("창구가 있는 곳"), 60, needed=_("창구가 어디인지 적어 주세요."))
    starts_on = day(_("시작하는 날"))
    ends_on = day(_("끝나는 날"))
    opens_at = fields.clock_time(_("창구 여는 시간"))
    closes_at = fields.clock_time(_("창구 닫는 시간"))
    vouchers = number(_("받아 둔 상품권 (장)"), most=1_000_000, hint=_("아직 안 받았으면 0장. 나중에 더할 수 있어요."))
    voucher_won = number(_("상품권 한 장 값 (원)"), most=100_000, least=1_000)
    agri_won = number(_("농축산물 예산 (원)"), most=10_000_000_000, hint=_("안 하면 0원이에요."))
    fish_won = number(_("수산물 예산 (원)"), most=10_000_000_000, hint=_("안 하면 0원이에요."))
    cap_won = number(_("한 사람이 종류마다 받는 한도 (원)"), most=1_000_000, least=1_000)
    from_1 = number(_("얼마부터 (원)"), most=10_000_000, least=1)
    back_1 = number(_("돌려주는 돈 (원)"), most=1_000_000, least=1)
    from_2 = number(_("얼마부터 (원)"), most=10_000_000, needed=False)
    back_2 = number(_("돌려주는 돈 (원)"), most=1_000_000, needed=False)
    keep_days = number(
        _("받은 사람 흔적을 며칠 두나요?"), most=1_900, least=1, hint=_("보고가 끝날 때까지만 두고 저절로 지워요.")
    )

    def __init__(self, data: QueryDict | None, *, kinds: Sequence[Kind]) -> None:
        (from_1, back_1), (from_2, back_2) = USUAL_TIERS
        today: date = clock.business_day(clock.now())
        usual = {
            "starts_on": today + timedelta(days=1),
            "ends_on": today + timedelta(days=5),
            "opens_at": "10:00",
            "closes_at": "17:00",
            "vouchers": 0,
            "voucher_won": USUAL_VOUCHER_WON,
            "cap_won": USUAL_CAP_WON,
            "from_1": from_1,
            "back_1": back_1,
            "from_2": from_2,
            "back_2": back_2,
            "keep_days": 30,
            "agri_goods": [kind.key for kind in kinds if kind.key in USUAL_GOODS[AGRI]],
            "fish_goods": [kind.key for kind in kinds if kind.key in USUAL_GOODS[FISH]],
        }
        super().__init__(data, initial=usual)
        choices = [(kind.key, local_name(kind)) for kind in kinds]
        self.fields["agri_goods"] = fields.several(_("농축산물로 보는 물건"), choices)
        self.fields["fish_goods"] = fields.several(_("수산물로 보는 물건"), choices)

    def told(self) -> NewRebate:
        """What a valid form says."""
        said = self.cleaned_data
        pots = [
            NewPot(kind, said[f"{kind}_won"], said["cap_won"], tuple(said[f"{kind}_goods"]))
            for kind in (AGRI, FISH)
            if said[f"{kind}_won"]
        ]
        tiers = [Tier(said[f"from_{n}"], said[f"back_{n}"]) for n in (1, 2) if said[f"from_{n}"] and said[f"back_{n}"]]
        names = (
            "name",
            "place",
            "starts_on",
            "ends_on",
            "opens_at",
            "closes_at",
            "voucher_won",
            "vouchers",
            "keep_days",
        )
        return NewRebate(tiers=tuple(tiers), pots=tuple(pots), **{name: said[name] for name in names})


class PaperForm(forms.Form):
    """Vouchers that came, or went back to the bank."""

    way = fields.one_of(_("상품권이"), [("in", _("더 왔어요")), ("out", _("은행에 돌려줬어요"))])
    vouchers = number(_("몇 장"), most=1_000_000, least=1)
    note = fields.words(_("메모"), 60)
