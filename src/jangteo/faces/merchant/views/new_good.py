"""Putting something up, and putting it away again while it is still said."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.catalog.actions.put_up_good import put_up_good
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.errors import GoodTaken
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import all_goods_of_stall
from jangteo.domains.markets.queries import kinds_in_order
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.merchant.good_form import STEPS_WON, GoodForm, stepped
from jangteo.faces.merchant.pages import page, posted
from jangteo.faces.merchant.prices import Dial


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def new_good(request: HttpRequest, at: AtStall) -> HttpResponse:
    """Ask for the good on one screen. A tap on the price dial without scripts comes here too and changes nothing."""
    if "step" in request.POST:
        return _stepped(request, at)
    form = _form(posted(request), at)
    if form.is_valid():
        try:
            return _to_goods("new", _put_up(form, at))
        except GoodTaken as no:
            form.add_error("name", sentence(no))
    return _asked(request, at, form, status=422 if form.is_bound else 200)


@require_safe
@for_stall
def card(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The card alone, for what is typed so far."""
    return page(request, at, "parts/new_card", card=_form(request.GET, at).card())


@require_POST
@for_stall
def put_away(request: HttpRequest, at: AtStall, good_id: int) -> HttpResponse:
    """Take a good off the shelf; orders for it stay."""
    set_sale_state(market=at.market, actor=at.actor, good_id=good_id, state=Good.State.HIDDEN)
    return _to_goods("away", good_id)


def _form(told: QueryDict | None, at: AtStall) -> GoodForm:
    return GoodForm(told, stall=at.stall, kinds=kinds_in_order())


def _put_up(form: GoodForm, at: AtStall) -> int:
    new = form.new_good(position=len(all_goods_of_stall(at.stall.pk)))
    good = put_up_good(market=at.market, actor=at.actor, new=new)
    if form.cleaned_data["left"] is not None:
        count_stock(market=at.market, actor=at.actor, good_id=good.pk, on_hand=form.cleaned_data["left"])
    return good.pk


def _stepped(request: HttpRequest, at: AtStall) -> HttpResponse:
    told = request.POST.dict()
    told["price_won"] = stepped(told.get("price_won", ""), told["step"])
    form = _form(None, at)
    form.draft(told)
    return _asked(request, at, form)


def _asked(request: HttpRequest, at: AtStall, form: GoodForm, status: int = 200) -> HttpResponse:
    dials = [Dial(step, 0) for step in STEPS_WON]
    return page(request, at, "new_good", form=form, card=form.card(), dials=dials, status=status)


def _to_goods(what: str, good_id: int) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('merchant:goods')}?{what}={good_id}#good-{good_id}")
