"""Goods: today's price and sold-out, two taps each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.catalog.actions.end_prices import end_prices
from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_price_life import set_price_life
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces.merchant.arrivals import done_with_arrival
from jangteo.faces.merchant.done import done_with_good, done_with_photo, done_with_sheet
from jangteo.faces.merchant.forms import CountForm, PriceForm, SaleForm
from jangteo.faces.merchant.pages import page, posted
from jangteo.faces.merchant.price_done import done_with_prices
from jangteo.faces.merchant.prices import ENDED, dials, is_leap, way_back
from jangteo.faces.merchant.shelf import good_on_shelf, shelf
from jangteo.kernel import clock


@require_safe
@for_stall
def goods(request: HttpRequest, at: AtStall) -> HttpResponse:
    """All goods of the stall with price and a sold-out button each."""
    things = shelf(at.stall.pk)
    did, was, left = (request.GET.get(name, "") for name in ("did", "was", "left"))
    done = done_with_prices([thing.good for thing in things], request.GET)
    done = done or done_with_photo(things, did, request.GET.get("pic", "")) or done_with_good(things, did, was, left)
    done = done or done_with_arrival(at.stall.pk, request.GET)
    done = done or done_with_sheet(at.stall.pk, request.GET.get("sheet", ""))
    return page(request, at, "goods", things=things, done=done, did=did or request.GET.get("new", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def price(request: HttpRequest, at: AtStall, good_id: int) -> HttpResponse:
    """The price dial: one tap on a near price, or a number typed in. A leap is asked about first."""
    thing = good_on_shelf(at.stall.pk, good_id)
    form = PriceForm(posted(request))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, at, "price", thing=thing, form=form, dials=dials(thing.good.price_won), status=status)
    was, wanted = thing.good.price_won, form.cleaned_data["price_won"]
    if is_leap(was, wanted) and not form.cleaned_data["sure"]:
        return page(request, at, "leap", thing=thing, wanted_won=wanted, status=409)
    set_price(market=at.market, actor=at.actor, good_id=good_id, price_won=wanted)
    if form.cleaned_data["back"]:
        _undo(at, good_id, form.cleaned_data["back"])
        return HttpResponseRedirect(f"{reverse('merchant:goods')}#good-{good_id}")
    back = way_back(thing.good, clock.now())
    return _to_goods(good_id, f"&was={was}" + (f"&back={back}" if back else ""))


def _undo(at: AtStall, good_id: int, back: str) -> None:
    """The good had no price of today before, and has none again."""
    if back == ENDED:
        end_prices(market=at.market, actor=at.actor, good_ids=[good_id])
    else:
        life = Good.PriceLife.ASKED
        set_price_life(market=at.market, actor=at.actor, good_id=good_id, life=life)


@require_POST
@for_stall
def sale(request: HttpRequest, at: AtStall, good_id: int) -> HttpResponse:
    """Sold out, or on sale again."""
    form = SaleForm(request.POST)
    if form.is_valid():
        state = Good.State(form.cleaned_data["state"])
        set_sale_state(market=at.market, actor=at.actor, good_id=good_id, state=state)
    return _to_goods(good_id)


@require_POST
@for_stall
def count(request: HttpRequest, at: AtStall, good_id: int) -> HttpResponse:
    """How many can still be sold; what is held for a checkout is counted on top."""
    thing = good_on_shelf(at.stall.pk, good_id)
    form = CountForm(request.POST)
    if not form.is_valid():
        return page(request, at, "price", thing=thing, count_form=form, dials=dials(thing.good.price_won), status=422)
    left = form.cleaned_data["left"]
    count_stock(market=at.market, actor=at.actor, good_id=good_id, on_hand=left + thing.held)
    return _to_goods(good_id, f"&left={left}")


def _to_goods(good_id: int, more: str = "") -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('merchant:goods')}?did={good_id}{more}#good-{good_id}")
