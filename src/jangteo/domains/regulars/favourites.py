"""What somebody has given a heart, and what is new there today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Q

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Stall
from jangteo.domains.regulars.models import Favourite
from jangteo.kernel import tenancy

MOST = 60
NEW_FOR = timedelta(days=1)
MOST_NEWS = 8


@dataclass(frozen=True, slots=True)
class Hearts:
    """Numbers of stalls and goods, in the order in which they got their heart, the newest last."""

    stalls: tuple[int, ...] = ()
    goods: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stalls or self.goods)

    def with_stall(self, stall_id: int, wanted: bool) -> Hearts:
        return Hearts(_set(self.stalls, stall_id, wanted), self.goods)

    def with_good(self, good_id: int, wanted: bool) -> Hearts:
        return Hearts(self.stalls, _set(self.goods, good_id, wanted))


def _set(numbers: Sequence[int], number: int, wanted: bool) -> tuple[int, ...]:
    others = [one for one in numbers if one != number]
    return tuple([*others, number] if wanted else others)[-MOST:]


def hearts_of(user_id: int) -> Hearts:
    """Those of an account in this market. One query."""
    rows = list(Favourite.objects.filter(user_id=user_id).order_by("pk").values_list("stall_id", "good_id"))
    goods = tuple(good for _stall, good in rows if good is not None)
    return Hearts(tuple(stall for stall, good in rows if good is None)[-MOST:], goods[-MOST:])


def has_heart(user_id: int, *, stall_id: int, good_id: int | None = None) -> bool:
    """Whether the account has given this stall, or this good, a heart. One query."""
    which = Q(good=None) if good_id is None else Q(good_id=good_id)
    return Favourite.objects.filter(which, user_id=user_id, stall_id=stall_id).exists()


def people_who_like(stall_id: int) -> int:
    """How many accounts have given the stall or something of it a heart."""
    return Favourite.objects.filter(stall_id=stall_id).values("user_id").distinct().count()


class What(StrEnum):
    """`flash`: will cost less for a while today (떨이). `cheaper`: than it was. `fresh`: new on the shelf."""

    FLASH = "flash"
    CHEAPER = "cheaper"
    FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class StallNews:
    """One line of news about a good; `was_won` is what it cost before, `at` when a price to come begins."""

    what: What
    good_id: int
    good_name: str
    unit: str
    price_won: int
    was_won: int
    at: datetime


@dataclass(frozen=True, slots=True)
class MyStall:
    """A favourite stall with its news of today, the best first."""

    id: int
    name: str
    code: str
    door: str
    news: tuple[StallNews, ...] = ()


# One statement for the front page: stalls with a heart, or of a good with one, each with what changed on its shelf.
_NEWS = """
WITH mine AS (
  SELECT stall_id AS id FROM regulars_favourite WHERE user_id = %(user)s AND market_id = %(market)s
  UNION SELECT unnest(%(stalls)s::bigint[])
  UNION SELECT stall_id FROM catalog_good WHERE id = ANY(%(goods)s::bigint[]) AND market_id = %(market)s
), changed AS (
  SELECT good.stall_id, CASE WHEN before.price_won IS NULL THEN 'fresh' ELSE 'cheaper' END AS what,
    good.id, good.name, good.unit, good.price_won, before.price_won AS was_won, last.at
  FROM catalog_good good
  JOIN LATERAL (
    SELECT id, at FROM catalog_pricechange WHERE good_id = good.id ORDER BY id DESC LIMIT 1
  ) last ON last.at >= %(since)s
  LEFT JOIN LATERAL (
    SELECT price_won FROM catalog_pricechange WHERE good_id = good.id AND id < last.id ORDER BY id DESC LIMIT 1
  ) before ON TRUE
  WHERE good.stall_id IN (SELECT id FROM mine) AND good.state = 'on_sale' AND good.price_life <> 'asked'
    AND (good.price_until IS NULL OR good.price_until > %(now)s)
    AND (before.price_won IS NULL OR before.price_won > good.price_won)
  UNION ALL
  SELECT flash.stall_id, 'flash', good.id, good.name, good.unit, flash.price_won, good.price_won, flash.starts_at
  FROM events_flashsale flash JOIN catalog_good good ON good.id = flash.good_id
  WHERE flash.stall_id IN (SELECT id FROM mine) AND flash.state = 'coming' AND flash.starts_at < %(until)s
)
SELECT stall.id, stall.name, stall.code, stall.door,
  changed.what, changed.id, changed.name, changed.unit, changed.price_won, changed.was_won, changed.at
FROM markets_stall stall
LEFT JOIN changed ON changed.stall_id = stall.id
WHERE stall.market_id = %(market)s AND stall.id IN (SELECT id FROM mine)
ORDER BY stall.id, array_position(ARRAY['flash', 'cheaper', 'fresh'], changed.what),
  changed.was_won - changed.price_won DESC NULLS LAST, changed.at DESC
"""


def news_of(hearts: Hearts, user_id: int | None, now: datetime) -> list[MyStall]:
    """Today's news of favourite stalls in the market in scope: those with the most news first, open before closed.

    One query; none for a guest without a heart.
    """
    if not hearts and user_id is None:
        return []
    asked = {
        "user": user_id,
        "market": tenancy.current().market_id,
        "stalls": list(hearts.stalls),
        "goods": list(hearts.goods),
        "since": now - NEW_FOR,
        "now": now,
        "until": now + NEW_FOR,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEWS, asked)
        stalls = _gathered(cursor.fetchall())
    return sorted(stalls, key=lambda stall: (stall.door != Stall.Door.OPEN, -len(stall.news), stall.id))


def _gathered(rows: Iterable[tuple[Any, ...]]) -> list[MyStall]:
    found: dict[int, MyStall] = {}
    for stall_id, name, code, door, what, *good in rows:
        stall = found.setdefault(stall_id, MyStall(stall_id, name, code, door))
        if what is not None and len(stall.news) < MOST_NEWS:
            good_id, good_name, unit, price_won, was_won, at = good
            one = StallNews(What(what), good_id, good_name, unit, price_won, was_won or 0, at)
            found[stall_id] = replace(stall, news=(*stall.news, one))
    return list(found.values())


def goods_with_heart(hearts: Hearts) -> list[Good]:
    """The goods themselves, as a shopper may see them; the newest heart first. One query."""
    found = {good.pk: good for good in Good.objects.select_related("stall", "kind").filter(pk__in=hearts.goods)}
    shown = [found[pk] for pk in reversed(hearts.goods) if pk in found]
    return [good for good in shown if good.state != Good.State.HIDDEN]
