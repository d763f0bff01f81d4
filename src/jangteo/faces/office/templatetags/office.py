"""Looking things up in a template, and numbers that are read aloud."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from jangteo.faces._parts.words.tenders import scheme_name
from jangteo.faces._parts.words.times import month_name
from jangteo.faces.office.menu import menu_at
from jangteo.faces.office.sending_words import reason_words

register = template.Library()


@register.filter
def of(table: Mapping[object, object], key: object) -> object:
    """The value under a key that a template only knows as a variable, None where there is none."""
    return table.get(key)


register.simple_tag(menu_at, name="menu")
register.filter("month", month_name)
register.filter("scheme", scheme_name)
register.filter("payout_reason", reason_words)


@register.filter
def code(digits: str) -> str:
    """203616 as 203 616, the way it is said on the telephone."""
    return f"{digits[:3]} {digits[3:]}"
