"""An order as the association looks at it: whole, and what can still be given back of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jangteo.domains.ordering.models import Move, Order
from jangteo.domains.ordering.queries import LineView, OrderView
from jangteo.domains.ordering.queries_find import moves_of
from jangteo.domains.ordering.queries_moneys import Money, moneys_of
from jangteo.domains.ordering.queries_office import orders_by_ref
from jangteo.domains.ordering.refunding import WantedRefund, left_of_lines
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.queries import payment_for
from jangteo.domains.payments.queries_moneys import legs_by_hand, legs_of, never_taken
from jangteo.domains.payments.rules.refunds import Precedence
from jangteo.faces._parts.amounts import AmountField
from jangteo.faces._parts.givebacks import Way, standing
from jangteo.faces._parts.words.counting import counted
from jangteo.faces._parts.words.refunds import PRECEDENCES, money_name

Label = tuple[Promise, str]
ORDER_LABELS: dict[str, Label] = {
    OrderState.AWAITING_PAYMENT: (_("돈을 기다려요"), "wait"),
    OrderState.PLACED: (_("들어온 주문"), "info"),
    OrderState.CLOSED: (_("끝났어요"), "go"),
    OrderState.CANCELLED: (_("취소했어요"), ""),
    OrderState.EXPIRED: (_("돈을 안 내서 멈췄어요"), "stop"),
}
PART_LABELS: dict[str, Label] = {
    PartState.AWAITING_PAYMENT: (_("돈을 기다려요"), "wait"),
    PartState.NEW: (_("가게가 아직 안 봤어요"), "wait"),
    PartState.ACCEPTED: (_("준비해요"), "info"),
    PartState.READY: (_("다 됐어요"), "info"),
    PartState.HANDED_OVER: (_("건넸어요"), "go"),
    PartState.REFUSED: (_("못 받았어요"), "stop"),
    PartState.CANCELLED: (_("취소했어요"), ""),
}
MONEY_LABELS: dict[str, Label] = {
    "planned": (_("아직 안 냈어요"), "wait"),
    "promised": (_("가게에서 낼 거예요"), "wait"),
    "captured": (_("냈어요"), "go"),
}
PAYMENT_LABELS: dict[str, Label] = {
    Payment.State.CREATED: (_("결제창을 아직 안 열었어요"), "wait"),
    Payment.State.REQUESTED: (_("결제사에 물어보고 있어요"), "wait"),
    Payment.State.UNKNOWN: (_("결제사가 아직 답하지 않아요"), "stop"),
    Payment.State.WAITING_DEPOSIT: (_("입금을 기다려요"), "wait"),
    Payment.State.CAPTURED: (_("들어왔어요"), "go"),
    Payment.State.PART_REFUNDED: (_("일부를 돌려드렸어요"), "go"),
    Payment.State.REFUNDED: (_("모두 돌려드렸어요"), ""),
    Payment.State.FAILED: (_("결제가 안 됐어요"), "stop"),
    Payment.State.EXPIRED: (_("시간이 지났어요"), ""),
    Payment.State.MISMATCH: (_("금액이 달라요"), "stop"),
}


@dataclass(frozen=True, slots=True)
class MoneyRow:
    name: str
    stall: str
    label: Label
    won: int
    left_won: int


@dataclass(frozen=True, slots=True)
class GoodRow:
    words: str
    stall: str
    line: LineView
    label: Label


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened; `stall` is "" for the order as a whole."""

    at: datetime
    stall: str
    words: Promise


@dataclass(frozen=True, slots=True)
class Desk:
    """All that is known of an order."""

    view: OrderView
    label: Label
    goods: Sequence[GoodRow]
    moneys: Sequence[MoneyRow]
    payment: Payment | None
    payment_label: Label | None
    ways: Sequence[Way]
    steps: Sequence[Step]
    can_refund: bool


@dataclass(frozen=True, slots=True)
class RefundLine:
    """A line that was handed over, `left_won` of it can go back. `box` and `won` are its fields."""

    line: LineView
    stall: str
    left_won: int
    box: forms.BoundField
    won: forms.BoundField

    @property
    def words(self) -> str:
        return counted(self.line.name, self.line.unit, self.line.quantity)


