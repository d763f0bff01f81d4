"""Who somebody is, as far as those need to see who only look: 홍*동, 010-****-1234, an address down to its 동.

The only place that decides how much of a person is shown. Masking what is masked already changes nothing.
"""

from __future__ import annotations

import re

MOST_STARS = 3
STAR = "*"
HIDDEN = "***"
# What stands for the name of somebody who ordered at a kiosk says nothing about them.
_TICKET = re.compile(r"[A-Z][0-9]{1,3}-[0-9]+")
_BRACKETS = str.maketrans("(),", "   ")
_REGION = re.compile(r"\D+(?:도|시|군|구)")
_VILLAGE = re.compile(r"\D[^\s*]*(?:동|읍|면|리|가)")


def name(text: str) -> str:
    """홍길동 as 홍*동, 홍길 as 홍*, 남궁민수 as 남**수; words of other scripts keep their first letter: J***.

    A kiosk's ticket ("K1-07") stays what it is.
    """
    plain = "".join(text.split())
    if not plain or STAR in plain or _TICKET.fullmatch(plain):
        return plain
    stars = STAR * min(MOST_STARS, max(1, len(plain) - 2))
    is_korean = "가" <= plain[0] <= "힣"
    return plain[0] + stars + (plain[-1] if is_korean and len(plain) > 2 else "")


def phone(number: str) -> str:
    """01012345678 and 010-1234-5678 as 010-****-5678; nothing of a number that is too short to be one."""
    if not number or STAR in number:
        return number
    digits = "".join(sign for sign in number if sign.isascii() and sign.isdigit())
    if len(digits) < 8:
        return HIDDEN
    head = digits[: 2 if digits.startswith("02") else 3]
    return f"{head}-****-{digits[-4:]}"


def email(address: str) -> str:
    """someone@example.com as s***@example.com."""
    before, at, after = address.partition("@")
    return f"{before[:1]}{HIDDEN}{at}{after}" if before else ""


def address(text: str) -> str:
    """As far as the 동 (읍, 면), with *** for the rest; without one as far as the city or the 구."""
    if not text.strip():
        return ""
    words = text.translate(_BRACKETS).split()
    shown = []
    for word in words:
        if not _REGION.fullmatch(word):
            break
        shown.append(word)
    village = next((word for word in words[len(shown) :] if _VILLAGE.fullmatch(word)), None)
    return " ".join([*shown, *([village] if village else []), HIDDEN])
