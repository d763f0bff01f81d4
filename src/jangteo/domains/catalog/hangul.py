"""Korean letters taken apart, so that half-typed syllables, initial consonants and slips of a finger can be found.

A syllable is stored by Unicode as 0xAC00 + (initial * 21 + vowel) * 28 + final (The Unicode Standard, 3.12).
"""

from __future__ import annotations

import unicodedata

_FIRST, _LAST = 0xAC00, 0xD7A3
_VOWELS_PER_INITIAL, _FINALS_PER_VOWEL = 21, 28

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"

# Letters that a keyboard makes of two keys. Taken apart, 고 is a beginning of 과 and 갑 of 값.
_PAIRS = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_SPLIT = str.maketrans(_PAIRS)


def tidy(text: str) -> str:
    """The text as it is searched: composed, lower case, single spaces, nothing but letters, digits and spaces."""
    kept = (c if c.isalnum() else " " for c in unicodedata.normalize("NFC", text).lower())
    return " ".join("".join(kept).split())


def jamo(text: str) -> str:
    """`text` with every syllable as its letters in typing order: 값 1단 gives ㄱㅏㅂㅅ 1ㄷㅏㄴ."""
    return "".join(_letters(c) for c in tidy(text)).translate(_SPLIT)


def initials(text: str) -> str:
    """The initial consonants without spaces: 깐 마늘 gives ㄲㅁㄴ. What is not a syllable stays as it is."""
    return "".join(_initial(c) for c in tidy(text) if c != " ")


def is_initials_query(text: str) -> bool:
    """True when somebody typed initial consonants only, at least two: ㄱㄷㅇ."""
    letters = tidy(text).replace(" ", "").translate(_SPLIT)
    return len(letters) >= 2 and all(c in INITIALS for c in letters)


def initials_query(text: str) -> str:
    """What an initials query looks for. Keyboards join ㄱㅅ into ㄳ, so pairs are taken apart."""
    return tidy(text).replace(" ", "").translate(_SPLIT)


def _is_syllable(c: str) -> bool:
    return _FIRST <= ord(c) <= _LAST


def _letters(c: str) -> str:
    if not _is_syllable(c):
        return c
    rest, final = divmod(ord(c) - _FIRST, _FINALS_PER_VOWEL)
    initial, vowel = divmod(rest, _VOWELS_PER_INITIAL)
    return INITIALS[initial] + _VOWELS[vowel] + _FINALS[final].strip()


def _initial(c: str) -> str:
    if not _is_syllable(c):
        return c
    return INITIALS[(ord(c) - _FIRST) // (_VOWELS_PER_INITIAL * _FINALS_PER_VOWEL)]