@dataclass(frozen=True, slots=True)
class ByHand:
    """Money that a stall still has to give back, and the order it belongs to."""

    way: Way
    order: Order


class RefundForm(forms.Form):
    """Which lines, how much of each (nothing means all that is left), and which money goes back first."""

    first = forms.ChoiceField(
        label=_("어느 돈부터 돌려드릴까요?"),
        choices=[(one.value, words) for one, words in PRECEDENCES.items()],
        initial=Precedence.PRO_RATA,
        widget=forms.RadioSelect,
        help_text=_("가게가 잘못했으면 현금부터, 손님 마음이 바뀌었으면 쿠폰부터 돌려드려요."),
    )

    def __init__(self, data: QueryDict | None, view: OrderView) -> None:
        super().__init__(data)
        left = left_of_lines(view.order)
        handed = [part for part in view.paid_parts if part.state == PartState.HANDED_OVER]
        self._lines = [(line, part.stall.name) for part in handed for line in part.lines if left.get(line.id)]
        self._left = left
        for line, _stall in self._lines:
            self.fields[f"line_{line.id}"] = forms.BooleanField(required=False)
            self.fields[f"won_{line.id}"] = amount = AmountField(1, left[line.id])
            amount.required = False
            amount.widget = forms.TextInput({"class": "input num", "inputmode": "numeric", "autocomplete": "off"})
            amount.error_messages |= {
                "min_value": _("1원부터 적을 수 있어요."),
                "max_value": _("%(limit_value)s원까지 돌려드릴 수 있어요."),
            }

    def lines(self) -> list[RefundLine]:
        return [
            RefundLine(line, stall, self._left[line.id], self[f"line_{line.id}"], self[f"won_{line.id}"])
            for line, stall in self._lines
        ]

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        if not self.errors and not any(told.get(f"line_{line.id}") for line, _stall in self._lines):
            raise forms.ValidationError(_("돌려드릴 물건을 골라 주세요."))
        return told

    def wanted(self) -> WantedRefund:
        """Only for a valid form."""
        told = self.cleaned_data
        chosen = [line.id for line, _stall in self._lines if told[f"line_{line.id}"]]
        return WantedRefund({line: told[f"won_{line}"] for line in chosen}, Precedence(told["first"]))

    def told(self) -> list[tuple[str, str]]:
        """What was filled in, to be posted again with the last press."""
        return [(name, str(self.data[name])) for name in self.fields if self.data.get(name)]


def desk(view: OrderView) -> Desk:
    payment, legs = payment_for(view.order.ref), legs_of(view.order.ref)
    missing = never_taken(legs)
    return Desk(
        view=view,
        label=ORDER_LABELS[view.order.state],
        goods=[
            GoodRow(counted(line.name, line.unit, line.quantity), part.stall.name, line, PART_LABELS[part.state])
            for part in view.paid_parts
            for line in part.lines
        ],
        moneys=[_money(money, missing[money.key]) for money in moneys_of(view)],
        payment=payment,
        payment_label=None if payment is None else PAYMENT_LABELS[payment.state],
        ways=standing(legs, with_funders=True),
        steps=[_step(move) for move in moves_of(view.order.pk)],
        can_refund=any(part.state == PartState.HANDED_OVER and part.due_won for part in view.paid_parts),
    )


def by_hand() -> list[ByHand]:
    """What stalls still have to give back, oldest first."""
    legs = legs_by_hand()
    orders = orders_by_ref({leg.giveback.order_ref for leg in legs})
    refs = [leg.giveback.order_ref for leg in legs]
    return [ByHand(way, orders[ref]) for way, ref in zip(standing(legs), refs, strict=True) if ref in orders]


def _money(money: Money, missing_won: int) -> MoneyRow:
    name = money_name(money.kind, at_stall=money.stall is not None)
    stall = "" if money.stall is None else money.stall.name
    return MoneyRow(name, stall, MONEY_LABELS[money.state], money.won - missing_won, money.left_won)


def _step(move: Move) -> Step:
    if move.part is None:
        return Step(move.at, "", ORDER_LABELS[move.became][0])
    return Step(move.at, move.part.stall.name, PART_LABELS[move.became][0])
