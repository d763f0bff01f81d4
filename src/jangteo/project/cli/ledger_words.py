"""What the book says to people: invariants, money, and why it went back."""

from __future__ import annotations

import re

# What holds of so many things that were looked at.
INVARIANTS: dict[str, tuple[str, str]] = {
    "I1": ("장부 기록 {n}건이 저마다 합쳐서 0원이에요", "{n} entries balance"),
    "I2": ("시장 {n}곳의 장부를 다 더하면 0원이에요", "trial balance of {n} markets is 0"),
    "I3": (
        "한도가 있는 계정 {n}개가 기록과 맞고 바닥 아래로 내려가지 않았어요",
        "{n} limited accounts above their floor",
    ),
    "I4": ("장부 기록 {n}건이 적을 때 그대로예요", "{n} entries as they were written"),
    "I5": ("결제 {n}건의 남은 돈이 장부, 나눈 표와 같아요", "{n} payments agree with book and matrix"),
    "I6": ("환불 {n}건이 낸 돈보다 많이 돌려주지 않았어요", "{n} refunds within what was paid"),
    "I7": ("끝난 주문 {n}건에 남은 돈이 없어요", "{n} orders that are over hold no money"),
    "I9": ("건네준 점포 몫 {n}건이 물건값과 같아요", "{n} stalls' parts got what their goods came to"),
    "I10": ("잡아 두었다 쓴 돈 {n}건과 예산이 한도 안이에요", "{n} holds and all budgets within their limit"),
    "I11": ("받은 알림 {n}건이 몇 번 와도 돈은 한 번만 적혔어요", "{n} messages, each payment captured once"),
    "I12 closed": ("마감한 날 {n}일의 장부가 마감할 때 그대로예요", "{n} closed days as they were"),
    "I12": ("장부 줄 {n}개를 아무도 고치거나 지울 수 없어요", "{n} lines guarded against change"),
}
KINDS_OF_MONEY = {
    "card": "카드",
    "easy_pay": "간편결제",
    "virtual_account": "가상계좌",
    "cash": "현금",
    "transfer": "계좌이체",
    "onnuri_digital": "온누리 앱",
    "onnuri_paper": "온누리 종이",
    "local_currency": "지역화폐",
    "points": "포인트",
    "coupon": "쿠폰",
    "recorded_offline": "가게에서 받은 돈",
}
ACCOUNTS = {
    "clear": "결제사",
    "bank": "은행",
    "cash": "현금",
    "voucher": "상품권",
    "receivable": "받을 돈",
    "order": "주문에 맡은 돈",
    "courier": "배달",
    "tax": "세금",
    "points": "포인트",
    "promo": "쿠폰·캐시백",
    "giftcard": "선물카드",
    "wallet": "지갑",
    "subsidy": "지원금",
    "fee": "수수료",
    "gatewaycost": "결제 수수료",
    "discount": "할인",
    "goodwill": "덤",
    "rounding": "끝수",
}
AT_THE_STALL = {"payable": "줄 돈", "sales": "판 돈", "till": "받은 현금"}
_REASONS: tuple[tuple[str, str], ...] = (
    (r"part_\d+_refused", "점포가 받지 못했어요"),
    (r"part_\d+_ungiven", "손님께 못 드렸어요"),
    (r"part_\d+_weighed", "달아 보니 한도보다 적게 나왔어요"),
    (r"line_\d+_short", "물건이 모자랐어요"),
    (r"order_cancelled", "손님이 취소했어요"),
    (r"order_\w+", "주문이 끝난 뒤에 돈이 왔어요"),
    (r"amount_mismatch", "금액이 달랐어요"),
)


def reason(code: str) -> str:
    """Why money went back; an unknown code is its own word."""
    return next((words for pattern, words in _REASONS if re.fullmatch(pattern, code)), code)


def won(amount: int) -> str:
    return f"{amount:,}원"


def account(code: str, stalls: dict[str, str]) -> str:
    """An account in words. `stalls` are names by id."""
    word, *owner = code.split(":")
    if word == "stall" and len(owner) == 2:
        kind = AT_THE_STALL.get(owner[1]) or KINDS_OF_MONEY.get(owner[1], owner[1])
        return f"{stalls.get(owner[0], owner[0])} {kind}"
    if "stall" in owner[:-1]:
        return f"{stalls.get(owner[-1], owner[-1])}에 있는 {ACCOUNTS.get(word, word)}"
    if word == "order":
        return ACCOUNTS[word]
    return f"{ACCOUNTS.get(word, word)}({':'.join(owner)})"
