"""The Korean words of `jangteo reconcile`."""

from __future__ import annotations

from collections.abc import Iterable

from jangteo.domains.settlement.reconcile.comparing import BreakKind
from jangteo.faces._parts.words.money_names import file_words

BREAKS = {
    BreakKind.AMOUNT: "금액이 달라요",
    BreakKind.NO_ITEMS: "물건이 없는 주문이에요",
    BreakKind.MISSING_HERE: "우리 쪽에 없어요",
    BreakKind.MISSING_THERE: "저쪽에 없어요",
    BreakKind.FEE: "수수료가 달라요",
    BreakKind.LATE: "들어올 날이 지났어요",
}


def imported(name: str, kinds: Iterable[str], breaks: int, *, is_new: bool) -> str:
    """What became of one file."""
    said = ", ".join(map(file_words, kinds))
    if not is_new:
        return f"{name}: 벌써 받은 파일이에요({said}). 바뀐 것이 없어요."
    return f"{name}: {said}. " + (f"안 맞는 것 {breaks:,}건을 열었어요." if breaks else "모두 맞아요.")
