"""A new good as the stall's phone asks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from jangteo.domains.catalog.actions.put_up_good import NewGood
from jangteo.domains.catalog.actions.set_price import MOST_WON
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.rules import usual_tax
from jangteo.domains.markets.models import Kind, Stall
from jangteo.domains.ordering.actions.weigh_line import MOST_GRAMS
from jangteo.domains.stock.actions.count_stock import MOST_COUNTED
from jangteo.faces._parts.words.names import local_name
from jangteo.faces.merchant.pictures import picture_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

# Units are written in Korean on every phone: they are the good's, not the screen's.
UNITS = ("1마리", "한 단", "한 봉지", "한 소쿠리", "1모", "한 근 600g", "1팩")
DOMESTIC, IMPORTED, MIXED = "domestic", "imported", "mixed"
BY_PIECE, BY_WEIGHT = "piece", "weight"
PER_GRAMS = (("100", "100g"), ("600", _("고기 한 근 600g")), ("400", _("한 근 400g")))
STEPS_WON = (-1000, -500, -100, 100, 500, 1000)
_WEIGHT = re.compile(r"(\d{1,5})\s*(kg|g)$")
_NUMBER = {"invalid": _("숫자로 적어 주세요."), "max_value": _("너무 큰 수예요. 다시 봐 주세요.")}


@dataclass(frozen=True, slots=True)
class Card:
    """The good as the customer will see it, as far as it is told. `price_won` None: not told yet."""

    name: str
    unit: str
    origin: str
    picture: str
    tint: str
    price_won: int | None
    price_grams: int | None
    photo: str = ""


def _text(label: Words, most: int) -> forms.CharField:
    widget = forms.TextInput({"class": "input", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)


def _one_of(label: Words, choices: list[tuple[str, str | Words]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("하나를 골라 주세요.")},
    )


def _number(label: Words, least: int, most: int) -> forms.IntegerField:
    widget = forms.NumberInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"})
    few = {"min_value": _("%(limit_value)s부터 적을 수 있어요.")}
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=False, widget=widget, error_messages=_NUMBER | few
    )


class GoodForm(forms.Form):
    """Name, unit, price and origin have to be told; the rest has an answer that is right most of the time."""

    name = _text(_("무슨 물건인가요?"), 40)
    unit = _one_of(_("얼마큼씩 파나요?"), [(unit, unit) for unit in UNITS])
    unit_typed = _text(_("다르게 팔면 적어 주세요"), 20)
    sold_by = _one_of(
        _("값을 어떻게 매기나요?"), [(BY_PIECE, _("값이 정해져 있어요")), (BY_WEIGHT, _("달아서 팔아요"))]
    )
    price_grams = _one_of(_("얼마큼의 값인가요?"), [*PER_GRAMS])
    unit_grams = _number(_("하나가 몇 그램쯤인가요?"), 1, MOST_GRAMS)
    price_won = _number(_("얼마인가요?"), 1, MOST_WON)
    made = _one_of(_("어디에서 왔나요?"), [(DOMESTIC, _("국산")), (IMPORTED, _("수입")), (MIXED, _("재료마다 달라요"))])
    made_where = _text(_("지역이나 나라"), 70)
    left = _number(_("팔 수 있는 개수"), 0, MOST_COUNTED)
    kind = _one_of(_("물건 종류"), [])
    tax = _one_of(
        _("부가세"),
        [("", _("종류대로")), (Good.Tax.EXEMPT, _("안 붙어요 (면세)")), (Good.Tax.TAXABLE, _("붙어요 (과세)"))],
    )

    def __init__(self, data: Mapping[str, str] | None, *, stall: Stall, kinds: list[Kind]) -> None:
        usual = {"sold_by": BY_PIECE, "price_grams": "100", "kind": str(stall.kind_id), "tax": ""}
        super().__init__(data, initial=usual)
        self.stall = stall
        self.kinds = {str(kind.pk): kind for kind in kinds}
        self.fields["kind"] = _one_of(_("물건 종류"), [(pk, local_name(kind)) for pk, kind in self.kinds.items()])

    def draft(self, told: Mapping[str, str]) -> None:
        """Show what is typed so far, without a word about what is missing."""
        self.initial = {**self.initial, **{name: value for name, value in told.items() if name in self.fields}}

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        self._need("name", _("물건 이름을 적어 주세요."))
        self._need("price_won", _("값을 적어 주세요."))
        if not self.unit_of(told):
            self.add_error("unit", _("하나를 고르거나 적어 주세요."))
        if told.get("sold_by") == BY_WEIGHT and "unit_grams" in told and self.grams_of(told)[1] is None:
            self.add_error("unit_grams", _("하나가 몇 그램쯤인지 적어 주세요."))
        if not told.get("made"):
            self.add_error("made", _("국산인지 수입인지 골라 주세요. 꼭 알려야 하는 것이에요."))
        elif told["made"] != DOMESTIC:
            self._need("made_where", _("어느 나라에서 왔는지 적어 주세요. 꼭 알려야 하는 것이에요."))
        return told

    def card(self) -> Card:
        """How it will look. Works on what is told so far, and on a form that nothing is told in yet."""
        if self.is_bound:
            self.is_valid()
        told = self.cleaned_data if self.is_bound else {}
        kind, name = self.kind_of(told), str(told.get("name", ""))
        return Card(
            name=name,
            unit=self.unit_of(told),
            origin=self.origin_of(told),
            picture=picture_for(name, kind.key),
            tint=kind.tint,
            price_won=told.get("price_won"),
            price_grams=self.grams_of(told)[0],
        )

    def new_good(self, position: int) -> NewGood:
        """What a valid form asks for; `position` is its place on the stall's list."""
        told, kind = self.cleaned_data, self.kind_of(self.cleaned_data)
        price_grams, unit_grams = self.grams_of(told)
        return NewGood(
            stall_id=self.stall.pk,
            kind_id=kind.pk,
            name=told["name"],
            unit=self.unit_of(told),
            origin=self.origin_of(told),
            price_won=told["price_won"],
            price_grams=price_grams,
            unit_grams=unit_grams,
            tax=told["tax"] or usual_tax(kind.key),
            picture=picture_for(told["name"], kind.key),
            position=position,
        )

    def kind_of(self, told: Mapping[str, str]) -> Kind:
        return self.kinds.get(told.get("kind", ""), self.stall.kind)

    @staticmethod
    def unit_of(told: Mapping[str, str]) -> str:
        """What is typed stands before what is tapped."""
        return told.get("unit_typed") or told.get("unit") or ""

    @staticmethod
    def origin_of(told: Mapping[str, str]) -> str:
        """국산, 국산(제주), 러시아산, or what is told of each ingredient."""
        where, made = told.get("made_where", ""), told.get("made", "")
        if made == DOMESTIC:
            return f"국산({where})" if where and where != "국산" else "국산"
        if made == IMPORTED and where:
            return where if where.endswith("산") else f"{where}산"
        return where if made == MIXED else ""

    def grams_of(self, told: Mapping[str, object]) -> tuple[int | None, int | None]:
        """The weight that the price is for, and that of one ordered unit as told or as the unit says (한 근 600g)."""
        if told.get("sold_by") != BY_WEIGHT:
            return None, None
        unit_grams = told.get("unit_grams")
        return int(str(told.get("price_grams") or 100)), unit_grams if isinstance(unit_grams, int) else self._said()

    def _said(self) -> int | None:
        found = _WEIGHT.search(self.unit_of(self.cleaned_data))
        if found is None:
            return None
        grams = int(found[1]) * (1000 if found[2] == "kg" else 1)
        return grams if 0 < grams <= MOST_GRAMS else None

    def _need(self, name: str, words: Words) -> None:
        if name in self.cleaned_data and self.cleaned_data[name] in ("", None):
            self.add_error(name, words)


def stepped(price: str, step: str) -> str:
    """A price one tap up or down, kept within what a price can be. Without a number it starts from nothing."""
    was = int(price) if price.isascii() and price.isdigit() and len(price) <= len(str(MOST_WON)) else 0
    by = next((won for won in STEPS_WON if str(won) == step), 0)
    wanted = min(was + by, MOST_WON)
    return str(wanted) if wanted > 0 else ("" if not was else str(was))
