"""What somebody said about goods, said back in Korean: the language that it was said in, whatever the screen's.

고등어 한 마리, 오천 원에 올릴까요?
"""

from __future__ import annotations

from jangteo.domains.catalog.speech import Doubt, Intent, Meaning
from jangteo.faces._parts.words.counting import native
from jangteo.faces._parts.words.particles import by

HOME = "국산"
_DIGITS = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
_SCALES = ((1_000, "천"), (100, "백"), (10, "십"), (1, ""))
_IN_FIGURES = frozenset({"구", "인분"})
_WEIGHTS = {"kg": "킬로", "g": "그램"}
_STATES = {Intent.SOLD_OUT: "품절로 할까요?", Intent.BACK: "다시 팔까요?"}
_DOORS = {Intent.OPEN: "가게 문을 열까요?", Intent.CLOSE: "오늘 장사를 마칠까요?"}
_DOUBTS = {
    Doubt.NOTHING_SAID: "무엇을 할까요?",
    Doubt.UNCLEAR: "잘 못 알아들었어요. ‘고등어 한 마리 오천 원’처럼 말해 주세요.",
    Doubt.NO_NAME: "어느 물건인가요?",
    Doubt.NO_PRICE: "얼마인가요?",
    Doubt.WHICH_PRICE: "얼마가 맞나요?",
    Doubt.WHICH_GOOD: "어느 물건인가요?",
    Doubt.HOW_MANY: "얼마큼에 그 값인지 한 번에 하나씩 말해 주세요.",
    Doubt.BY_OR_TO: "그만큼 바꿀까요, 그 값으로 할까요?",
    Doubt.CANNOT_BE: "그 값은 받을 수 없어요. 백 원부터, 십 원 자리까지 말해 주세요.",
}


def won_said(won: int) -> str:
    """오천 원, 만 오천 원, 십이만 삼천 원."""
    high, low = divmod(won, 10_000)
    above = f"{_read(high) if high > 1 else ''}만" if high else ""
    return " ".join(part for part in (above, _read(low)) if part) + " 원"


def count_said(count: int | None, unit: str) -> str:
    """두 단, 한 근 반, 반 마리, 30구, 1.5킬로; "" where nobody said how many."""
    if not unit or count is None:
        return ""
    if unit.startswith("반 ") or unit[0].isdigit():
        return unit.replace("kg", "킬로")
    if unit in _WEIGHTS:
        return f"{count}{_WEIGHTS[unit]}"
    return f"{count}{unit}" if unit in _IN_FIGURES else f"{native(count)} {unit}"


def good_said(meaning: Meaning) -> str:
    """고등어 한 마리."""
    return " ".join(part for part in (meaning.name, count_said(meaning.count, meaning.unit)) if part)


def read_back(meaning: Meaning) -> str:
    """What was understood, as a question that a yes answers; for what was not, the question back."""
    if meaning.intent in _DOORS:
        return _DOORS[meaning.intent]
    good = good_said(meaning)
    if meaning.intent in _STATES:
        return f"{good}, {_STATES[meaning.intent]}"
    if meaning.price_won is None:
        return f"{good}, {_DOUBTS[meaning.doubt]}" if meaning.name else _DOUBTS[meaning.doubt]
    won = won_said(meaning.price_won)
    return f"{good}, {by(won)} 바꿀까요?" if meaning.intent == Intent.PRICE else f"{good}, {won}에 올릴까요?"


def sentence(meaning: Meaning) -> str:
    """The same said so that it cannot be misheard: 고등어 한 마리 5000원으로."""
    if meaning.intent in _STATES:
        return f"{meaning.name} {'품절' if meaning.intent == Intent.SOLD_OUT else '다시 팔아요'}"
    to = "으로" if meaning.intent == Intent.PRICE else ""
    won = f"{meaning.price_won}원{to}" if meaning.price_won else ""
    return " ".join(part for part in (meaning.origin, good_said(meaning), won) if part)


def answered(meaning: Meaning) -> str:
    """One answer on a button: 고등어 한 손, 9,000원."""
    return f"{good_said(meaning)}, {meaning.price_won:,}원" if meaning.price_won else good_said(meaning)


def with_price(said: str, won: str) -> str:
    """A sentence without a price and the price that was typed in for it."""
    return f"{said} {won}원"


def asks_how_much(name: str, won: int) -> str:
    return f"{name}, 얼마큼에 {won_said(won)}인가요?"


def asks_origin(good: str, won: int) -> str:
    return f"{good}, {won_said(won)}에 올릴까요? 어디에서 왔나요?"


def asks_leap(good: str, was_won: int, won: int) -> str:
    return f"{good}, {won_said(was_won)}에서 {by(won_said(won))} 많이 바뀌어요. 맞나요?"


def asks_of_what(name: str, won: int) -> str:
    return f"{name}, {won_said(won)}. 어느 것의 값인가요?"


def _read(number: int) -> str:
    words = ""
    for scale, name in _SCALES:
        digit = number // scale % 10
        words += (name if digit == 1 and name else _DIGITS[digit] + name) if digit else ""
    return words
