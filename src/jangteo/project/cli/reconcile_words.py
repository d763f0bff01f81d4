"""The Korean words of `jangteo reconcile`."""

from __future__ import annotations

from collections.abc import Iterable

from jangteo.domains.settlement.reconcile.comparing import BreakKind

BREAKS = {
    BreakKind.AMOUNT: "금액이 달라요",
    BreakKind.NO_ITEMS: "물건이 없는 주문이에요",
    BreakKind.MISSING_HERE: "우리 쪽에 없어요",
    BreakKind.MISSING_THERE: "저쪽에 없어요",
    BreakKind.FEE: "수수료가 달라요",
    BreakKind.LATE: "들어올 날이 지났어요",
}
KINDS = {
    "order_items": "주문 물건",
    "order_payments": "주문 결제",
    "orders": "주문 목록",
    "gateway_transactions": "결제사 거래 내역",
    "gateway_settlements": "결제사 정산 내역",
    "bank_statement": "은행 거래 내역",
    "voucher_operator": "상품권·지역화폐 내역",
}


def kind_name(kind: str) -> str:
    """What a kind of file is called."""
    return KINDS.get(kind, kind)


def imported(name: str, kinds: Iterable[str], breaks: int, *, is_new: bool) -> str:
    """What became of one file."""
    said = ", ".join(map(kind_name, kinds))
    if not is_new:
        return f"{name}: 벌써 받은 파일이에요({said}). 바뀐 것이 없어요."
    return f"{name}: {said}. " + (f"안 맞는 것 {breaks:,}건을 열었어요." if breaks else "모두 맞아요.")
