"""The shop's own words in templates."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language

from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.queries import PartView
from jangteo.domains.payments.gateways import way_key
from jangteo.domains.payments.models import Payment
from jangteo.faces._parts.words.counting import counted, native
from jangteo.faces._parts.words.names import marked_korean
from jangteo.faces.shop.order_words import PART_WORDS, REFUSE_WORDS, Label, order_label
from jangteo.faces.shop.ways import WayWords, words_of

register = template.Library()
register.filter("order_label", order_label)


@register.filter
def part_label(part: PartView) -> Label:
    return PART_WORDS[part.state]


@register.filter
def refuse_words(part: PartView) -> Promise | str:
    return REFUSE_WORDS.get(part.refuse_reason, "")


@register.filter
def title(good: Good) -> str:
    """Name and unit read together; the English name has its unit in it."""
    if get_language() == "en" and good.name_en:
        return good.name_en
    return f"{good.name} {good.unit}"


@register.filter
def count_word(number: int) -> str:
    """세 in 세 가게; digits in other languages."""
    return native(number) if get_language() == "ko" else str(number)


@register.filter
def way_words(payment: Payment) -> WayWords:
    """What the payment's way is called."""
    return words_of(way_key(payment.gateway, payment.pay_by))


@register.simple_tag
def line_title(name: str, unit: str, quantity: int) -> str:
    """갈치 2마리, 참조기 3마리 × 2."""
    return marked_korean(counted(name, unit, quantity))
