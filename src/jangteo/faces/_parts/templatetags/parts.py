"""Numbers, weights and times the way people read them."""

from __future__ import annotations

from datetime import date, datetime, time

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.template import Context
from django.utils.translation import gettext as _

from jangteo.faces._parts.words.errors import sentence as _sentence
from jangteo.faces._parts.words.names import local_name, marked_korean
from jangteo.faces._parts.words.times import date_words, hour_words, when_words
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

register = template.Library()
register.filter("local", local_name)
register.filter("ko", marked_korean)

GRAMS_PER_KILO = 1000


@register.filter
def won(amount: int | None) -> str:
    """12345 as 12,345; nothing for None."""
    return "" if amount is None else f"{amount:,}"


@register.filter
def grams(weight: int | None) -> str:
    """600 as 600g, 1250 as 1.25kg."""
    if weight is None:
        return ""
    if weight < GRAMS_PER_KILO:
        return f"{weight}g"
    kilos = f"{weight // GRAMS_PER_KILO}.{weight % GRAMS_PER_KILO:03d}".rstrip("0").rstrip(".")
    return f"{kilos}kg"


@register.filter
def hours(moment: time | datetime | None) -> str:
    """The time of day in words. A datetime is taken in Korea."""
    if moment is None:
        return ""
    return hour_words(moment.astimezone(clock.KST).time() if isinstance(moment, datetime) else moment)


@register.filter
def when(moment: datetime | None) -> str:
    """Day and time in words."""
    return "" if moment is None else when_words(moment, clock.now())


@register.filter
def day(moment: date | datetime | None) -> str:
    """2026-11-25, or a moment of that day in Korea, as 11월 25일."""
    if moment is None:
        return ""
    local = moment.astimezone(clock.KST).date() if isinstance(moment, datetime) else moment
    return date_words(local, clock.now().astimezone(clock.KST).date())


@register.filter
def until(starts: datetime, ends: datetime) -> str:
    """From then until then; the day is said once where it is the same."""
    same = starts.astimezone(clock.KST).date() == ends.astimezone(clock.KST).date()
    return f"{when(starts)} ~ {hours(ends) if same else when(ends)}"


@register.filter
def phone(digits: str) -> str:
    """01012345678 as 010-1234-5678, 0212345678 as 02-1234-5678."""
    if not digits.isdigit() or len(digits) < 8:
        return digits
    head = 2 if digits.startswith("02") else 3
    if len(digits) == 8:
        return f"{digits[:4]}-{digits[4:]}"
    return f"{digits[:head]}-{digits[head:-4]}-{digits[-4:]}"


@register.filter
def unbroken(number: str) -> str:
    """A telephone number that stays on one line, for buttons."""
    return number.replace("-", "\u2011")


@register.filter
def sentence(refused: Refused) -> str:
    """What to tell a person about a refusal."""
    return _sentence(refused)


@register.simple_tag
def picture(name: str) -> str:
    """The address of a good's picture, "" where there is none."""
    try:
        return staticfiles_storage.url(f"goods/{name}.webp")
    except ValueError:
        return ""


@register.simple_tag
def won_words(amount: int, *, about: bool = False) -> str:
    """8,000원, or 8,000원쯤 for an amount that the scale decides."""
    facts = {"amount": f"{amount:,}"}
    return _("%(amount)s원쯤") % facts if about else _("%(amount)s원") % facts


@register.simple_tag(takes_context=True)
def live_url(context: Context) -> str:
    """The address of the live stream: the configured one, else its port on the host of this request."""
    if settings.LIVE_URL:
        return str(settings.LIVE_URL)
    request: HttpRequest = context["request"]
    host, _port = split_domain_port(request.get_host())
    return f"{request.scheme}://{host}:{settings.LIVE_PORT}/"
