"""Goods as shoppers and stalls look at them, in the market in scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import BooleanField, Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Value, When, Window

from jangteo.domains.catalog import hangul
from jangteo.domains.catalog.models import Good, PriceChange
from jangteo.domains.catalog.rules import allowed_slips, slips_within
from jangteo.domains.markets.models import Stall
from jangteo.kernel import clock
from jangteo.kernel.rows import Columns, Query

PAGE_SIZE = 24
FURTHEST_PAGE = 10_000
LONGEST_SEARCH = 40
LEAST_LIKENESS = 0.3
LIKELY = 80

_GOODS_BY_ID = Query(
    [Columns(Good, "good"), Columns(Stall, "stall")],
    """
    FROM catalog_good good JOIN markets_stall stall ON stall.id = good.stall_id
    WHERE good.id = ANY(%(ids)s) AND {scope}
    """,
    market="good.market_id",
    stall="good.stall_id",
)


class Sort(StrEnum):
    LIKED = "liked"
    CHEAP = "cheap"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind that has goods, and how many."""

    key: str
    name: str
    name_en: str
    goods: int


@dataclass(frozen=True, slots=True)
class GoodsPage:
    """One page of goods; `number` counts from 1 and is within `pages`."""

    goods: tuple[Good, ...]
    number: int
    pages: int
    total: int


class SearchedBy(StrEnum):
    WORD = "word"
    INITIALS = "initials"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought, best first. `guess` is the name that was meant, for a search by guess."""

    goods: tuple[Good, ...]
    by: SearchedBy
    guess: str = ""


def in_the_shop() -> Q:
    """What shoppers may see now: not put away, and of a price that still holds."""
    holds = Q(price_until__isnull=True) | Q(price_until__gt=clock.now())
    return ~Q(state=Good.State.HIDDEN) & holds


def shown_goods() -> QuerySet[Good]:
    """Everything that shoppers may see, with stalls and kinds."""
    return _with_places(Good.objects.filter(in_the_shop()))


def next_price_end() -> datetime | None:
    """When the next price in scope ends by itself: no news tell of it, so lasting screens look again at that moment."""
    first: datetime | None = Good.objects.filter(in_the_shop()).aggregate(first=Min("price_until"))["first"]
    return first


def ended_prices(stall_id: int, before: datetime) -> list[Good]:
    """Goods of a stall, in its own order, whose price ended before that moment and waits for an answer."""
    ended = Good.objects.filter(stall_id=stall_id, price_until__lte=before).exclude(state=Good.State.HIDDEN)
    return list(ended.order_by("position", "pk"))


def kinds_with_goods() -> list[KindCount]:
    """Kinds in their order, with how many goods each has. Kinds without goods are left out."""
    rows = Good.objects.filter(in_the_shop()).order_by("kind__position")
    counted = rows.values_list("kind__key", "kind__name", "kind__name_en").annotate(goods=Count("pk"))
    return [KindCount(*row) for row in counted]


def goods_page(*, kind: str = "", stall_code: str = "", sort: Sort = Sort.LIKED, number: int = 1) -> GoodsPage:
    """Goods of a kind and a stall ("" for all), those on sale first. A page number out of range gives the nearest."""
    rows = shown_goods()
    if kind:
        rows = rows.filter(kind__key=kind)
    if stall_code:
        rows = rows.filter(stall__code=stall_code)
    counted = _sorted(rows, sort).annotate(total=Window(Count("pk")))
    number = min(max(1, number), FURTHEST_PAGE)
    start = (number - 1) * PAGE_SIZE
    goods = tuple(counted[start : start + PAGE_SIZE])
    if goods:
        return GoodsPage(goods, number, -(-goods[0].total // PAGE_SIZE), goods[0].total)
    total = rows.count() if number > 1 else 0
    if not total:
        return GoodsPage((), 1, 1, 0)
    return goods_page(kind=kind, stall_code=stall_code, sort=sort, number=-(-total // PAGE_SIZE))


def goods_of_stall(stall_id: int) -> list[Good]:
    """What a stall sells, in the stall's own order, sold-out things last."""
    return list(shown_goods().filter(stall_id=stall_id).order_by(_SOLD_OUT_LAST, "position", "pk"))


def all_goods_of_stall(stall_id: int) -> list[Good]:
    """The stall's whole list with hidden goods, as the stall itself sees it."""
    return list(_with_places(Good.objects.all()).filter(stall_id=stall_id).order_by("position", "pk"))


def good_by_id(good_id: int) -> Good | None:
    """One good that is shown to shoppers."""
    return shown_goods().filter(pk=good_id).first()


