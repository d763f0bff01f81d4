"""Which words wait for the association before they are shown: insults, phone numbers, links, floods.

Only a guess: nothing is refused or deleted for it. See docs/how/reviews.md for what each rule looks at.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Suspicion(StrEnum):
    INSULT = "insult"
    PHONE = "phone"
    LINK = "link"
    FLOOD = "flood"


# Anywhere in a word; what is written between their letters (씨1발, 병.신) is taken out before.
_ANYWHERE = (
    "씨발", "씨팔", "씹새", "병신", "개새끼", "개세끼", "개색끼", "새끼들", "지랄", "좆", "썅", "미친놈", "미친년",
    "또라이", "꺼져라", "뒈져", "염병할", "쌍놈", "쌍년", "엿먹어", "사기꾼", "도둑놈",
)  # fmt: skip
# Only where a word begins, because other words end so: 다시 발라, 역시발효.
_AT_START = ("시발", "시팔", "ㅅㅂ", "ㅆㅂ", "ㅂㅅ", "ㅄ", "ㅈㄹ", "ㄱㅅㄲ", "ㅁㅊㄴ", "존나")
# Words that only look like it.
_HARMLESS = ("시발점", "시발역", "시발차", "병신년")
_BETWEEN = re.compile(r"(?<=[가-힣ㄱ-ㅎ])[0-9a-zA-Z.,~!^*_\-·'\"]{1,3}(?=[가-힣ㄱ-ㅎ])")
_PHONE = re.compile(
    r"(?<!\d)(?:\+|00)(?:[ .\-()]{0,2}\d){9,14}(?!\d)"  # of any country
    r"|(?<!\d)\(?0\d{1,2}[ .\-)]{0,2}\d{3,4}[ .\-]{0,2}\d{4}(?!\d)"
    r"|(?<!\d)1[568]\d\d[ .\-]?\d{4}(?!\d)"
)
# 공일공 일이삼사 오육칠팔
_SPOKEN_PHONE = re.compile(r"[공영빵]\s?일\s?[공영일육칠팔구]\s?(?:[공영일이삼사오육륙칠팔구]\s?[-.]?\s?){7,8}")
_LINK = re.compile(
    r"https?:|www\.|(?<![a-z0-9])[a-z0-9-]+\.(?:com|net|org|kr|me|io|ly|gl|shop|xyz|site|link|app)(?![a-z])"
    r"|오픈\s?채팅|오픈\s?카톡|카톡\s?(?:아이디|id|추가)|텔레그램|라인\s?아이디",
    re.IGNORECASE,
)
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}
_KEPT_INVISIBLE = {"\n", "\u200d"}  # the joiner holds drawn families together
MOST_SAME = 15
MOST_MARKS = 3
MOST_SIGNS = 30
MOST_LINES = 60


def plain(text: str) -> str:
    """Text as it is kept: composed, no invisible characters, blanks at the ends gone, at most one empty line."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    seen = "".join(c for c in composed if c in _KEPT_INVISIBLE or unicodedata.category(c) not in _INVISIBLE)
    return re.sub(r"\n{3,}", "\n\n", seen).strip()


def suspicions(words: str) -> tuple[Suspicion, ...]:
    """Why these words should be looked at first; () where nothing is odd."""
    # Wide and circled letters are made plain; single consonants would become ones that are no letters by themselves.
    flat = "".join(c if "ㄱ" <= c <= "ㆎ" else unicodedata.normalize("NFKC", c) for c in words)
    checks = (
        (Suspicion.INSULT, _insults(flat)),
        (Suspicion.PHONE, bool(_PHONE.search(flat) or _SPOKEN_PHONE.search(flat))),
        (Suspicion.LINK, bool(_LINK.search(flat))),
        (Suspicion.FLOOD, _floods(words)),
    )
    return tuple(found for found, holds in checks if holds)


def _insults(words: str) -> bool:
    close = _BETWEEN.sub("", words)
    for harmless in _HARMLESS:
        close = close.replace(harmless, "")
    if any(word in close for word in _ANYWHERE):
        return True
    return any(re.search(rf"(?<![가-힣ㄱ-ㅎ]){re.escape(word)}", close) for word in _AT_START)


def _floods(words: str) -> bool:
    if re.search(rf"(.)\1{{{MOST_SAME - 1},}}", words) or words.count("\n") > MOST_LINES:
        return True
    marks = 0
    for letter in unicodedata.normalize("NFD", words):
        # Vowels of composed Hangul are letters (Lo), not marks.
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if marks > MOST_MARKS and letter not in "\ufe0e\ufe0f":
            return True
    signs = sum(unicodedata.category(letter) in ("So", "Sk") for letter in words)
    letters = sum(letter.isalnum() for letter in words)
    return signs > MOST_SIGNS and signs > letters
