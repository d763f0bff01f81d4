"""What the association's screens send about policies."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.markets.models import Kind
from jangteo.domains.payments.eligibility import SCHEME_OF, SCHEMES
from jangteo.domains.payments.policy_files import basis_points_in_percent
from jangteo.domains.payments.rules.policies import CASHBACK_DAYS, Policy
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.faces._parts.words.names import local_name
from jangteo.faces._parts.words.tenders import rate_words, scheme_name, tender_name
from jangteo.faces.office import fields
from jangteo.kernel import clock, ids
from jangteo.kernel.files.tables import Source

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

DISCOUNT, CASHBACK = "discount", "cashback"
# Beside which other money it may be used: as its kind of money has it, beside all, or not beside some.
USUAL, ANY, NOT_ALL = "usual", "any", "not_all"
MOST_WON = 1_000_000_000
MOST_BUDGET_WON = 100_000_000_000
MOST_DAYS = 3_650
MOST_LAW = 120
MOST_PROGRAM = 40
MOST_FILE_BYTES = 400_000
_DAY = _("날짜를 골라 주세요.")
_WON = _("금액을 숫자로만 적어 주세요.")


def _won(label: Words, hint: Words | str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=MOST_WON,
        widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _WON),
    )


def _date(label: Words, *, required: bool, hint: Words | str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput({"class": "input num", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _DAY, "invalid": _DAY},
    )


class PolicyForm(forms.Form):
    """A new row. What is hardly ever needed may stay empty."""

    rate = fields.words(_("몇 퍼센트인가요?"), 6, needed=_("10이나 7.5처럼 적어 주세요."))
    way = fields.one_of(_("어떻게 아끼나요?"), [(DISCOUNT, _("살 때 할인")), (CASHBACK, _("쓰고 나서 돌려받기"))])
    starts = _date(_("시작하는 날"), required=True, hint=_("오늘부터도 돼요. 오늘 벌써 들어온 주문은 그대로예요."))
    ends = _date(_("끝나는 날"), required=False, hint=_("비워 두면 다음 정책이 시작할 때까지예요."))
    monthly_cap_won = _won(_("한 사람이 한 달에 쓸 수 있는 금액 (원)"))
    payment_cap_won = _won(_("한 번에 쓸 수 있는 금액 (원)"))
    min_won = _won(_("한 번에 적어도 얼마부터 쓰나요? (원)"))
    together = fields.one_of(
        _("한 번 낼 때 다른 돈과 함께 써도 되나요?"),
        [(USUAL, _("그 상품권이 늘 하는 대로")), (ANY, _("어떤 돈과도 돼요")), (NOT_ALL, _("안 되는 돈이 있어요"))],
        hint=_("디지털 온누리상품권은 늘 혼자 쓰고, 다른 것은 함께 써요."),
    )
    program = fields.words(_("돈을 대는 사업 이름"), MOST_PROGRAM, hint=_("이 사업에 들어온 돈만큼만 돌려줘요."))
    cashback_cap_won = _won(_("주문 하나에 많아야 얼마를 돌려주나요? (원)"))
    cashback_days = forms.IntegerField(
        label=_("돌려받은 돈을 며칠 동안 쓸 수 있나요?"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("1부터 3650까지 적을 수 있어요.")),
    )
    law = fields.words(_("근거"), MOST_LAW, hint=_("공고나 조례 이름이에요. 나중에 찾아볼 때 써요."))

    def __init__(
        self, data: QueryDict | None = None, *, areas: Sequence[str], kinds: Sequence[Kind], like: Policy | None = None
    ) -> None:
        super().__init__(data, initial=_as_initial(like))
        schemes = [(scheme, scheme_name(scheme)) for scheme in SCHEMES]
        self.fields["scheme"] = fields.one_of(_("무엇에 대한 정책인가요?"), schemes)
        self.fields["together"].required = False
        moneys = [(kind.value, tender_name(kind)) for kind in TenderKind]
        self.fields["excludes"] = fields.several(_("함께 낼 수 없는 돈"), moneys)
        places = [(area, area or _("전국")) for area in areas]
        self.fields["area"] = fields.one_of(_("어디에 해당하나요?"), places)
        self.fields["area"].required = False
        self.fields["area"].initial = like.area if like is not None else areas[-1]
        names = [(kind.key, local_name(kind)) for kind in kinds]
        for name, label in (("refused_kinds", _("받지 않는 가게")), ("refused_goods", _("쓸 수 없는 물건"))):
            self.fields[name] = fields.several(label, names)
            self.fields[name].initial = sorted(getattr(like, name)) if like is not None else []

    def clean_rate(self) -> int:
        try:
            points = basis_points_in_percent(self.cleaned_data["rate"].strip())
        except ValueError:
            raise forms.ValidationError(_("10이나 7.5처럼 적어 주세요.")) from None
        if points > 10_000:
            raise forms.ValidationError(_("100까지 적을 수 있어요."))
        return points

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        if told.get("ends") and told.get("starts") and told["ends"] < told["starts"]:
            self.add_error("ends", _("시작하는 날보다 늦은 날을 골라 주세요."))
        if told.get("way") == CASHBACK and not told.get("program"):
            self.add_error("program", _("어느 사업의 돈으로 돌려주는지 적어 주세요."))
        if told.get("together") == NOT_ALL and not self._told_excludes():
            self.add_error("excludes", _("함께 낼 수 없는 돈을 골라 주세요."))
        return told

    def policy(self) -> Policy:
        """What a valid form says."""
        told = self.cleaned_data
        is_cashback = told["way"] == CASHBACK
        return Policy(
            id="new",
            scheme=told["scheme"],
            area=told["area"],
            starts=told["starts"],
            ends=told["ends"],
            discount_bp=told["rate"],
            cashback=is_cashback,
            monthly_cap_won=told["monthly_cap_won"],
            payment_cap_won=told["payment_cap_won"],
            min_won=told["min_won"] or 1,
            excludes=self._told_excludes(),
            refused_kinds=frozenset(told["refused_kinds"]),
            refused_goods=frozenset(told["refused_goods"]),
            cashback_cap_won=told["cashback_cap_won"] if is_cashback else None,
            cashback_days=(told["cashback_days"] if is_cashback else None) or CASHBACK_DAYS,
            program=told["program"] if is_cashback else "",
        )

    def _told_excludes(self) -> frozenset[TenderKind] | None:
        told = self.cleaned_data
        if told.get("together") in ("", USUAL, None):
            return None
        itself = {kind for kind, scheme in SCHEME_OF.items() if scheme == told.get("scheme")}
        chosen = told.get("excludes", ()) if told["together"] == NOT_ALL else ()
        return frozenset(TenderKind(kind) for kind in chosen) - itself


class EndForm(forms.Form):
    """The last day of a row that holds."""

    last_day = _date(_("며칠까지 할까요?"), required=True)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"last_day": clock.calendar_day()})


class BudgetForm(forms.Form):
    """Money that arrived for a program. `key` is the page's own, so that a second press books nothing."""

    won = forms.IntegerField(
        label=_("얼마가 들어왔나요? (원)"),
        min_value=1,
        max_value=MOST_BUDGET_WON,
        widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _WON),
    )
    key = forms.CharField(max_length=43, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"key": ids.new_token()})


