"""Putting something up, with a photo or without, and putting it away again while it is still said."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.catalog.actions.put_up_good import put_up_good
from jangteo.domains.catalog.actions.set_photo import set_photo
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.errors import GoodTaken
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import all_goods_of_stall
from jangteo.domains.markets.queries import kinds_in_order
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.merchant.good_form import STEPS_WON, GoodForm, stepped
from jangteo.faces.merchant.guesses import filled, guesses
from jangteo.faces.merchant.pages import page, posted
from jangteo.faces.merchant.photos import Given, given_photo, kept_photo
from jangteo.faces.merchant.prices import Dial
from jangteo.kernel.idempotency import KeyReused

SHORTEST_KEY, LONGEST_KEY = 8, 100


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def new_good(request: HttpRequest, at: AtStall) -> HttpResponse:
    """Ask for the good on one screen. A tap on a guess or the price dial, without scripts, changes nothing yet."""
    given = given_photo(request, at)
    if {"step", "like"} & request.POST.keys():
        return _drafted(request, at, given)
    form = _form(posted(request), at)
    if form.is_valid() and not given.error:
        try:
            return _to_goods("new", _put_up(form, at, given.name, request.POST.get("key", "")))
        except GoodTaken as no:
            form.add_error("name", sentence(no))
    return _asked(request, at, form, given, status=422 if form.is_bound else 200)


@require_safe
@for_stall
def card(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The card alone, for what is typed so far."""
    shown = replace(_form(request.GET, at).card(), photo=kept_photo(request.GET, at).name)
    return page(request, at, "parts/new_card", card=shown)


@require_POST
@for_stall
def put_away(request: HttpRequest, at: AtStall, good_id: int) -> HttpResponse:
    """Take a good off the shelf; orders for it stay."""
    set_sale_state(market=at.market, actor=at.actor, good_id=good_id, state=Good.State.HIDDEN)
    return _to_goods("away", good_id)


def _form(told: QueryDict | None, at: AtStall) -> GoodForm:
    return GoodForm(told, stall=at.stall, kinds=kinds_in_order())


def _put_up(form: GoodForm, at: AtStall, photo: str, key: str) -> int:
    new = replace(form.new_good(position=len(all_goods_of_stall(at.stall.pk))), photo=photo)
    key = key if SHORTEST_KEY <= len(key) <= LONGEST_KEY else ""
    try:
        good = put_up_good(market=at.market, actor=at.actor, new=new, key=key)
    except KeyReused:
        # Somebody went back to the filled-in form and wrote the next good over the first.
        good = put_up_good(market=at.market, actor=at.actor, new=new)
    if photo and not good.photo:
        set_photo(market=at.market, actor=at.actor, good_id=good.pk, name=photo)
    if form.cleaned_data["left"] is not None:
        count_stock(market=at.market, actor=at.actor, good_id=good.pk, on_hand=form.cleaned_data["left"])
    return good.pk


def _drafted(request: HttpRequest, at: AtStall, given: Given) -> HttpResponse:
    told = request.POST.dict()
    if "step" in told:
        told["price_won"] = stepped(told.get("price_won", ""), told["step"])
    else:
        told |= filled(at.stall, told["like"])
    form = _form(None, at)
    form.draft(told)
    return _asked(request, at, form, given)


def _asked(request: HttpRequest, at: AtStall, form: GoodForm, given: Given, status: int = 200) -> HttpResponse:
    frame = {
        "form": form,
        "card": replace(form.card(), photo=given.name),
        "dials": [Dial(step, 0) for step in STEPS_WON],
        "guesses": guesses(at.stall),
        "given": given,
        "key": request.POST.get("key") or str(uuid.uuid4()),
    }
    return page(request, at, "new_good", status=status, **frame)


def _to_goods(what: str, good_id: int) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('merchant:goods')}?{what}={good_id}#good-{good_id}")
