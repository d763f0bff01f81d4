"""What sending costs. Prices are won per hundred messages, VAT included, so that no message costs a broken won."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

SMS_BYTES = 90


class Size(StrEnum):
    """What is charged for."""

    PUSH = "push"
    EMAIL = "email"
    ALIMTALK = "alimtalk"
    SMS = "sms"
    LMS = "lms"


# List prices of January 2026 (10, 12 and 39 won without VAT); a market writes down its own.
USUAL: Mapping[Size, int] = {Size.PUSH: 0, Size.EMAIL: 0, Size.ALIMTALK: 1_100, Size.SMS: 1_320, Size.LMS: 4_290}


def text_bytes(text: str) -> int:
    """How long carriers find a text: EUC-KR, an unknown letter as two."""
    return len(text.encode("euc-kr", errors="replace")) if text else 0


def size_of(channel: str, text: str) -> Size:
    """What a text through a channel is charged as."""
    if channel != Size.SMS:
        return Size(channel)
    return Size.SMS if text_bytes(text) <= SMS_BYTES else Size.LMS


def total_won(per_hundred: Iterable[int]) -> int:
    """The sum in won, rounded up once."""
    return -(-sum(per_hundred) // 100)
