"""Where money that goes back arrives and when, why it goes back, and what a stall does to give it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from jangteo.domains.payments.rules.refunds import Precedence
from jangteo.domains.payments.rules.tenders import RefundTo, TenderKind
from jangteo.faces._parts.words.tenders import tender_name

NOT_TAKEN = gettext_lazy("아직 안 내셨으니 안 가져오시면 돼요.")
WAYS_BACK: dict[RefundTo, Promise] = {
    RefundTo.SAME: gettext_lazy("3~5일 안에 내신 곳으로 돌아와요."),
    RefundTo.ACCOUNT: gettext_lazy("적어 주신 계좌로 보내 드려요."),
    RefundTo.BALANCE: gettext_lazy("바로 다시 쌓여요."),
    RefundTo.FUNDER: gettext_lazy("쿠폰 값을 낸 곳으로 돌아가요."),
}
TO_THE_CARD = gettext_lazy("3~5일 안에 카드로 돌아와요.")
AT_THE_STALL = gettext_lazy("%(stall)s에서 돌려드려요.")
# What the stall does to give money back that it took itself.
BY_HAND: dict[TenderKind, Promise] = {
    TenderKind.CARD: gettext_lazy("카드 단말기에서 %(won)s원을 취소해 주세요."),
    TenderKind.TRANSFER: gettext_lazy("손님 계좌로 %(won)s원을 보내 주세요."),
    TenderKind.ONNURI_DIGITAL: gettext_lazy("온누리 앱에서 %(won)s원을 취소해 주세요."),
    TenderKind.LOCAL_CURRENCY: gettext_lazy("지역화폐 앱이나 단말기에서 %(won)s원을 취소해 주세요."),
    TenderKind.ONNURI_PAPER: gettext_lazy("손님께 종이 온누리상품권 %(won)s원을 드리세요."),
}
IN_CASH = gettext_lazy("손님께 현금 %(won)s원을 드리세요.")
PAPER_CUT = gettext_lazy("손님께 현금 %(won)s원을 드리세요. 종이 상품권은 나눌 수 없어요.")
# By the end of the reason that a refund is written under, then by its beginning.
REASONS: dict[str, Promise] = {
    "weighed": gettext_lazy("무게가 덜 나갔어요."),
    "refused": gettext_lazy("가게에서 못 드렸어요."),
    "short": gettext_lazy("물건이 없었어요."),
    "cancelled": gettext_lazy("주문을 취소했어요."),
    "decided": gettext_lazy("돌려드리기로 했어요."),
}
PRECEDENCES: dict[Precedence, Promise] = {
    Precedence.PRO_RATA: gettext_lazy("낸 그대로"),
    Precedence.CASH_LIKE_FIRST: gettext_lazy("가게 잘못 · 현금부터"),
    Precedence.COUPON_FIRST: gettext_lazy("손님 마음 바뀜 · 쿠폰부터"),
}
# What a stall can have been handed, in the words of the market.
HANDED: dict[TenderKind, Promise] = {
    TenderKind.CASH: gettext_lazy("현금"),
    TenderKind.CARD: gettext_lazy("카드 단말기"),
    TenderKind.ONNURI_DIGITAL: gettext_lazy("온누리 모바일"),
    TenderKind.ONNURI_PAPER: gettext_lazy("온누리 종이"),
    TenderKind.LOCAL_CURRENCY: gettext_lazy("지역화폐"),
    TenderKind.TRANSFER: gettext_lazy("계좌이체"),
}


def money_name(kind: TenderKind, *, at_stall: bool) -> str:
    """A kind of money; at a stall as the stall calls it."""
    return str(HANDED[kind]) if at_stall and kind in HANDED else tender_name(kind)


def way_back(kind: TenderKind, to: RefundTo, stall: str) -> str:
    """Where and when the customer has the money again; `stall` is "" for what went through a gateway."""
    if stall:
        return str(AT_THE_STALL) % {"stall": stall}
    if to is RefundTo.SAME and kind is TenderKind.CARD:
        return str(TO_THE_CARD)
    return str(WAYS_BACK.get(to, WAYS_BACK[RefundTo.SAME]))


def by_hand(kind: TenderKind, to: RefundTo, won: int) -> str:
    """What the stall does now."""
    words = PAPER_CUT if kind is TenderKind.ONNURI_PAPER and to is RefundTo.ACCOUNT else BY_HAND.get(kind, IN_CASH)
    return str(words) % {"won": f"{won:,}"}


def reason_words(reason: str) -> str:
    """Why it goes back; nothing for a reason without words."""
    head, _sep, _rest = reason.partition("_")
    words = REASONS.get(head) or REASONS.get(reason.rpartition("_")[2])
    return str(words) if words else ""
