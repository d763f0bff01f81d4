"""The opening cycle as the file writes it (매일, 2일+7일, with the type 상설장+5일장 beside it) made a `Cycle`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from jangteo.domains.markets.calendar import Cycle, are_whole_pairs
from jangteo.domains.markets.national.report import ReasonCode

DAILY_WORDS = frozenset({"매일", "상설", "상설장", "상설시장"})
ROTATION_WORDS = frozenset({"5일장", "오일장", "5일시장", "오일시장", "정기장", "정기시장"})
_BETWEEN = re.compile(r"[+,/·ㆍ・&;()\[\]]+")
_DAY = re.compile(r"(10|[1-9])일?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadCycle:
    """`cycle` None: unknown. `problem` None: nothing to tell."""

    cycle: Cycle | None
    problem: ReasonCode | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """What one text says: every day, a rotation, its digits, and whether anything in it was not understood."""

    daily: bool
    rotation: bool
    digits: frozenset[int]
    strange: bool


def is_known_type(text: str) -> bool:
    """True for 상설장, 5일장 and their mixtures."""
    words = _words(text)
    return not words.strange and not words.digits and (words.daily or words.rotation)


def read_cycle(cycle_text: str, type_text: str) -> ReadCycle:
    """Join what the cycle and the market type say. Where they contradict each other nothing is guessed.

    Digits must be whole pairs five days apart: 매일+6일 is 1일+6일 damaged by somebody's replacing 1일, and a lone
    6일 has lost its partner. A type that says nothing about days (전통시장) is left out of it.
    """
    said = _words(cycle_text)
    kind = _words(type_text) if is_known_type(type_text) else None
    if said.strange:
        return ReadCycle(None, "cycle_unreadable")
    if not are_whole_pairs(said.digits):
        return ReadCycle(None, "cycle_damaged" if said.daily else "cycle_not_pairs")
    if kind is not None and _contradict(said, kind):
        return ReadCycle(None, "cycle_contradicts_type")
    daily = said.daily or (kind is not None and kind.daily)
    rotation = said.rotation or (kind is not None and kind.rotation)
    return _joined(daily, rotation, said.digits, blank=not cycle_text.strip())


def _joined(daily: bool, rotation: bool, digits: frozenset[int], *, blank: bool) -> ReadCycle:
    if not daily and not digits:
        return ReadCycle(None, "cycle_blank" if blank else "cycle_digits_missing")
    cycle = Cycle(daily, tuple(sorted(digits)))
    if blank:
        return ReadCycle(cycle, "cycle_blank")
    return ReadCycle(cycle, "cycle_digits_missing" if rotation and not digits else None)


def _contradict(said: _Words, kind: _Words) -> bool:
    return (said.daily and not kind.daily) or (bool(said.digits or said.rotation) and not kind.rotation)


def _words(text: str) -> _Words:
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    words = [word for word in _BETWEEN.split(plain) if word]
    days = [match for word in words if (match := _DAY.fullmatch(word))]
    rest = {word for word in words if not _DAY.fullmatch(word)}
    return _Words(
        daily=bool(rest & DAILY_WORDS),
        rotation=bool(rest & ROTATION_WORDS),
        digits=frozenset(int(day[1]) % 10 for day in days),
        strange=bool(rest - DAILY_WORDS - ROTATION_WORDS),
    )
