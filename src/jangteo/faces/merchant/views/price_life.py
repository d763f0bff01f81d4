"""How long prices live: the morning's answer, its way back, and what a price is from now on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from jangteo.domains.catalog.actions.end_prices import end_prices
from jangteo.domains.catalog.actions.keep_prices import keep_prices
from jangteo.domains.catalog.actions.set_price_life import set_price_life
from jangteo.domains.catalog.models import Good
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces.merchant.done import is_number
from jangteo.faces.merchant.forms import LifeForm
from jangteo.faces.merchant.prices import yesterdays
from jangteo.faces.merchant.shelf import good_on_shelf
from jangteo.kernel import clock


@require_POST
@for_stall
def keep(request: HttpRequest, at: AtStall) -> HttpResponse:
    """As yesterday: these goods, or all that wait for an answer."""
    named = _named(request)
    good_ids = named or [good.pk for good in yesterdays(at.stall.pk, clock.now())]
    kept = keep_prices(market=at.market, actor=at.actor, good_ids=good_ids)
    return _back(request, "kept=" + ",".join(str(good.pk) for good in kept))


@require_POST
@for_stall
def back(request: HttpRequest, at: AtStall) -> HttpResponse:
    """Not as yesterday after all: they wait for an answer again."""
    end_prices(market=at.market, actor=at.actor, good_ids=_named(request))
    return _back(request, "")


@require_POST
@for_stall
def life(request: HttpRequest, at: AtStall, good_id: int) -> HttpResponse:
    """Until it is changed, for today, or asked for at the stall."""
    was = good_on_shelf(at.stall.pk, good_id).good.price_life
    form = LifeForm(request.POST)
    if form.is_valid():
        wanted = Good.PriceLife(form.cleaned_data["life"])
        set_price_life(market=at.market, actor=at.actor, good_id=good_id, life=wanted)
    return HttpResponseRedirect(f"{reverse('merchant:goods')}?did={good_id}&life={was}#good-{good_id}")


def _named(request: HttpRequest) -> list[int]:
    return [int(good) for good in request.POST.getlist("good") if is_number(good)]


def _back(request: HttpRequest, query: str) -> HttpResponse:
    page = "merchant:goods" if request.POST.get("next") == "goods" else "merchant:today"
    return HttpResponseRedirect(reverse(page) + (f"?{query}" if query else ""))
