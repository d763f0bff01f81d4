"""What kinds of accounts there are, and which of them must never go below their floor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Where an account stands in the book; debit is positive on every side."""

    ASSET = "asset"
    LIABILITY = "liability"
    INCOME = "income"
    EXPENSE = "expense"


@dataclass(frozen=True, slots=True)
class Kind:
    """`limited`: what its owner may spend is kept beside the lines and the database refuses to go below the floor."""

    side: Side
    limited: bool = False


# The first word of an account's code. The rest names its owner: "clear:toss", "stall:7:payable", "points:12".
KINDS: dict[str, Kind] = {
    "clear": Kind(Side.ASSET),
    "bank": Kind(Side.ASSET),
    "cash": Kind(Side.ASSET),
    "voucher": Kind(Side.ASSET),
    "receivable": Kind(Side.ASSET),
    "order": Kind(Side.LIABILITY),
    "stall": Kind(Side.LIABILITY),
    "courier": Kind(Side.LIABILITY),
    "tax": Kind(Side.LIABILITY),
    "points": Kind(Side.LIABILITY, limited=True),
    "promo": Kind(Side.LIABILITY, limited=True),
    "giftcard": Kind(Side.LIABILITY, limited=True),
    "wallet": Kind(Side.LIABILITY, limited=True),
    "subsidy": Kind(Side.LIABILITY, limited=True),
    "fee": Kind(Side.INCOME),
    "gatewaycost": Kind(Side.EXPENSE),
    "discount": Kind(Side.EXPENSE),
    "goodwill": Kind(Side.EXPENSE),
    "rounding": Kind(Side.EXPENSE),
}


def kind_of(account: str) -> Kind | None:
    """The kind an account's code begins with, None for a code that names none or no owner."""
    word, colon, owner = account.partition(":")
    return KINDS.get(word) if colon and owner else None


def is_limited(account: str) -> bool:
    """Whether the account has a floor."""
    kind = kind_of(account)
    return kind is not None and kind.limited