def goods_by_id(good_ids: Collection[int]) -> dict[int, Good]:
    """Goods in scope with their stalls, hidden ones too."""
    found = {}
    for good, good.stall in _GOODS_BY_ID.rows(ids=list(good_ids)):
        found[good.pk] = good
    return found


def good_names(good_ids: Collection[int]) -> dict[int, str]:
    """Names with their units by id, also of goods that are put away."""
    rows = Good.objects.filter(pk__in=good_ids).values_list("pk", "name", "unit") if good_ids else ()
    return {pk: f"{name} {unit}" for pk, name, unit in rows}


def best_now(most: int) -> list[Good]:
    """Well-liked goods on sale at open stalls, at most one of a stall."""
    on_sale = Good.objects.filter(in_the_shop(), state=Good.State.ON_SALE, stall__door=Stall.Door.OPEN)
    one_per_stall = on_sale.order_by("stall_id", "-rank", "pk").distinct("stall_id")
    return list(shown_goods().filter(pk__in=one_per_stall.values("pk")).order_by("-rank", "pk")[:most])


def stalls_with_news(since: datetime) -> frozenset[int]:
    """Stalls that have changed the price of something on sale after it was put up, since then."""
    earlier = PriceChange.objects.filter(good=OuterRef("good"), pk__lt=OuterRef("pk"))
    changes = PriceChange.objects.filter(Exists(earlier), at__gte=since, good__in=Good.objects.all())
    on_sale = changes.filter(good__state=Good.State.ON_SALE)
    return frozenset(on_sale.values_list("good__stall_id", flat=True))


def search_goods(text: str, most: int = 60) -> Found:
    """Goods by a part of a word (Korean or English), by initial consonants, or by a word with a letter or so wrong."""
    typed = text[:LONGEST_SEARCH]
    if hangul.is_initials_query(typed):
        found = _containing("search_initials", hangul.initials_query(typed))
        return Found(tuple(found[:most]), SearchedBy.INITIALS)
    letters = hangul.jamo(typed)
    if not letters:
        return Found((), SearchedBy.WORD)
    goods = tuple(_containing("search_jamo", letters)[:most])
    if not goods and letters.isascii():
        goods = tuple(_containing("name_en", letters)[:most])
    if goods:
        return Found(goods, SearchedBy.WORD)
    return _guessed(letters, most)


_SOLD_OUT_LAST = Case(When(state=Good.State.SOLD_OUT, then=1), default=0)
_EACH_WON = Case(
    When(price_grams__isnull=False, then=F("price_won") * F("unit_grams") / F("price_grams")), default=F("price_won")
)
_ORDERS: dict[Sort, tuple[str, ...]] = {
    Sort.LIKED: ("-rank", "pk"),
    Sort.CHEAP: ("each_won", "pk"),
    Sort.NEW: ("-changed_at", "pk"),
}


def _with_places(rows: QuerySet[Good]) -> QuerySet[Good]:
    return rows.select_related("stall", "kind")


def _sorted(rows: QuerySet[Good], sort: Sort) -> QuerySet[Good]:
    return rows.annotate(each_won=_EACH_WON).order_by(_SOLD_OUT_LAST, *_ORDERS[sort])


def _containing(field: str, letters: str) -> QuerySet[Good]:
    """Every word of the search occurs; names that begin with the search come first."""
    # The search columns are lower case and indexed as they are; only English names need the slower comparison.
    contains, starts = ("icontains", "istartswith") if field == "name_en" else ("contains", "startswith")
    wanted = Q()
    for word in letters.split():
        wanted &= Q(**{f"{field}__{contains}": word})
    begins = Case(
        When(**{f"{field}__{starts}": letters}, then=Value(False)), default=Value(True), output_field=BooleanField()
    )
    return shown_goods().filter(wanted).order_by(_SOLD_OUT_LAST, begins, "-rank", "pk")


def _guessed(letters: str, most: int) -> Found:
    likeness = TrigramWordSimilarity(letters, "search_jamo")
    likely = shown_goods().annotate(likeness=likeness).filter(likeness__gte=LEAST_LIKENESS)
    goods = _nearest(letters, likely.order_by("-likeness", "-rank", "pk")[:LIKELY])[:most]
    return Found(tuple(goods), SearchedBy.GUESS, goods[0].name if goods else "")


def _nearest(letters: str, goods: Iterable[Good]) -> list[Good]:
    slips = [(slips_within(letters, hangul.jamo(good.name)), good) for good in goods]
    near = [pair for pair in slips if pair[0] <= allowed_slips(letters)]
    near.sort(key=lambda pair: (pair[1].state == Good.State.SOLD_OUT, pair[0], -pair[1].rank))
    return [good for _slips, good in near]
