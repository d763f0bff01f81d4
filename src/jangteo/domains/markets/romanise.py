"""Korean in Latin letters for addresses on the web, by the Revised Romanisation with its common sound changes."""

from __future__ import annotations

import re
import unicodedata

_FIRST_SYLLABLE, _LAST_SYLLABLE = ord("가"), ord("힣")
_INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWELS = (
    *("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo"),
    *("u", "wo", "we", "wi", "yu", "eu", "ui", "i"),
)
# How each final sounds before a consonant or at the end, and what it leaves for the next syllable before a vowel.
_FINALS = (
    *("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l"),
    *("m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"),
)
_CARRIED = (
    *("", "g", "kk", "ks", "n", "nj", "n", "d", "r", "lg", "lm", "lb", "ls", "lt", "lp", "r"),
    *("m", "b", "ps", "s", "ss", "ng", "j", "ch", "k", "t", "p", ""),
)
_NASAL = {"k": "ng", "t": "n", "p": "m"}


def romanise(text: str) -> str:
    """Lower-case ASCII: 강릉 is "gangneung", 종로 "jongno", 신라 "silla"; other characters become single hyphens."""
    words = re.findall("[가-힣]+|[a-z0-9]+", unicodedata.normalize("NFKC", text).casefold())
    return "-".join(_word(word) if "가" <= word[0] <= "힣" else word for word in words)


def _word(word: str) -> str:
    sounds = [_parts(syllable) for syllable in word]
    letters = ""
    for at, (initial, vowel, final) in enumerate(sounds):
        before = sounds[at - 1][2] if at else 0
        letters += _joint(before, _INITIALS[initial]) + _VOWELS[vowel]
        if at == len(sounds) - 1:
            letters += _FINALS[final]
    return letters


def _parts(syllable: str) -> tuple[int, int, int]:
    """Places of initial, vowel and final of a syllable in their tables."""
    rest, final = divmod(ord(syllable) - _FIRST_SYLLABLE, 28)
    initial, vowel = divmod(rest, 21)
    return initial, vowel, final


def _joint(before: int, initial: str) -> str:
    """The consonants between two vowels, as the final of the syllable before and this initial sound together."""
    final = _FINALS[before]
    if not initial:
        return _CARRIED[before]
    if initial in {"n", "m"}:
        return "ll" if final == "l" and initial == "n" else _NASAL.get(final, final) + initial
    if initial == "r" and final:
        return "ll" if final in {"l", "n"} else _NASAL.get(final, final) + "n"
    return final + initial
