"""Korean numbers read: 오천, 만 이천, 1만2천, 5,000 and the native 하나, 열두, 스무."""

from __future__ import annotations

import re

_DIGITS = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_SCALES = {"십": 10, "백": 100, "천": 1_000}
_TEN_THOUSAND = "만"
_MOST_THOUSANDS = 99
_MOST_DIGITS = 8
SIGNS = "0-9" + "".join((*_DIGITS, *_SCALES, _TEN_THOUSAND))
NUMERAL = re.compile(f"[{SIGNS}]+")
_PIECE = re.compile(f"[0-9]+|[{SIGNS[3:]}]")

_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "서": 3, "넷": 4, "네": 4, "넉": 4, "너": 4,
    "다섯": 5, "닷": 5, "여섯": 6, "엿": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9,
}  # fmt: skip
_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_NATIVE = re.compile(f"(?P<tens>{'|'.join(_TENS)})?(?P<ones>{'|'.join(_ONES)})?")
NATIVE = f"(?:(?:{'|'.join(_TENS)}) ?(?:{'|'.join(_ONES)})|{'|'.join((*_TENS, *_ONES))})"
# 서너 마리, 두세 개: about so many.
ABOUT = "(?:한두|두세|두서너|서너|너댓|네댓|네다섯|대여섯|예닐곱|일고여덟|여남은)"


def native(text: str) -> int | None:
    """A native number: 열두 is 12. None for anything else."""
    found = _NATIVE.fullmatch(text.replace(" ", ""))
    if not text or found is None:
        return None
    return _TENS.get(found["tens"] or "", 0) + _ONES.get(found["ones"] or "", 0)


def sino(text: str) -> int | None:
    """A Sino-Korean number, digits or both, with or without spaces: 만 이천 and 1만 2천 are 12,000. None if no such.

    Scales have to fall: 오천 육천 is two numbers and no one.
    """
    bare = text.replace(" ", "")
    if not bare or NUMERAL.fullmatch(bare) is None:
        return None
    high, scale, low = text.partition(_TEN_THOUSAND)
    if not scale:
        return _below(_PIECE.findall(text))
    above = _below(_PIECE.findall(high)) if high.strip() else 1
    rest = _below(_PIECE.findall(low)) if low.strip() else 0
    if above is None or rest is None or rest >= 10_000:
        return None
    return above * 10_000 + rest


def _below(pieces: list[str]) -> int | None:
    """A number without 만 in it."""
    total, last, digit = 0, 10**_MOST_DIGITS, None
    for piece in pieces:
        if piece in _SCALES:
            scale = _SCALES[piece]
            if scale >= last or not _may_stand_before(digit, scale):
                return None
            total, last, digit = total + (digit or 1) * scale, scale, None
        elif digit is not None or piece == _TEN_THOUSAND:
            return None
        else:
            digit = _DIGITS[piece] if piece in _DIGITS else _in_figures(piece)
            if digit is None:
                return None
    if digit is None:
        return total
    return total + digit if digit < last else None


def _may_stand_before(digit: int | None, scale: int) -> bool:
    """삼천, 3천, 12천; nobody says 0천 or 12백."""
    return digit is None or 0 < digit <= (_MOST_THOUSANDS if scale == _SCALES["천"] else 9)


def _in_figures(piece: str) -> int | None:
    return int(piece) if len(piece) <= _MOST_DIGITS else None
