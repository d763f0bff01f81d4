"""What was just done to the life of prices, with the way back beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jangteo.domains.catalog.models import Good
from jangteo.faces._parts.words.times import hour_words
from jangteo.faces.merchant.done import SAID_FOR, Done, is_number
from jangteo.faces.merchant.prices import ENDED
from jangteo.kernel import clock

MOST_KEPT = 200


def done_with_prices(goods: Iterable[Good], told: Mapping[str, str]) -> Done | None:
    """What happened in the last minute: prices kept as they were, a price named again, or another life of a price.

    None for anything else, whatever the address says.
    """
    lately = {str(good.pk): good for good in goods if clock.now() - good.changed_at <= SAID_FOR}
    if told.get("kept"):
        return _kept([lately[pk] for pk in told["kept"].split(",")[:MOST_KEPT] if pk in lately])
    good = lately.get(told.get("did", ""))
    if good is None:
        return None
    if told.get("life") in Good.PriceLife.values:
        return Done(
            _LIVES[Good.PriceLife(good.price_life)](good),
            reverse("merchant:price_life", args=[good.pk]),
            _life(told["life"]),
        )
    if told.get("back") in (ENDED, Good.PriceLife.ASKED) and is_number(told.get("was", "")):
        words = _("%(name)s, 오늘 %(won)s원에 팔아요.") % {"name": good.name, "won": f"{good.price_won:,}"}
        undo = (("price_won", told["was"]), ("sure", "on"), ("back", told["back"]))
        return Done(words, reverse("merchant:price", args=[good.pk]), undo)
    return None


def _kept(goods: list[Good]) -> Done | None:
    selling = [good for good in goods if not good.price_ended(clock.now())]
    if not selling:
        return None
    facts = {"name": selling[0].name, "won": f"{selling[0].price_won:,}", "n": len(selling)}
    words = ngettext("%(name)s, 그대로 %(won)s원에 팔아요.", "%(name)s 등 %(n)s가지, 값 그대로 팔아요.", len(selling))
    return Done(words % facts, reverse("merchant:prices_back"), tuple(("good", str(good.pk)) for good in selling))


def _life(life: str) -> tuple[tuple[str, str], ...]:
    return (("life", life),)


def _stands(good: Good) -> str:
    return _("%(name)s, 바꿀 때까지 이 값이에요.") % {"name": good.name}


def _today(good: Good) -> str:
    hour = hour_words(_closing_of(good).astimezone(clock.KST).time())
    return _("%(name)s, %(hour)s까지 이 값이에요.") % {"name": good.name, "hour": hour}


def _closing_of(good: Good) -> datetime:
    """When a price of today ends; the database has no such price without it."""
    return good.price_until or clock.now()


def _asked(good: Good) -> str:
    return _("%(name)s, 시가로 해 뒀어요. 손님이 물어보고 사요.") % {"name": good.name}


_LIVES = {Good.PriceLife.STANDING: _stands, Good.PriceLife.TODAY: _today, Good.PriceLife.ASKED: _asked}
