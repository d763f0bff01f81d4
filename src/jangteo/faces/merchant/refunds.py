"""Giving money back at the stall: what of a slip can go back, what is asked, and what is still in the stall's hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.queries_office import orders_by_ref
from jangteo.domains.ordering.refunding import WantedRefund, left_of_lines
from jangteo.domains.payments.queries_moneys import legs_by_hand
from jangteo.domains.payments.rules.tenders import RefundTo, TenderKind
from jangteo.faces._parts.amounts import AmountField
from jangteo.faces._parts.words.refunds import HANDED, by_hand
from jangteo.faces.merchant.slips import Slip

ALL = "all"
# Where nothing is said here, every stall takes it.
TAKEN_BY: Mapping[TenderKind, str] = {
    TenderKind.CARD: "takes_card",
    TenderKind.ONNURI_DIGITAL: "takes_onnuri",
    TenderKind.ONNURI_PAPER: "takes_onnuri",
    TenderKind.LOCAL_CURRENCY: "takes_local",
}


@dataclass(frozen=True, slots=True)
class RefundLine:
    """A line of the slip; `left_won` can still be given back."""

    id: int
    words: str
    left_won: int


@dataclass(frozen=True, slots=True)
class ToGive:
    """Money that the stall gives back itself. `number` is the order's."""

    leg_id: int
    order_id: int
    number: int
    do: str


class HandOverForm(forms.Form):
    """`taken` where the customer brought other money than was said."""

    taken = forms.ChoiceField(required=False)

    def __init__(self, data: Mapping[str, object] | None, stall: Stall) -> None:
        super().__init__(data)
        self.kinds = [(kind, words) for kind, words in HANDED.items() if getattr(stall, TAKEN_BY.get(kind, ""), True)]
        self.fields["taken"].choices = self.kinds  # type: ignore[attr-defined]  # it is the ChoiceField above

    def taken_kind(self) -> TenderKind | None:
        """None for the money that was said. Only for a valid form."""
        told = self.cleaned_data["taken"]
        return TenderKind(told) if told else None


class RefundForm(forms.Form):
    """One line or all of them, and how much of it; no amount means all that is left."""

    line = forms.ChoiceField()
    whole = forms.BooleanField(required=False)

    def __init__(self, data: Mapping[str, object], lines: list[RefundLine]) -> None:
        super().__init__(data)
        self._lines = lines
        chosen = {str(line.id): line.left_won for line in lines}
        self.fields["line"].choices = [(key, key) for key in (*chosen, ALL)]  # type: ignore[attr-defined]  # a choice field
        self.fields["amount_won"] = amount = AmountField(1, chosen.get(str(data.get("line", "")), 1))
        amount.required = not (data.get("whole") or data.get("line") == ALL)
        amount.error_messages |= {
            "min_value": _("1원부터 적을 수 있어요."),
            "max_value": _("%(limit_value)s원까지 돌려드릴 수 있어요."),
        }

    def wanted(self) -> WantedRefund:
        """Only for a valid form."""
        data = self.cleaned_data
        if data["line"] == ALL:
            return WantedRefund(dict.fromkeys(line.id for line in self._lines))
        return WantedRefund({int(data["line"]): None if data["whole"] else data["amount_won"]})

    @property
    def chosen(self) -> RefundLine | None:
        return next((line for line in self._lines if str(line.id) == self.data.get("line")), None)


def refundable(slip: Slip) -> list[RefundLine]:
    """Lines of a slip of which something can still be given back."""
    left = left_of_lines(slip.order)
    lines = [RefundLine(line.line.id, line.words, left.get(line.line.id, 0)) for line in slip.lines]
    return [line for line in lines if line.left_won]


def to_give(stall_id: int) -> list[ToGive]:
    """What the stall still has to give back by hand, oldest first. One query, two where there is anything."""
    legs = legs_by_hand(stall_id)
    orders = orders_by_ref({leg.giveback.order_ref for leg in legs})
    return [
        ToGive(leg.pk, order.pk, order.number, by_hand(TenderKind(leg.tender.kind), RefundTo(leg.to), leg.won))
        for leg in legs
        if (order := orders.get(leg.giveback.order_ref)) is not None
    ]
