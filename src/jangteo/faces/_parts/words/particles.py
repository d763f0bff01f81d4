"""Korean particles that depend on how the word before them ends: 온누리상품권은, 지역화폐는."""

from __future__ import annotations

from django.utils.translation import get_language

_FIRST, _LAST, _ENDINGS, _L = 0xAC00, 0xD7A3, 28, 8
# How the names of digits end: 영 일 이 삼 사 오 육 칠 팔 구.
_DIGITS_WITH_ENDING = "013678"
_DIGITS_WITH_L = "178"
# Letters whose Korean names end in a consonant: 엘 엠 엔 알.
_LETTERS_WITH_ENDING = "lmnr"


def topic(word: str) -> str:
    """`word` with 은 or 는. In other languages the word alone, as with all of these."""
    return _joined(word, "은", "는")


def subject(word: str) -> str:
    """With 이 or 가."""
    return _joined(word, "이", "가")


def object_(word: str) -> str:
    """With 을 or 를."""
    return _joined(word, "을", "를")


def together(word: str) -> str:
    """With 과 or 와."""
    return _joined(word, "과", "와")


def by(word: str) -> str:
    """With 으로, or 로 after a vowel or ㄹ."""
    last = _last(word)
    ends_in_l = _ending(last) == _L or last in _DIGITS_WITH_L or last in "lr"
    return f"{word}로" if _is_korean() and ends_in_l else _joined(word, "으로", "로")


def _joined(word: str, after_consonant: str, after_vowel: str) -> str:
    if not _is_korean():
        return word
    last = _last(word)
    closed = _ending(last) > 0 or last in _DIGITS_WITH_ENDING or last in _LETTERS_WITH_ENDING
    return word + (after_consonant if closed else after_vowel)


def _is_korean() -> bool:
    return get_language() in (None, "ko")


def _last(word: str) -> str:
    """The last letter or digit that is spoken, "?" for a word without any."""
    return next((sign.lower() for sign in reversed(word) if sign.isalnum()), "?")


def _ending(sign: str) -> int:
    """Which final consonant a syllable has, 0 for none."""
    return (ord(sign) - _FIRST) % _ENDINGS if _FIRST <= ord(sign) <= _LAST else 0
