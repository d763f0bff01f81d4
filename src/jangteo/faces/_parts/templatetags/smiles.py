"""Stars as faces, and what people call them."""

from __future__ import annotations

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.functional import Promise
from django.utils.html import format_html

from jangteo.faces._parts.words.review_words import (
    CLAIMS,
    FACE_OF,
    INQUIRY_STATES,
    STALL_STATES,
    STARS,
    SUSPICIONS,
    WHY_HIDDEN,
)
from jangteo.kernel.masking import name as masked_name

register = template.Library()
register.filter("masked", masked_name)


@register.simple_tag
def smile(stars: int, size: str = "") -> str:
    """The face for one to five stars; `size` "l" is large. Its word stands beside it."""
    address = f"{staticfiles_storage.url('smiles.svg')}#{FACE_OF[int(stars)]}"
    classes = f"smile smile-{size}" if size else "smile"
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', classes, address)


@register.filter
def star_words(stars: int) -> Promise:
    return STARS[stars]


@register.filter
def why_hidden(reason: str) -> Promise | str:
    return WHY_HIDDEN.get(reason, "")


@register.filter
def suspicion_words(found: str) -> Promise | str:
    return SUSPICIONS.get(found, "")


@register.filter
def claim_words(why: str) -> Promise | str:
    return CLAIMS.get(why, "")


@register.filter
def inquiry_label(state: str) -> tuple[Promise, str]:
    """How it stands in the customer's words, with the kind of its pill."""
    return INQUIRY_STATES[state]


@register.filter
def stall_label(state: str) -> tuple[Promise, str]:
    """The same in the stall's words."""
    return STALL_STATES[state]
