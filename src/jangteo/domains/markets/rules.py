"""What a market may be called, how its stripe must look, and what it starts with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.romanise import romanise

LONGEST_SLUG = 40
LEAST_CONTRAST = 3.0
GROUND = "#F7F7F2"  # the rice-white that every page stands on

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_ENDING = re.compile(r"(?:전통|재래|종합)?시장$")


@dataclass(frozen=True, slots=True)
class StarterKind:
    """`tint` names the quiet ground behind the kind's pictures."""

    key: str
    name: str
    name_en: str
    tint: str


STARTER_KINDS = (
    StarterKind("fish", "생선", "Fish", "sea"),
    StarterKind("dried", "건어물", "Dried seafood", "sea"),
    StarterKind("vegetable", "채소", "Vegetables", "leaf"),
    StarterKind("fruit", "과일", "Fruit", "fruit"),
    StarterKind("meat", "정육", "Butcher", "meat"),
    StarterKind("poultry", "닭·달걀", "Chicken & eggs", "egg"),
    StarterKind("tofu", "두부·콩나물", "Tofu & sprouts", "egg"),
    StarterKind("banchan", "반찬", "Side dishes", "dish"),
    StarterKind("ricecake", "떡·만두·빵", "Rice cakes & dumplings", "grain"),
    StarterKind("grain", "곡물·기름", "Grain & oil", "grain"),
    StarterKind("home", "살림·옷", "Household & clothes", "house"),
    StarterKind("flower", "꽃·약초", "Flowers & herbs", "bloom"),
)
STARTER_STREET = ("시장 길", "Market street", "#1B56A8")
# Awning sheets of the streets, in the order they are given out; each is seen on white.
STREET_COLOURS = ("#1B56A8", "#0B6B45", "#A8321B", "#7A5200", "#6B3FA0", "#0E7490", "#B0306A", "#5C6861")


def is_slug(text: str) -> bool:
    """True for what can stand in an address: small letters, digits and inner hyphens, at most 40."""
    return _SLUG.fullmatch(text) is not None


def slugs_for(name: str, city: str, code: str) -> list[str]:
    """Addresses to try for a market, the best first: jungang, gangneung-jungang, and its code, which is always free."""
    plain = re.sub(r"\(.*?\)", "", unicodedata.normalize("NFKC", name)).strip()
    short = romanise(_ENDING.sub("", plain)) or romanise(name)
    town = romanise(re.sub("[시군구]$", "", city) if len(city) > 2 else city)
    tries = [short, "-".join(part for part in (town, short) if part), code]
    return [slug for slug in (text[:LONGEST_SLUG].strip("-") for text in tries) if is_slug(slug)]


def is_colour(text: str) -> bool:
    """True for #RRGGBB."""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (#RRGGBB) as WCAG 2.2 counts it: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def stripe_contrast(one: str, other: str) -> float:
    """How well a striped awning is seen: its colours against each other, or the fainter of them against the ground."""
    return max(contrast(one, other), min(contrast(one, GROUND), contrast(other, GROUND)))


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def opening_hours(cycle: Cycle | None) -> tuple[time, time]:
    """Hours to start with. A market that stands only on its 장날 has packed up in the afternoon."""
    return (time(7), time(15)) if cycle is not None and not cycle.daily else (time(7), time(20))


def street_colour(taken: Collection[str]) -> str:
    """The first colour that no street of the market has; with all of them given out it begins anew."""
    free = (colour for colour in STREET_COLOURS if colour not in taken)
    return next(free, STREET_COLOURS[len(taken) % len(STREET_COLOURS)])
