"""What an order's states mean to the customer. The second word of each pair is the colour of its label."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jangteo.domains.ordering.queries import OrderView
from jangteo.domains.ordering.states import OrderState, PartState

Label = tuple[Promise, str]

PART_WORDS: dict[str, Label] = {
    PartState.AWAITING_PAYMENT: (_("결제를 기다려요"), "wait"),
    PartState.NEW: (_("가게에 알렸어요"), "wait"),
    PartState.ACCEPTED: (_("준비하고 있어요"), "info"),
    PartState.READY: (_("다 됐어요"), "go"),
    PartState.HANDED_OVER: (_("받으셨어요"), ""),
    PartState.REFUSED: (_("이번엔 못 드려요"), "stop"),
    PartState.CANCELLED: (_("취소했어요"), ""),
}

REFUSE_WORDS: dict[str, Promise] = {
    "sold_out": _("물건이 다 나갔대요. 이 가게 것은 값에서 뺐어요."),
    "too_busy": _("지금 너무 바빠서 준비할 수 없대요. 이 가게 것은 값에서 뺐어요."),
    "closing": _("문 닫을 시간이래요. 이 가게 것은 값에서 뺐어요."),
    "ungiven": _("못 드려서 가게로 돌아갔어요. 이 가게 것은 값에서 뺐어요."),
}

ORDER_WORDS: dict[str, Label] = {
    OrderState.AWAITING_PAYMENT: (_("결제를 기다리고 있어요"), "wait"),
    OrderState.PLACED: (_("주문이 들어갔어요"), "go"),
    OrderState.CLOSED: (_("잘 끝났어요"), ""),
    OrderState.CANCELLED: (_("취소한 주문이에요"), ""),
    OrderState.EXPIRED: (_("결제 시간이 지나서 멈췄어요"), "stop"),
}

PREPARING: Label = (_("가게에서 준비하고 있어요"), "info")
READY_TO_FETCH: Label = (_("다 됐어요. 가지러 오세요"), "go")
READY_TO_BRING: Label = (_("다 됐어요. 곧 가져다드려요"), "go")
NOTHING_LEFT: Label = (_("이번엔 드릴 것이 없어요"), "stop")

# Codes of the gateway's window; everything else is said in general words.
PAY_FAILED_WORDS: dict[str, Promise] = {
    "PAY_PROCESS_CANCELED": _("결제창을 닫으셨어요. 돈은 빠져나가지 않았어요."),
    "USER_CANCEL": _("결제창을 닫으셨어요. 돈은 빠져나가지 않았어요."),
    "REJECT_CARD_COMPANY": _("카드 회사가 받아 주지 않았어요. 다른 카드로 해 보세요."),
    "BELOW_MINIMUM_AMOUNT": _("금액이 작아서 이 방법으로는 낼 수 없어요. ‘가게에서 내기’로 주문해 주세요."),
}
PAY_SILENT = _("결제 회사가 지금 대답하지 않아요. 1분쯤 뒤에 다시 눌러 주세요. 돈은 빠져나가지 않았어요.")
PAY_FAILED = _("결제가 되지 않았어요. 돈은 빠져나가지 않았으니 다시 해 보세요.")


def order_label(view: OrderView) -> Label:
    """The order in one sentence: its own state, or how far its stalls are."""
    state = OrderState(view.order.state)
    if {part.state for part in view.parts} == {PartState.REFUSED}:
        return NOTHING_LEFT
    states = {part.state for part in view.parts if part.counts}
    if state != OrderState.PLACED or states == {PartState.NEW}:
        return ORDER_WORDS[state]
    if states <= {PartState.READY, PartState.HANDED_OVER}:
        return READY_TO_BRING if view.order.fulfil == "deliver" else READY_TO_FETCH
    return PREPARING
