"""Names of money, banks and days in templates."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.translation import gettext as _

from jangteo.domains.settlement.business_days import korean_date
from jangteo.domains.settlement.models import SettlementRun
from jangteo.faces._parts.words.banks import bank_words
from jangteo.faces._parts.words.money_names import funder_words, gateway_words, tender_words
from jangteo.faces._parts.words.times import day_words
from jangteo.kernel import clock

register = template.Library()
register.filter("tender", tender_words)
register.filter("gateway", gateway_words)
register.filter("funder", funder_words)


@register.filter
def bank(code: str) -> str:
    """신한은행."""
    return str(bank_words(code))


@register.filter
def day(when: date | None) -> str:
    """오늘, 내일, or 11월 25일 (수), by the Korean calendar day."""
    return "" if when is None else day_words(when, korean_date(clock.now()))


@register.filter
def period(run: SettlementRun) -> str:
    """11월 18일 (수) ~ 11월 20일 (금), or the one day."""
    if run.first == run.last:
        return day(run.first)
    return _("%(first)s ~ %(last)s") % {"first": day(run.first), "last": day(run.last)}


@register.filter
def minus(amount: int) -> int:
    """The amount as it is taken off."""
    return -amount
