"""What is for sale, where and when. Open to everybody."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from jangteo.domains.catalog.price_list import GoodRow, rows_after, rows_of
from jangteo.domains.catalog.queries import kinds_with_goods, search_goods
from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.queries import offers, pickable_places
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import open_market, open_markets, streets_of_stalls
from jangteo.domains.ordering.queries import pickup_times
from jangteo.domains.payments.gateways import offered
from jangteo.domains.stock.queries import left_of
from jangteo.faces.api import shapes, telling
from jangteo.faces.api.asked import GoodsAsked, Id, MarketSlug, WindowsAsked
from jangteo.faces.api.cursors import DEFAULT_LIMIT, Cursor, Limit, cut, encode, place_of
from jangteo.faces.api.documented import errors
from jangteo.faces.api.refusals import NothingHere
from jangteo.faces.api.telling import told
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market

MOST_FOUND = 200

router = Router(tags=["browse"])
NOT_FOUND, INVALID = HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY


def market_at(slug: str) -> Market:
    """The running market. Raises NothingHere."""
    market = open_market(slug)
    if market is None:
        raise NothingHere
    return market


@router.get(
    "/",
    response=shapes.Page[shapes.MarketShape],
    operation_id="list_markets",
    summary="Running markets",
    openapi_extra=errors(INVALID),
)
def markets(request: HttpRequest, cursor: Cursor = "", limit: Limit = DEFAULT_LIMIT) -> HttpResponse:
    now = clock.now()
    page, following = cut(list(open_markets()), place_of(cursor), limit)
    return told({"items": [telling.market_shape(market, now) for market in page], "next_cursor": following})


@router.get(
    "/{slug:slug}/",
    response=shapes.MarketDetailShape,
    operation_id="read_market",
    summary="A market with its hours, today's calendar and its kinds of goods",
    openapi_extra=errors(NOT_FOUND),
)
def market(request: HttpRequest, slug: MarketSlug) -> HttpResponse:
    found = market_at(slug)
    with in_market(found.pk):
        kinds = kinds_with_goods()
    return told(telling.market_detail_shape(found, clock.now(), kinds, [way.key for way in offered()]))


@router.get(
    "/{slug:slug}/times/",
    response=shapes.TimesShape,
    operation_id="list_times",
    summary="Times at which an order may be wanted",
    openapi_extra=errors(NOT_FOUND),
)
def times(request: HttpRequest, slug: MarketSlug) -> HttpResponse:
    return told({"items": [telling.moment(each) for each in pickup_times(market_at(slug), clock.now())]})


@router.get(
    "/{slug:slug}/windows/",
    response=shapes.WindowsShape,
    operation_id="list_windows",
    summary="Windows in which an order can be brought, where to and for how much",
    description="With an `address` or a `place_id` it also says whether that is delivered to.",
    openapi_extra=errors(NOT_FOUND, INVALID),
)
def windows(request: HttpRequest, slug: MarketSlug, asked: Query[WindowsAsked]) -> HttpResponse:
    market = market_at(slug)
    to = Address(asked.address, asked.place_id or 0) if asked.address.strip() or asked.place_id else None
    with in_market(market.pk):
        return told(telling.windows_shape(pickable_places(), offers(market, to, asked.goods_won, clock.now())))


@router.get(
    "/{slug:slug}/stalls/",
    response=shapes.Page[shapes.StallShape],
    operation_id="list_stalls",
    summary="Stalls, street by street from the gate inwards",
    openapi_extra=errors(NOT_FOUND, INVALID),
)
def stalls(request: HttpRequest, slug: MarketSlug, cursor: Cursor = "", limit: Limit = DEFAULT_LIMIT) -> HttpResponse:
    with in_market(market_at(slug).pk):
        every = [stall for street in streets_of_stalls() for stall in street.stalls]
    page, following = cut(every, place_of(cursor), limit)
    return told({"items": [telling.stall_shape(stall) for stall in page], "next_cursor": following})


@router.get(
    "/{slug:slug}/goods/",
    response=shapes.Page[shapes.GoodShape],
    operation_id="list_goods",
    summary="Goods by kind, by stall or by a search",
    description="Without `q` in the order they were put up, so that a program can read them all; with `q` the best "
    f"match first, {MOST_FOUND} at the most.",
    openapi_extra=errors(NOT_FOUND, INVALID),
)
def goods(request: HttpRequest, slug: MarketSlug, asked: Query[GoodsAsked]) -> HttpResponse:
    with in_market(market_at(slug).pk):
        rows, following = _found(asked) if asked.q.strip() else _listed(asked)
        left = left_of([row.id for row in rows]) if rows else {}
    return told({"items": [telling.good_shape(row, left.get(row.id)) for row in rows], "next_cursor": following})


def _listed(asked: GoodsAsked) -> tuple[list[GoodRow], str | None]:
    rows = rows_after(place_of(asked.cursor), asked.limit + 1, kind=asked.kind, stall_code=asked.stall)
    page = rows[: asked.limit]
    return page, encode(page[-1].id) if len(rows) > asked.limit else None


def _found(asked: GoodsAsked) -> tuple[list[GoodRow], str | None]:
    wanted = [
        good.pk
        for good in search_goods(asked.q, MOST_FOUND).goods
        if asked.kind in ("", good.kind.key) and asked.stall in ("", good.stall.code)
    ]
    page, following = cut(wanted, place_of(asked.cursor), asked.limit)
    rows = rows_of(page) if page else {}
    return [rows[good_id] for good_id in page if good_id in rows], following


@router.get(
    "/{slug:slug}/goods/{int:good_id}/",
    response=shapes.GoodShape,
    operation_id="read_good",
    summary="One good as it is sold now",
    openapi_extra=errors(NOT_FOUND),
)
def good(request: HttpRequest, slug: MarketSlug, good_id: Id) -> HttpResponse:
    with in_market(market_at(slug).pk):
        row = rows_of([good_id]).get(good_id)
        if row is None:
            raise NothingHere
        return told(telling.good_shape(row, left_of([good_id]).get(good_id)))
