"""What the money screens send."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangteo.domains.payments.ports import BankAccount
from jangteo.domains.settlement.actions.set_payout_terms import MOST_DAYS, NewTerms
from jangteo.domains.settlement.bankfiles.layouts import layouts
from jangteo.domains.settlement.bankfiles.writing import Format
from jangteo.domains.settlement.models import PayoutTerms
from jangteo.domains.settlement.modes import Mode
from jangteo.faces._parts.words.banks import BANKS, bank_words
from jangteo.faces.office import fields
from jangteo.faces.office.money_words import MODES
from jangteo.kernel.files.errors import FileEmpty
from jangteo.kernel.files.tables import MOST_MEGABYTES, Source

_PERCENT = re.compile(r"([0-9]{1,2})(?:\.([0-9]{1,2}))?")
MOST_NUMBER = 30
_DAYS_PLEASE = _("0부터 30까지 숫자로 적어 주세요.")
FIRST_YEAR, LAST_YEAR = 2020, 2100


def told_day(text: str, otherwise: date) -> date:
    """The ISO day of an address or a form, or another where it is none of this program's time."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else otherwise


def given_file(request: HttpRequest) -> Source:
    """The file that was uploaded. Raises FileEmpty without one."""
    given = request.FILES.get("file")
    if given is None:
        raise FileEmpty(file="")
    # One byte more than is allowed is enough to be told that it is too large.
    return Source(given.name or "", given.read(MOST_MEGABYTES * 1_000_000 + 1))


class AccountForm(forms.Form):
    """Where a stall is paid."""

    bank = forms.ChoiceField(label=_("은행"), choices=[*BANKS.items()], widget=forms.Select({"class": "input"}))
    number = fields.words(_("계좌번호"), MOST_NUMBER, needed=_("계좌번호를 적어 주세요."))
    holder = fields.words(_("예금주"), MOST_NUMBER, needed=_("통장에 적힌 이름 그대로 적어 주세요."))

    def account(self) -> BankAccount:
        """What a valid form says."""
        told = self.cleaned_data
        return BankAccount(told["bank"], told["number"], told["holder"])


class TermsForm(forms.Form):
    """How the market settles. Rates are percents with two places at the most, days are days that banks are open."""

    mode = fields.one_of(_("가게 돈은 누가 보내나요?"), [*MODES.items()])
    registration = fields.words(
        _("전자지급결제대행업 등록번호"),
        40,
        hint=_(
            "상인회가 받아서 나눠 보내려면 전자금융거래법 제28조에 따라 등록해야 해요. 변호사와 먼저 의논해 주세요."
        ),
    )
    fee = fields.words(_("상인회 수수료 (%)"), 5, hint=_("가게마다 바로 받는 시장에서는 뗄 수 없어요. 0으로 두세요."))
    gateway_fee = fields.words(
        _("결제사 수수료 (%), 부가세 빼고"), 5, hint=_("계약서에 있는 값이에요. 적어 두면 다르게 뗀 날을 찾아 드려요.")
    )
    settle_after = forms.IntegerField(
        label=_("결제사는 며칠 뒤에 보내나요? (은행 여는 날로)"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("계약서에 D+2라고 적혀 있으면 2예요. 토요일, 일요일, 공휴일은 세지 않아요."),
        widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _DAYS_PLEASE),
    )
    made = fields.one_of(_("파일 종류"), [(Format.XLSX, _("엑셀 (xlsx)")), (Format.CSV, _("쉼표로 나눈 글 (csv)"))])

    def __init__(self, data: QueryDict | None, *, terms: PayoutTerms) -> None:
        super().__init__(data, initial=_written(terms))
        self.terms = terms
        self.fields["layout"] = fields.one_of(
            _("은행 양식"), _layouts(), hint=_("은행마다 칸이 달라요. 은행 누리집의 견본과 맞춰 보고 골라 주세요.")
        )

    def clean_fee(self) -> int:
        return _basis_points(self.cleaned_data["fee"] or "0")

    def clean_gateway_fee(self) -> int | None:
        told = self.cleaned_data["gateway_fee"]
        return _basis_points(told) if told else None

    def new_terms(self) -> NewTerms:
        """What a valid form says."""
        told = self.cleaned_data
        return NewTerms(
            mode=Mode(told["mode"]),
            registration=told["registration"],
            fee_bp=told["fee"],
            gateway_fee_bp=told["gateway_fee"],
            settle_after=told["settle_after"],
            layout=told["layout"],
            made=Format(told["made"]),
        )


def _layouts() -> list[tuple[str, str]]:
    """Names of the banks' forms. No bank publishes its own, so each has to be compared with a sample."""
    return [
        (name, gettext("%(bank)s 양식") % {"bank": bank_words(one.bank_code)})
        if one.bank_code
        else (name, gettext("기본 양식"))
        for name, one in layouts().items()
    ]


def _basis_points(told: str) -> int:
    """2.2 as 220. Raises ValidationError."""
    found = _PERCENT.fullmatch(told.strip().removesuffix("%"))
    if found is None:
        raise forms.ValidationError(_("2.2처럼 숫자로 적어 주세요. 소수점 아래 두 자리까지예요."))
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def _written(terms: PayoutTerms) -> dict[str, object]:
    return {
        "mode": terms.mode,
        "registration": terms.registration,
        "fee": _percent(terms.fee_bp),
        "gateway_fee": "" if terms.gateway_fee_bp is None else _percent(terms.gateway_fee_bp),
        "settle_after": terms.settle_after,
        "layout": terms.layout,
        "made": terms.made,
    }


def _percent(basis_points: int) -> str:
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
