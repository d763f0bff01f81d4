"""What the association's screens send about stalls, streets and keys."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.markets.actions.add_stall import NewStall
from jangteo.domains.markets.models import Kind, Market, Stall, Street
from jangteo.domains.markets.stall_facts import MOST_INTRO, MOST_NAME, StallFacts
from jangteo.domains.markets.street_names import MOST_ENGLISH
from jangteo.domains.markets.street_names import MOST_NAME as MOST_STREET
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.names import local_name
from jangteo.faces.office import fields
from jangteo.kernel import business_number, clock

FIRST_YEAR = 1800
MOST_TYPED = 20


class StallForm(forms.Form):
    """A new stall. The street is asked for only where there are several."""

    name = fields.words(_("점포 이름"), MOST_NAME, needed=_("점포 이름을 적어 주세요."))
    owner_name = fields.words(_("사장님 이름"), MOST_NAME, needed=_("사장님 이름을 적어 주세요."))
    phone = fields.phone(_("적어 두면 링크를 문자로 바로 보낼 수 있어요."))
    takes_card = forms.BooleanField(label=_("카드"), required=False)
    takes_onnuri = forms.BooleanField(label=_("온누리상품권"), required=False)
    takes_local = forms.BooleanField(label=_("지역화폐"), required=False)

    def __init__(self, data: QueryDict | None, *, market: Market, kinds: list[Kind], streets: list[Street]) -> None:
        super().__init__(data, initial=self.at_first(market))
        self.market = market
        self.only_street = streets[0] if len(streets) == 1 else None
        self.fields["kind"] = fields.one_of(_("무엇을 파나요?"), _names(kinds))
        if self.only_street is None:
            self.fields["street"] = fields.one_of(_("어느 골목에 있나요?"), _names(streets))

    def at_first(self, market: Market) -> dict[str, object]:
        """What stands in the form before anybody has written."""
        vouchers = {"takes_onnuri": "onnuri" in market.vouchers, "takes_local": "local" in market.vouchers}
        return {"takes_card": True, **vouchers}

    def clean_phone(self) -> str:
        return fields.told_phone(self.cleaned_data["phone"], str(self.initial.get("phone", "")))

    @property
    def street_id(self) -> int:
        return self.only_street.pk if self.only_street is not None else int(self.cleaned_data["street"])

    def new_stall(self) -> NewStall:
        """What a valid form asks for, open at the market's hours."""
        told = self.cleaned_data
        return NewStall(
            name=told["name"],
            kind_id=int(told["kind"]),
            street_id=self.street_id,
            owner_name=told["owner_name"],
            phone=told["phone"],
            opens_at=self.market.opens_at,
            closes_at=self.market.closes_at,
            takes_card=told["takes_card"],
            takes_onnuri=told["takes_onnuri"],
            takes_local=told["takes_local"],
        )


class StallFactsForm(fields.DayTimes, StallForm):
    """Everything that is written down about a stall."""

    intro = fields.words(_("손님께 한마디"), MOST_INTRO, hint=_("가게 화면 맨 위에 나와요."))
    since = forms.IntegerField(
        label=_("시작한 해"),
        required=False,
        min_value=FIRST_YEAR,
        widget=forms.NumberInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value"), _("네 자리 연도로 적어 주세요. 1985처럼요.")),
    )

    business_number = fields.words(
        _("사업자 번호"), MOST_TYPED, hint=_("영수증에 나와요. 123-45-67890처럼 적어 주세요.")
    )
    tax_status = fields.one_of(
        _("세금은 어떻게 내나요?"),
        [
            (Stall.TaxStatus.GENERAL, _("일반과세자")),
            (Stall.TaxStatus.SIMPLIFIED, _("간이과세자")),
            (Stall.TaxStatus.EXEMPT, _("면세사업자")),
            ("", _("아직 몰라요")),
        ],
        hint=_("일반과세자만 영수증에 부가세가 나와요. 모르면 안 나와요."),
    )

    def __init__(
        self, data: QueryDict | None, *, stall: Stall, market: Market, kinds: list[Kind], streets: list[Street]
    ) -> None:
        self.stall = stall
        super().__init__(data, market=market, kinds=kinds, streets=streets)
        self.fields["tax_status"].required = False

    def at_first(self, market: Market) -> dict[str, object]:
        stall = self.stall
        written = {name: getattr(stall, name) for name in (*self.base_fields, "opens_at", "closes_at")}
        return {**written, "kind": str(stall.kind_id), "street": str(stall.street_id)}

    def clean_business_number(self) -> str:
        told = str(self.cleaned_data["business_number"])
        try:
            return business_number.parsed(told) if told.strip() else ""
        except business_number.BusinessNumberRefused as no:
            raise forms.ValidationError(sentence(no)) from no

    def clean_since(self) -> int | None:
        year: int | None = self.cleaned_data["since"]
        if year is not None and year > clock.today().year:
            raise forms.ValidationError(_("아직 오지 않은 해예요. 다시 봐 주세요."))
        return year

    def facts(self) -> StallFacts:
        """What a valid form says."""
        told = self.cleaned_data
        return StallFacts(
            kind_id=int(told["kind"]),
            street_id=self.street_id,
            **{name: told[name] for name in self.base_fields},
        )


class StreetForm(forms.Form):
    """The names of a street, new or known."""

    name = fields.words(
        _("골목 이름"),
        MOST_STREET,
        needed=_("골목 이름을 적어 주세요."),
        hint=_("‘생선 골목’처럼 부르는 이름이면 돼요."),
    )
    name_en = fields.words(_("영어 이름"), MOST_ENGLISH, hint=_("영어 화면에 나와요."))


class KeyForm(forms.Form):
    """What a program's key is for."""

    label = forms.CharField(required=False, max_length=60)


def _names(named: list[Kind] | list[Street]) -> list[tuple[str, str]]:
    return [(str(one.pk), local_name(one)) for one in named]
