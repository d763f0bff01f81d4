"""What the phone says aloud of money at the counter: in Korean, whatever the language of the screen."""

from __future__ import annotations

from jangteo.domains.counter.models import CounterSale

_WAYS = {
    CounterSale.Way.CASH: "현금으로",
    CounterSale.Way.ONNURI_DIGITAL: "온누리 앱으로",
    CounterSale.Way.ONNURI_PAPER: "종이 온누리로",
    CounterSale.Way.LOCAL_CURRENCY: "지역화폐로",
}
# The till's own sentences; the phone puts the amount in.
TILL = {"total": "모두 {won}원이에요.", "change": "거스름돈 {won}원이에요.", "taken": "{won}원 받았어요."}


def received(sale: CounterSale) -> str:
    """Money that came by card."""
    if sale.coupon_won:
        return f"{sale.amount_won:,}원 받았어요. 그 가운데 쿠폰이 {sale.coupon_won:,}원이에요."
    return f"{sale.amount_won:,}원 받았어요."


def claimed(sale: CounterSale) -> str:
    """Money that a customer says the stall has in its hands."""
    if not sale.due_won:
        return f"{sale.amount_won:,}원을 쿠폰으로 다 냈대요. 맞으면 눌러 주세요."
    said = f"{_WAYS[CounterSale.Way(sale.way)]} {sale.due_won:,}원 냈대요. 받으셨으면 눌러 주세요."
    return f"쿠폰 {sale.coupon_won:,}원을 빼고 {said}" if sale.coupon_won else said
