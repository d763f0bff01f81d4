"""Finding a listed market by what a person types: its code, or something like its name."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from jangteo.domains.markets.models import Market
from jangteo.domains.markets.national.identity import name_key

LEAST_LIKENESS = 0.6
MOST_LIKE = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A market to choose from; `address` is the road address, or the lot address where there is none."""

    code: str
    name: str
    address: str


def market_by_code(typed: str) -> Market | None:
    """The market with this code, however its letters and spaces were typed."""
    code = "".join(unicodedata.normalize("NFKC", typed).split()).lower()
    return Market.objects.filter(code=code).first()


def near_markets(typed: str, most: int) -> list[Found]:
    """Markets that hold every word typed in name, address or code; where none does, a few with a like name or code."""
    words = [word for word in map(name_key, typed.split()) if word]
    if not words:
        return []
    markets = [
        Found(code, name, road or lot)
        for code, name, road, lot in Market.objects.order_by("name", "code").values_list(
            "code", "name", "address_road", "address_lot"
        )
    ]
    holding = [one for one in markets if all(word in name_key(one.name + one.address + one.code) for word in words)]
    if holding:
        return sorted(holding, key=lambda one: len(one.name))[:most]
    wanted = "".join(words)
    ranked = sorted(markets, key=lambda one: -_likeness(wanted, one))
    return [one for one in ranked[: min(most, MOST_LIKE)] if _likeness(wanted, one) >= LEAST_LIKENESS]


def _likeness(wanted: str, market: Found) -> float:
    """The share of letters in common, 0 to 1, with the name or the code."""
    matchers = (SequenceMatcher(None, wanted, name_key(text)) for text in (market.name, market.code))
    return max(matcher.ratio() if matcher.quick_ratio() >= LEAST_LIKENESS else 0.0 for matcher in matchers)
