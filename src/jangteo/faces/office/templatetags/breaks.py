"""A break in words."""

from __future__ import annotations

from django import template

from jangteo.domains.settlement.models import Break, GatewayDay
from jangteo.faces.office.money_words import ADVICE, KINDS, NOTES, TROUBLES, age_of

register = template.Library()
register.filter("break_age", age_of)


@register.filter
def break_kind(one: Break) -> str:
    """What does not agree."""
    return str(KINDS[one.kind])


@register.filter
def break_advice(one: Break) -> str:
    """What to do about it."""
    return str(ADVICE[one.kind])


@register.filter
def break_note(one: Break) -> str:
    """How it was solved, as a person wrote it or by itself."""
    return str(NOTES.get(one.note, one.note))


@register.filter
def report_trouble(one: GatewayDay) -> str:
    """Why a gateway's report of a day is not all there."""
    return str(TROUBLES[one.trouble])
