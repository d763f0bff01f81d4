"""Placing an order in one call, reading it by its secret token, taking it back."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Router

from jangteo.domains.delivery.queries import promise_of
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.errors import BadTime, CardNotTaken
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.queries import OrderView, order_by_token, pickup_times
from jangteo.domains.ordering.rules import PICKUP_LEAD
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.ordering.wanted import PlacedOrder, plain_phone
from jangteo.domains.payments.gateways import way_of
from jangteo.domains.payments.queries import payment_for
from jangteo.faces.api import limits, shapes, telling
from jangteo.faces.api.asked import MarketSlug, OrderAsked, OrderToken, TimedOrder
from jangteo.faces.api.auth import GUEST, BuyerRequest, Customer, CustomerToken, guest
from jangteo.faces.api.documented import IDEMPOTENCY_KEY, errors
from jangteo.faces.api.moneys import order_moneys, placed_moneys
from jangteo.faces.api.refusals import NothingHere, TokenOther
from jangteo.faces.api.telling import told
from jangteo.faces.api.views.browse import market_at
from jangteo.faces.api.wanted import telling_of_windows, timed, wave_of
from jangteo.kernel import clock
from jangteo.kernel.idempotency import KeyMissing
from jangteo.kernel.tenancy import in_market

FARTHEST = timedelta(days=366)
_KEY = re.compile(r"[!-~]{8,100}")

router = Router(tags=["orders"])
NOT_FOUND, CONFLICT, TOO_OFTEN = HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS


@router.post(
    "/{slug:slug}/orders/",
    response={201: shapes.PlacedShape},
    auth=[CustomerToken(), guest],
    operation_id="place_order",
    summary="Place an order over any number of stalls",
    description="Guests may order; with a customer's token the order is the customer's. All lines are placed or none. "
    "`moneys` are used as far as they save most; the answer says what each pays, or why it pays nothing. A market that "
    "delivers by windows says them in `list_windows`, with the fee to agree to.",
    openapi_extra=errors(NOT_FOUND, CONFLICT, token=True, body=True, parameters=[IDEMPOTENCY_KEY], security=[{}]),
)
def place(request: BuyerRequest, slug: MarketSlug, asked: OrderAsked) -> HttpResponse:
    market = market_at(slug)
    buyer = request.auth
    if isinstance(buyer, Customer) and buyer.market.pk != market.pk:
        raise TokenOther
    key = _key(request)
    limits.ORDERS_OF_ADDRESS.count(limits.address(request))
    limits.ORDERS_OF_PHONE.count(plain_phone(asked.phone))
    with telling_of_windows(asked):
        wanted = _wanted(market, asked)
        placed = place_order(market=market, actor=buyer.actor, wanted=wanted, key=key, user_id=buyer.user_id)
    with in_market(market.pk):
        return _told_placed(request, slug, placed)


@router.get(
    "/{slug:slug}/orders/{slug:token}/",
    response=shapes.OrderShape,
    url_name="order",
    operation_id="read_order",
    summary="The order that a token opens",
    openapi_extra=errors(NOT_FOUND, TOO_OFTEN),
)
def order(request: HttpRequest, slug: MarketSlug, token: OrderToken) -> HttpResponse:
    with in_market(market_at(slug).pk):
        return _told_order(request, slug, _order(request, token))


@router.post(
    "/{slug:slug}/orders/{slug:token}/cancel/",
    response=shapes.OrderShape,
    url_name="cancel_order",
    operation_id="cancel_order",
    summary="Take the order back before any stall has begun",
    description="Cancelling twice changes nothing. Goods go back in stock, card money goes back to the card.",
    openapi_extra=errors(NOT_FOUND, CONFLICT, TOO_OFTEN, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
)
def cancel(request: HttpRequest, slug: MarketSlug, token: OrderToken) -> HttpResponse:
    market = market_at(slug)
    with in_market(market.pk):
        found = _order(request, token)
        cancel_order(market=market, actor=GUEST.actor, order_id=found.order.pk)
        return _told_order(request, slug, _order(request, token))


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise KeyMissing
    return key


def _wanted(market: Market, asked: OrderAsked) -> TimedOrder:
    """Raises CardNotTaken for a way that is not offered, BadTime."""
    if asked.tender == "card" and way_of(asked.way) is None:
        raise CardNotTaken
    wave_id = wave_of(market, asked)
    return timed(asked, _time(market, asked.wanted_at) if wave_id is None else clock.now(), wave_id)


def _time(market: Market, asked: datetime | None) -> datetime:
    """The soonest time, or the asked one if the market offers it. Raises BadTime.

    A time that has passed meanwhile is let through: placing refuses it, but answers a repeat of an earlier order.
    """
    now = clock.now()
    if asked is None:
        asked = next(iter(pickup_times(market, now)), None)
    elif abs(asked - now) > FARTHEST or asked not in pickup_times(market, min(now, asked - PICKUP_LEAD)):
        asked = None
    if asked is None:
        raise BadTime
    return asked


def _order(request: HttpRequest, token: str) -> OrderView:
    """The order of the market in scope. Guessing tokens is counted. Raises NothingHere."""
    view = order_by_token(token)
    if view is None:
        limits.WRONG_SECRETS.count(limits.address(request))
        raise NothingHere
    return view


def _told_placed(request: HttpRequest, slug: str, placed: PlacedOrder) -> HttpResponse:
    links = telling.links_shape(request, slug, placed.token, to_pay=placed.state == OrderState.AWAITING_PAYMENT)
    shape = telling.placed_shape(placed, placed_moneys(placed), links)
    return told(shape, HTTPStatus.CREATED, {"Location": links["self"]})


def _told_order(request: HttpRequest, slug: str, view: OrderView) -> HttpResponse:
    payment = payment_for(view.order.ref) if view.order.tender == "card" else None
    said = promise_of(view.order.pk) if view.order.fulfil == Order.Fulfil.DELIVER else None
    found = order_moneys(view)
    shape: shapes.OrderShape = {
        **telling.order_brief_shape(request, slug, view),
        "payment": None if payment is None else telling.payment_shape(payment),
        "promised": None if said is None else telling.promise_shape(said),
        "moneys": found.moneys,
        "refunds": found.refunds,
    }
    return told(shape)
