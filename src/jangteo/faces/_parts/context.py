"""How this person wants to see pages. Kept in cookies, so that it works before and without signing in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

MODE_COOKIE = "mode"
CONTRAST_COOKIE = "contrast"
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Look:
    """`here` is the address to come back to after switching."""

    easy: bool
    high_contrast: bool
    language: str
    here: str


def look(request: HttpRequest) -> dict[str, object]:
    """The context processor: `look` in every template."""
    return {"look": worn(request)}


def worn(request: HttpRequest) -> Look:
    """The look that was asked for."""
    return Look(
        easy=request.COOKIES.get(MODE_COOKIE) == "easy",
        high_contrast=request.COOKIES.get(CONTRAST_COOKIE) == "high",
        language=get_language() or "ko",
        here=request.get_full_path(),
    )
