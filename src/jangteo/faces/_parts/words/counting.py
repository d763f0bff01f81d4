"""How goods are counted: 고등어 두 손, 참조기 세 마리씩 두 묶음.

Korean counts things with its own numerals and a counter for each kind of thing. What the phone says aloud is Korean
whatever the language of the screen, so these words are not translated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_MOST_NATIVE = 99
NO_BREAK = "\u00a0"
# Counters of foreign or Chinese origin that go with read-out digits: 이 인분, 삼십 구.
_DIGIT_COUNTERS = frozenset({"인분", "구", "퍼센트"})
_UNIT = re.compile(r"(?P<count>한|\d+) ?(?P<counter>[가-힣]+)(?: (?P<rest>\S.*))?")
_WEIGHT = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<scale>kg|g|L|ml)")
_SCALES = {"kg": "킬로", "g": "그램", "L": "리터", "ml": "밀리리터"}


@dataclass(frozen=True, slots=True)
class _Unit:
    """What one ordered unit is: "한 근 600g" is one 근, with "600g" said beside it."""

    count: int
    counter: str
    rest: str
    in_words: bool


def native(number: int) -> str:
    """A number before a counter: 한, 두, 열두, 스무, 스물한. Above 99 digits, as people do."""
    if not 0 < number <= _MOST_NATIVE:
        return str(number)
    if number == 20:
        return "스무"
    return _TENS[number // 10] + _ONES[number % 10]


def counted(name: str, unit: str, quantity: int) -> str:
    """As it stands on the ticket: 갈치 2마리, 시금치 두 단, 참조기 3마리 × 2."""
    if quantity == 1:
        return f"{name} {unit}"
    parsed = _parse(unit)
    if parsed is None or parsed.count != 1 or parsed.rest:
        return f"{name} {unit}{NO_BREAK}×{NO_BREAK}{quantity}"
    number = f"{native(quantity)} " if parsed.in_words else str(quantity)
    return f"{name} {number}{parsed.counter}"


def spoken(name: str, unit: str, quantity: int) -> str:
    """As it is said: 고등어 한 손, 앞다리살 두 근, 찌개거리 600그램."""
    if weight := _WEIGHT.fullmatch(unit):
        return f"{name} {_times(weight['number'], quantity)}{_SCALES[weight['scale']]}"
    parsed = _parse(unit)
    if parsed is None:
        return f"{name} {unit}" if quantity == 1 else f"{name} {unit}, {native(quantity)} 개"
    if parsed.count == 1:
        return f"{name} {_said(quantity, parsed.counter)}"
    set_of = f"{name} {_said(parsed.count, parsed.counter)}"
    return set_of if quantity == 1 else f"{set_of}씩 {native(quantity)} 묶음"


def _parse(unit: str) -> _Unit | None:
    found = _UNIT.fullmatch(unit)
    if found is None:
        return None
    in_words = found["count"] == "한"
    return _Unit(1 if in_words else int(found["count"]), found["counter"], found["rest"] or "", in_words)


def _said(number: int, counter: str) -> str:
    return f"{number}{counter}" if counter in _DIGIT_COUNTERS else f"{native(number)} {counter}"


def _times(number: str, quantity: int) -> str:
    """Decimal text times a whole number, without floats: 1.5 times 3 is 4.5."""
    whole, _, decimals = number.partition(".")
    total = str(int(whole + decimals) * quantity).zfill(len(decimals) + 1)
    cut = len(total) - len(decimals)
    return f"{total[:cut]}.{total[cut:]}".rstrip("0").rstrip(".") if decimals else total
