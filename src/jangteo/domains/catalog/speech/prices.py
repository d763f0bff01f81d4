"""The price in a sentence, and every other price that the same sounds can mean.

The number before 원 is read backwards, as far as it stays one number. Where a shorter number would leave a good with a
particle behind it (수박이 만 원, 수박 이만 원), both are kept and somebody has to be asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jangteo.domains.catalog.speech.counts import ends_with_count
from jangteo.domains.catalog.speech.naming import closed, is_known
from jangteo.domains.catalog.speech.numerals import SIGNS, native, sino
from jangteo.domains.catalog.speech.vocabulary import PLACES

LEAST_WON, MOST_WON, STEP_WON = 100, 9_999_990, 10
_RUN = rf"[{SIGNS}](?:[{SIGNS} ]*[{SIGNS}])?"
_TO, _AT = "으로|로", "에다가?|에는|에만|에|씩에|씩|짜리로|짜리"
_ABOUT = "쯤|정도|가량|이상|이하|부터|까지|어치|안팎|대"
_AS_IT_IS = "이에요|예요|이요|요|입니다|이야|이다|정|만|은|이|을|도"
_WITH_WON = re.compile(rf"(?P<run>{_RUN}) ?원 ?(?P<tail>{_ABOUT}|{_TO}|{_AT}|{_AS_IT_IS})?(?=\s|$)")
_BARE = re.compile(rf"(?P<run>{_RUN})(?P<tail>{_TO}|{_AT}|{_ABOUT}|이요|요)?$")
_BARE_WITHIN = re.compile(rf"(?P<run>{_RUN})(?P<tail>{_TO}|에)(?=\s)")
_SIGN = re.compile(f"[{SIGNS}]")


@dataclass(frozen=True, slots=True)
class Price:
    """`readings` are the prices it can mean, the likeliest first; one means sure. It stands at start..end."""

    readings: tuple[int, ...]
    start: int
    end: int
    has_won: bool
    is_to: bool
    is_at: bool
    is_about: bool

    @property
    def is_sure(self) -> bool:
        return len(self.readings) == 1 and not self.is_about and can_be(self.readings[0])


def can_be(won: int) -> bool:
    """Prices of a market: from 100 won, in tens."""
    return LEAST_WON <= won <= MOST_WON and won % STEP_WON == 0


def prices_in(text: str, name: str) -> list[Price]:
    """Every price in the sentence; those with 원 if there is one, else a number at the end or before 에 and 으로."""
    found = list(_WITH_WON.finditer(text))
    if not found:
        found = [one for one in (_BARE.search(text), *_BARE_WITHIN.finditer(text)) if one][:1]
    prices = (_price(one, text, name) for one in found)
    return [price for price in prices if price is not None]


def _price(found: re.Match[str], text: str, name: str) -> Price | None:
    # Greedy on purpose: the run may begin inside a name (오이 오천), which `_readings` sorts out.
    numbers = _numbers(found["run"])
    if not numbers:
        return None
    chosen = _readings(numbers, found["run"], text[: found.start()], name)
    tail = found["tail"] or ""
    return Price(
        readings=tuple(dict.fromkeys(won for won, _start in chosen if can_be(won) or won == chosen[0][0])),
        start=found.start() + chosen[0][1],
        end=found.end(),
        has_won="원" in found[0][len(found["run"]) :],
        is_to=bool(re.fullmatch(f"{_TO}|짜리로", tail)),
        is_at=bool(re.fullmatch(_AT, tail)),
        is_about=bool(re.fullmatch(_ABOUT, tail)) or _is_rough(text[: found.start() + chosen[0][1]]),
    )


def _is_rough(left: str) -> bool:
    """약 만 원, 한 만 원: about so much."""
    return left.rstrip().endswith((" 한", " 약", " 대략")) or left.rstrip() in ("한", "약", "대략")


def _numbers(run: str) -> list[tuple[int, int]]:
    """(number, where it starts), the longest first; all end where the run ends."""
    starts = (place for place, sign in enumerate(run) if sign != " " and not _splits_figures(run, place))
    read = ((sino(run[place:]), place) for place in starts)
    return [(number, place) for number, place in read if number is not None]


def _splits_figures(run: str, place: int) -> bool:
    return place > 0 and run[place].isascii() and run[place - 1].isascii() and run[place - 1] != " "


def _readings(numbers: list[tuple[int, int]], run: str, left: str, name: str) -> list[tuple[int, int]]:
    """Those of the numbers that leave something sensible before them, the likeliest first."""
    longest = numbers[0]
    before = left + run[: longest[1]]
    if not before.strip():
        return [longest]
    if not before.endswith(" "):
        return _glued(numbers, run, left, name)
    last = before.split()[-1]
    if _all_signs(last) and not _may_end_a_name(last, before):
        return [longest, (sino(last) or 0, longest[1]), *numbers[1:]]
    if (times := native(last)) is not None and re.match("[백천만]", run[longest[1] :]):
        return [longest, (longest[0] * times, longest[1])]
    return _spaced(numbers, run, before)


def _all_signs(word: str) -> bool:
    return all(_SIGN.fullmatch(sign) for sign in word)


def _may_end_a_name(word: str, before: str) -> bool:
    return is_known(word) or word in PLACES or ends_with_count(before.rstrip())


def _spaced(numbers: list[tuple[int, int]], run: str, before: str) -> list[tuple[int, int]]:
    """A number that stands alone. A lone digit before 천 or 만 may be something else: 꽈배기 구 천원, 한 손이 만 원."""
    longest = numbers[0]
    shorter = [one for one in numbers[1:] if can_be(one[0])]
    is_lone = re.match(r"[일이삼사오육륙칠팔구] [백천만]", run[longest[1] :]) is not None
    if not is_lone or not shorter:
        return [longest]
    if ends_with_count(before.rstrip()):
        is_particle = run[longest[1]] == "이" and closed(before.rstrip())
        return [longest, shorter[0]] if is_particle else [longest]
    return [longest, shorter[0]]


def _glued(numbers: list[tuple[int, int]], run: str, left: str, name: str) -> list[tuple[int, int]]:
    """A number without a space before it: 사과이천원, 오이오천원, 한손이만원."""
    sensible = [one for one in numbers if one[1] == 0 or can_be(one[0])]
    kept = [one for one in sensible if _is_whole(left + run[: one[1]], name)]
    return kept or sensible or numbers[:1]


def _is_whole(before: str, name: str) -> bool:
    """What stands before the number makes sense as it is: a known good, a count, each maybe with a particle."""
    words = before.split()
    if not words:
        return True
    if _all_signs(words[-1]) and not is_known(words[-1]):
        return False
    if before.endswith("만"):  # 한근만이천: 만 is the number's, nobody says "only" without a pause
        return is_known(words[-1], name)
    return ends_with_count(before.rstrip()) or is_known(words[-1], name)
