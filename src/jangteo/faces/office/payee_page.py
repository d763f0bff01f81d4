"""The part of a stall's account page that is about the gateway which pays it."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.payments import payout_gateways
from jangteo.domains.payments.payouts_port import PayeeKind
from jangteo.domains.settlement.actions.set_payee import LONGEST_EMAIL
from jangteo.domains.settlement.billing import terms_of
from jangteo.domains.settlement.errors import BadPayee
from jangteo.domains.settlement.models import StallPayee
from jangteo.domains.settlement.payees import standing
from jangteo.domains.settlement.queries import accounts_of
from jangteo.domains.settlement.queries_payouts import gateway_pays, payee_of
from jangteo.faces.office import fields
from jangteo.faces.office.sending_words import KINDS, STANDINGS, reason_words

# What to correct, by the field that the domain would not take.
WRONG = {
    "business_number": _("사업자 번호를 ‘점포 정보 고치기’에 먼저 적어 주세요."),
    "phone": _("010으로 시작하는 사장님 휴대폰 번호를 적어 주세요."),
    "email": _("이메일 주소를 다시 봐 주세요. name@example.com처럼요."),
}
MOST_TYPED = 30


class PayeeForm(forms.Form):
    """How a stall does business, and where the gateway reaches it."""

    kind = fields.one_of(_("가게는 어떻게 등록되어 있나요?"), [*KINDS.items()])
    phone = fields.words(
        _("사장님 휴대폰"), MOST_TYPED, needed=WRONG["phone"], hint=_("결제사가 이 번호로 본인 확인을 보내요.")
    )
    email = fields.words(_("이메일"), LONGEST_EMAIL, needed=WRONG["email"])

    def __init__(self, data: QueryDict | None, *, stall: Stall, payee: StallPayee | None) -> None:
        guess = PayeeKind.SOLE_TRADER if stall.business_number else PayeeKind.PERSON
        known = {"kind": payee.kind, "phone": payee.phone, "email": payee.email} if payee else {}
        super().__init__(data, initial={"kind": guess, "phone": stall.phone, **known})
        self.fields["phone"].widget.attrs |= {"class": "input num", "type": "tel"}

    def clean_phone(self) -> str:
        return fields.told_phone(self.cleaned_data["phone"])

    def refused(self, no: BadPayee) -> None:
        """Say what to correct beside the field, the business number beside the question that asks for one."""
        field = str(no.facts["field"])
        self.add_error("kind" if field == "business_number" else field, WRONG[field])


def payee_shown(market: Market, stall: Stall, form: PayeeForm | None = None) -> dict[str, object]:
    """Nothing where no gateway pays this market's stalls, or where the stall has no account yet."""
    account = accounts_of(stall.pk).confirmed
    if account is None or not gateway_pays(market, terms_of(market).mode):
        return {}
    payee = payee_of(stall.pk)
    now = standing(payee, account)
    return {
        "payee": payee,
        "payee_gateway": payout_gateways.chosen(),
        "payee_standing": STANDINGS[now],
        "payee_refusal": reason_words(payee.refusal) if payee and payee.refusal else "",
        "payee_form": form or PayeeForm(None, stall=stall, payee=payee),
    }
