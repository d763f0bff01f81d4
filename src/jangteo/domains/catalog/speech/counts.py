"""How many of what: 한 마리, 두 단, 30구, 1.5킬로, 반 근, 한 근 반, 마리당."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jangteo.domains.catalog.speech.naming import MARK, closed
from jangteo.domains.catalog.speech.numerals import ABOUT, NATIVE, SIGNS, native, sino
from jangteo.domains.catalog.speech.vocabulary import COUNTERS, SAME_COUNTER, WEIGHTS

MOST_COUNTED = 1_000
_ANY = "|".join(sorted((*COUNTERS, *WEIGHTS), key=len, reverse=True))
_SMALL_SINO = "|".join(sorted(("인분", "구", "근", *WEIGHTS), key=len, reverse=True))
_AFTER = r"(?: ?(?:당|에|씩에|씩|짜리|이|가|은|는|을|를|만|도|하고))?"
_EACH = r"(?: ?(?:당|에))"
_FULL = "하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉"
_TENTHS = rf"\d+\.\d+|[{SIGNS}]*[일이삼사오육칠팔구\d] ?[점쩜] ?[일이삼사오육칠팔구\d]"
_BODY = "|".join(
    (
        rf"(?P<weight>{_TENTHS}) ?(?P<scale>{'|'.join(WEIGHTS)})",
        rf"(?P<number>{NATIVE}|\d+) ?(?P<unit>{_ANY})(?P<half> ?반)?",
        rf"(?P<sino>[{SIGNS}]+) ?(?P<sunit>{_SMALL_SINO})(?P<shalf> ?반)?",
        rf"(?P<tens>[일이삼사오육칠팔구]?[십백][{SIGNS}]*) ?(?P<tunit>{_ANY})",
        rf"반 ?(?P<hunit>{_ANY})",
        rf"(?P<rough>{ABOUT}) ?(?P<runit>{_ANY})",
    )
)
_COUNT = re.compile(rf"(?:(?<=[\s가-힣{MARK}])|^)(?:{_BODY})(?P<after>{_AFTER})(?=\s|$)")
_LONE = re.compile(rf"(?:(?<=[\s{MARK}])|^)(?P<unit>{_ANY})(?P<after>{_EACH})(?=\s|$)")
_FULL_ONLY = re.compile(rf"(?:(?<=[\s{MARK}])|^)(?P<number>{_FULL})(?:에|씩)?(?=\s|$)")
_END = re.compile(rf"(?:(?<=[\s가-힣{MARK}])|^)(?:{_BODY})(?P<after>{_AFTER})$")
_POINT = re.compile("[점쩜]")


@dataclass(frozen=True, slots=True)
class Count:
    """`number` of `unit`, weighing `grams` where the unit is a weight; `halves` of one 근. It stands at start..end."""

    number: int
    unit: str
    grams: int | None
    halves: int
    start: int
    end: int
    is_rough: bool = False


def counts_in(text: str) -> list[Count]:
    """Every count of the sentence, in its order."""
    found = [_count(one) for one in _COUNT.finditer(text)]
    if not found:
        found = [Count(1, *_scaled(one["unit"], 1), 2, one.start(), one.end()) for one in _LONE.finditer(text)]
    if not found:
        found = [
            Count(native(one["number"]) or 1, "개", None, 2, one.start(), one.end())
            for one in _FULL_ONLY.finditer(text)
        ]
    return found


def ends_with_count(text: str) -> bool:
    """Whether a count stands at the end, maybe with a particle that fits: 한 손이, 한 마리가, but not 한 마리이."""
    found = _END.search(text)
    if found is None:
        return False
    return found["after"].strip() != "이" or closed(found[0].removesuffix("이").rstrip())


def _count(found: re.Match[str]) -> Count:
    """One of the ways to say it; the groups are those of `_BODY`."""
    at = (found.start(), found.end())
    if found["weight"]:
        return _decimal(found["weight"], found["scale"], at)
    if found["hunit"]:
        return _half(found["hunit"], at)
    unit = found["unit"] or found["sunit"] or found["tunit"] or found["runit"]
    spoken = found["number"] or found["sino"] or found["tens"] or ""
    number = (int(spoken) if spoken.isascii() and spoken else native(spoken) or sino(spoken)) or 1
    halves = 2 * number + 1 if (found["half"] or found["shalf"]) else 2 * number
    name, grams = _scaled(unit, number)
    if halves % 2 and grams is not None:
        name, grams = _weighing(grams + WEIGHTS[unit] // 2)
        return Count(1, name, grams, halves, *at)
    if halves % 2:
        return Count(1 if number == 1 else number, f"{name} 반", grams, halves, *at, is_rough=number > 1)
    return Count(number, name, grams, halves, *at, is_rough=bool(found["rough"]) or number > MOST_COUNTED)


def _scaled(unit: str, number: int) -> tuple[str, int | None]:
    """The unit as it is written here, and the weight of so many."""
    if unit not in WEIGHTS:
        return SAME_COUNTER.get(unit, unit), None
    return ("kg" if WEIGHTS[unit] > 1 else "g"), number * WEIGHTS[unit]


def _half(unit: str, at: tuple[int, int]) -> Count:
    if unit in WEIGHTS:
        name, grams = _weighing(WEIGHTS[unit] // 2)
        return Count(1, name, grams, 1, *at)
    return Count(1, f"반 {SAME_COUNTER.get(unit, unit)}", None, 1, *at)


def _decimal(said: str, unit: str, at: tuple[int, int]) -> Count:
    """1.5킬로, 일 점 오 킬로."""
    whole, _, part = _POINT.sub(".", said.replace(" ", "")).partition(".")
    decimals = "".join(str(sino(digit) or 0) for digit in part)[:3]
    grams = ((sino(whole) or 0) * 1_000 + int(decimals.ljust(3, "0"))) * WEIGHTS[unit] // 1_000
    name, grams = _weighing(grams)
    return Count(1, name, grams, 2, *at, is_rough=grams < 1)


def _weighing(grams: int) -> tuple[str, int]:
    """1500 g as 1.5kg, 500 g as 500g."""
    if grams < 1_000:
        return f"{grams}g", grams
    decimals = f"{grams % 1_000:03d}".rstrip("0")
    return (f"{grams // 1_000}.{decimals}kg" if decimals else f"{grams // 1_000}kg"), grams