class PolicyFileForm(forms.Form):
    """The file itself, or what was read of it when it was shown; then it need not be chosen again."""

    file = forms.FileField(
        label=_("정책 파일 (CSV, XLSX)"),
        required=False,
        widget=forms.ClearableFileInput({"class": "input", "accept": ".csv,.xlsx,.txt"}),
        error_messages={"empty": _("빈 파일이에요. 다른 파일을 골라 주세요.")},
    )
    name = forms.CharField(required=False, max_length=100)
    content = forms.CharField(required=False)
    seen = forms.CharField(required=False, max_length=64)

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        file: UploadedFile[bytes] | None = told.get("file")
        if file is not None and (file.size or 0) > MOST_FILE_BYTES:
            self.add_error("file", _("파일이 너무 커요. 우리 지역의 줄만 남겨서 다시 올려 주세요."))
        elif file is None and not told.get("content") and not self.errors:
            self.add_error("file", _("파일을 골라 주세요."))
        return told

    def source(self) -> Source:
        """The file of a valid form; what is no file any more is an empty one."""
        told = self.cleaned_data
        file: UploadedFile[bytes] | None = told["file"]
        if file is not None:
            return Source(str(file.name)[-100:], file.read())
        try:
            return Source(told["name"], base64.b64decode(told["content"], validate=True))
        except binascii.Error:
            return Source(told["name"], b"")


def _as_initial(like: Policy | None) -> dict[str, object]:
    tomorrow = clock.calendar_day() + timedelta(days=1)
    if like is None:
        return {"starts": tomorrow, "way": DISCOUNT, "scheme": SCHEMES[0], "together": USUAL}
    return {
        "scheme": like.scheme,
        "rate": rate_words(like.discount_bp),
        "way": CASHBACK if like.cashback else DISCOUNT,
        "starts": _follows(like.ends, tomorrow),
        "monthly_cap_won": like.monthly_cap_won,
        "payment_cap_won": like.payment_cap_won,
        "min_won": like.min_won if like.min_won > 1 else None,
        "together": USUAL if like.excludes is None else NOT_ALL if like.excludes else ANY,
        "excludes": sorted(like.excludes or ()),
        "program": like.program,
        "cashback_cap_won": like.cashback_cap_won,
        "cashback_days": like.cashback_days if like.cashback else None,
    }


def _follows(ends: date | None, tomorrow: date) -> date:
    """The day after an end that lies ahead, else tomorrow."""
    return max(ends + timedelta(days=1), tomorrow) if ends is not None else tomorrow
