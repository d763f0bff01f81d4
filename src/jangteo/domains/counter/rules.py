"""What a payment at the counter may come to, which tax it bears, and what a cash receipt is for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from jangteo.domains.payments.rules.tenders import KINDS, TenderKind

LEAST_WON = 100
# A bag for 50 won stands in a till as well.
LEAST_TILL_WON = 10
MOST_WON = 5_000_000
MOST_NAME = 20
MOST_NOTE = 40
CARD_LEAST_WON = KINDS[TenderKind.CARD].least_won
# The Korean standard for QR payment gives a code made for one payment three minutes.
DYNAMIC_LASTS = timedelta(minutes=3)
STICKER_LASTS = timedelta(minutes=30)
CLAIM_LASTS = timedelta(hours=12)
# How long a stall can say that it did not give money back after all.
UNDONE_WITHIN = timedelta(minutes=10)

# Cards have a slip of their own; points and coupons are no money; what is loaded on an app is told to the tax office
# by whoever runs it; and what nobody noted the kind of may have been a card.
CASH_LIKE = frozenset(
    {
        TenderKind.CASH,
        TenderKind.TRANSFER,
        TenderKind.VIRTUAL_ACCOUNT,
        TenderKind.ONNURI_PAPER,
    }
)

# What a stall can have in its own hands when it says so.
TILL_WAYS = frozenset({TenderKind.CASH, TenderKind.ONNURI_PAPER, TenderKind.ONNURI_DIGITAL, TenderKind.LOCAL_CURRENCY})


def sells_exempt(taxable: Iterable[bool]) -> bool:
    """The usual class of a stall by those of its goods: exempt where most are. Taxable for a tie and for no goods."""
    classes = list(taxable)
    return 2 * classes.count(False) > len(classes)


def first_name(name: str) -> str:
    """What friends call somebody: 김하나 is 하나. Two syllables, and names in other letters, stay as the first word."""
    word = (name.split() or [""])[0]
    is_korean = all("가" <= letter <= "힣" for letter in word)
    return word[1:] if is_korean and len(word) > 2 else word
