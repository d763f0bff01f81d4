"""Keys of the helping domain in words."""

from __future__ import annotations

from django import template

from jangteo.faces._parts.words.help_words import STUCK, WHAT

register = template.Library()


@register.filter
def stuck_words(key: str) -> str:
    """What was in the way at a visit."""
    return str(STUCK.get(key, key))


@register.filter
def what_words(key: str) -> str:
    """What a call was about."""
    return str(WHAT.get(key, key))
