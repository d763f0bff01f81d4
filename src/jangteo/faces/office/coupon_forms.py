"""What the association's screens send about coupons and points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.markets.models import Kind, Stall
from jangteo.domains.payments.policy_files import basis_points_in_percent
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.promotions.actions.set_point_terms import NewPointTerms
from jangteo.domains.promotions.drafts import Limits, NewCoupon
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.rules import FUNDERS, WHOLE_BP, Conditions, Fault, Off, Share
from jangteo.faces._parts.words.coupon_words import FUNDERS as FUNDER_WORDS
from jangteo.faces._parts.words.coupon_words import fault_words
from jangteo.faces._parts.words.names import local_name
from jangteo.faces._parts.words.tenders import tender_name
from jangteo.faces.office import fields
from jangteo.kernel import clock

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

MOST_NUMBER = 10_000_000_000
# Money that a customer pays with; nobody ties a coupon to the rest.
TENDERS = (TenderKind.CARD, TenderKind.EASY_PAY, TenderKind.CASH, TenderKind.ONNURI_DIGITAL, TenderKind.LOCAL_CURRENCY)
FIELD_OF = {"off": "off_won", "off_bp": "rate", "shares": "share_association"}


def _number(label: Words, hint: Words | str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=MOST_NUMBER,
        widget=forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("숫자로만 적어 주세요.")),
    )


def _day(label: Words, hint: Words | str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.DateInput({"class": "input num", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("날짜를 골라 주세요.")},
    )


def _hour(label: Words) -> forms.TimeField:
    field = fields.clock_time(label)
    field.required = False
    return field


class CouponForm(forms.Form):
    """A coupon of the association. What is hardly ever needed may stay empty; rates are percent as people write."""

    name = fields.words(_("쿠폰 이름"), 40, needed=_("이름을 적어 주세요. 손님이 이 이름으로 봐요."))
    off_won = _number(_("얼마를 깎아 주나요? (원)"), _("금액이나 퍼센트 가운데 하나만 적어요."))
    rate = fields.words(_("몇 퍼센트를 깎아 주나요?"), 6)
    ceiling_won = _number(_("퍼센트일 때 많아야 얼마인가요? (원)"))
    form = fields.one_of(
        _("누가 받나요?"),
        [
            (Coupon.Form.OPEN.value, _("누구나 주문할 때")),
            (Coupon.Form.CODE.value, _("번호나 QR을 받은 분")),
            (Coupon.Form.GIVEN.value, _("도장, 후기, 행사에서 받은 분")),
        ],
    )
    code = fields.words(_("쿠폰 번호"), 20, hint=_("번호나 QR로 줄 때만 적어요. 글자와 숫자 4자부터예요."))
    budget_won = _number(_("예산 (원)"), _("이만큼까지만 깎아 드려요. 다 쓰면 저절로 멈춰요."))
    most = _number(_("모두 몇 번까지 쓰나요?"), _("비워 두면 예산까지예요."))
    per_person = _number(_("한 사람이 몇 번까지 쓰나요?"))
    per_day = _number(_("하루에 몇 번까지 쓰나요?"))
    needs_won = _number(_("얼마어치부터 쓸 수 있나요? (원)"))
    first_only = forms.BooleanField(label=_("이 시장에서 처음 사는 분만"), required=False)
    starts = _day(_("시작하는 날"))
    ends = _day(_("끝나는 날"))
    from_time = _hour(_("몇 시부터"))
    to_time = _hour(_("몇 시까지"))
    lasts_days = _number(_("받은 뒤 며칠 동안 쓰나요?"))
    back = fields.one_of(
        _("산 것을 모두 돌려주면 쿠폰은요?"),
        [(Coupon.Back.AGAIN.value, _("다시 쓸 수 있어요")), (Coupon.Back.GONE.value, _("없어져요"))],
    )

    def __init__(self, data: QueryDict | None = None, *, kinds: Sequence[Kind], stalls: Sequence[Stall]) -> None:
        today = clock.calendar_day()
        start = {"starts": today, "per_person": 1, "form": Coupon.Form.OPEN, "back": Coupon.Back.AGAIN}
        super().__init__(data, initial=start | {"share_association": "100"})
        for funder in FUNDERS:
            self.fields[f"share_{funder}"] = fields.words(FUNDER_WORDS[funder], 6)  # type: ignore[arg-type]  # lazy
        self.fields["kinds"] = fields.several(_("이 물건에만"), [(one.key, local_name(one)) for one in kinds])
        self.fields["stalls"] = fields.several(_("이 가게에서만"), [(str(one.pk), local_name(one)) for one in stalls])
        moneys = [(kind.value, tender_name(kind)) for kind in TENDERS]
        self.fields["tenders"] = fields.several(_("나머지를 이 돈으로 낼 때만"), moneys)

    def share_fields(self) -> list[forms.BoundField]:
        """Who bears how much of it."""
        return [self[f"share_{funder}"] for funder in FUNDERS]

    def clean(self) -> dict[str, object]:
        """Percents become basis points; what the rules say is said by `refuse`."""
        for name in ("rate", *(f"share_{funder}" for funder in FUNDERS)):
            written = str(self.cleaned_data.get(name, "")).strip()
            try:
                self.cleaned_data[name] = basis_points_in_percent(written) if written else 0
            except ValueError:
                self.add_error(name, _("10이나 7.5처럼 적어 주세요."))
        return self.cleaned_data

    def new(self) -> NewCoupon:
        """What a valid form says; whether it is a coupon the domain decides."""
        told = self.cleaned_data
        bp = told["rate"] or (0 if self.data.get("rate", "").strip() else None)
        shares = tuple(Share(one, told[f"share_{one}"]) for one in FUNDERS if told[f"share_{one}"])
        return NewCoupon(
            name=told["name"],
            off=Off(told["off_won"], bp, told["ceiling_won"]),
            form=told["form"],
            shares=shares,
            when=self._conditions(),
            budget_won=told["budget_won"] or 0,
            limits=Limits(told["most"], told["per_person"], told["per_day"]),
            code=told["code"],
            lasts_days=told["lasts_days"],
            back=told["back"],
        )

    def _conditions(self) -> Conditions:
        told = self.cleaned_data
        return Conditions(
            stalls=frozenset(int(one) for one in told["stalls"]),
            kinds=frozenset(told["kinds"]),
            tenders=frozenset(told["tenders"]),
            needs_won=told["needs_won"] or 0,
            first_only=told["first_only"],
            starts=told["starts"],
            ends=told["ends"],
            from_time=told["from_time"],
            to_time=told["to_time"],
        )

    def blame(self, field: str, why: str) -> None:
        """Say a fault beside the field that it is about."""
        name = FIELD_OF.get(field, field)
        self.add_error(name if name in self.fields else None, fault_words(field, Fault(why)))


class PointsForm(forms.Form):
    """What the association gives in points."""

    rate = fields.words(
        _("낸 돈의 몇 퍼센트를 포인트로 드리나요?"),
        6,
        needed=_("0이나 1처럼 적어 주세요."),
        hint=_("0은 안 드려요. 10까지예요."),
    )
    lasts_days = _number(_("며칠 동안 쓸 수 있나요?"))

    def clean_rate(self) -> int:
        try:
            points = basis_points_in_percent(self.cleaned_data["rate"].strip())
        except ValueError:
            raise forms.ValidationError(_("10이나 7.5처럼 적어 주세요.")) from None
        if points > WHOLE_BP // 10:
            raise forms.ValidationError(_("10까지 적을 수 있어요."))
        return points

    def terms(self) -> NewPointTerms:
        return NewPointTerms(self.cleaned_data["rate"], self.cleaned_data["lasts_days"] or 365)
