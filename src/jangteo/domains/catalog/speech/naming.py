"""Where the name of a good ends: particles behind it, names that the stall sells, names with a slip in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jangteo.domains.catalog.hangul import jamo, tidy
from jangteo.domains.catalog.rules import allowed_slips, slips_within
from jangteo.domains.catalog.speech.meaning import Known
from jangteo.domains.catalog.speech.numerals import NATIVE, SIGNS
from jangteo.domains.catalog.speech.vocabulary import goods_word

# Stands in the sentence where a name of the stall's goods stood.
MARK = "\ue000"
_FIRST, _LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8
_AFTER_CONSONANT, _AFTER_VOWEL, _AFTER_ANY = ("이랑", "은", "이", "을"), ("는", "가", "를", "랑"), ("도", "만", "요")
_PARTICLE = "은|는|이|가|을|를|도|만|요|이랑|랑"


def closed(text: str) -> bool:
    """Whether the last syllable has a final consonant; a marked name may have any, see `without_particle`."""
    last = text[-1:]
    return bool(last) and _FIRST <= ord(last) <= _LAST and (ord(last) - _FIRST) % _FINALS > 0


def without_particle(word: str, name: str = "") -> str:
    """`word` without 은/는, 이/가, 을/를, 도, 만, where that fits its end; `name` is what a mark in it stands for."""
    for particle in (*_AFTER_CONSONANT, *_AFTER_VOWEL, *_AFTER_ANY):
        stem = word.removesuffix(particle)
        if stem == word or not stem:
            continue
        ends_closed = closed(name if stem.endswith(MARK) else stem)
        if particle in _AFTER_ANY or ends_closed == (particle in _AFTER_CONSONANT):
            return stem
    return word


def is_known(word: str, name: str = "") -> bool:
    """Whether people here know a good called so, with or without a particle."""
    return any(one.endswith(MARK) or bool(goods_word(one)) for one in (word, without_particle(word, name)))


def plain_name(text: str) -> str:
    """The name without its particle. What ends like one but is a good as it is stays: 냉이, 포도."""
    if goods_word(text):
        return text
    bare = without_particle(text)
    is_safe = text[len(bare) :] in ("은", "는", "을", "를")
    return bare if is_safe or goods_word(bare) else text


def marked(text: str, goods: Sequence[Known]) -> tuple[str, str]:
    """The sentence with a mark in place of the longest name that the stall sells, and that name; "" for none."""
    for name in sorted({good.name for good in goods}, key=len, reverse=True):
        letters = [re.escape(letter) for letter in tidy(name) if letter != " "]
        if not letters:
            continue
        follows = rf"(?=$|\s|(?:{_PARTICLE})(?:\s|$|[{SIGNS}])|[{SIGNS}]|(?:{NATIVE})\s?[가-힣])"
        for found in re.finditer(rf"(?:(?<=\s)|^){' ?'.join(letters)}{follows}", text):
            if _is_another(text, found.start(), found.end()):
                continue
            return text[: found.start()] + MARK + text[found.end() :], name
    return text, ""


def _is_another(text: str, start: int, end: int) -> bool:
    """The word goes on and is another good: 굴만두 where the stall sells 굴."""
    word = text[text.rfind(" ", 0, end) + 1 :].split(" ")[0]
    rest = text[end:].split(" ")[0]
    return bool(rest) and bool(goods_word(word)) and not re.fullmatch(_PARTICLE, rest)


def alike(name: str, goods: Sequence[Known]) -> list[str]:
    """Names that the stall sells and that this may be: the same without spaces, a part of it, or a slip away."""
    names = list(dict.fromkeys(good.name for good in goods))
    wanted = jamo(name).replace(" ", "")
    if not wanted:
        return []
    letters = {one: jamo(one).replace(" ", "") for one in names}
    same = [one for one in names if letters[one] == wanted]
    within = [one for one in names if tidy(name) in tidy(one).split(" ") or tidy(one).endswith(tidy(name))]
    return same or within or _nearest(wanted, letters)


def _nearest(wanted: str, letters: dict[str, str]) -> list[str]:
    most = allowed_slips(wanted)
    slips = {
        name: max(slips_within(wanted, typed), slips_within(typed, wanted))
        for name, typed in letters.items()
        if abs(len(typed) - len(wanted)) <= most
    }
    least = min(slips.values(), default=most + 1)
    return [name for name, slip in slips.items() if slip == least] if least <= most else []
