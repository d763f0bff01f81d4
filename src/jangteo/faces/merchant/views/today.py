"""Today's screen, its door, and what sold out under a paid order."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.catalog.queries import all_goods_of_stall
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.close_shortfall import close_shortfall
from jangteo.faces._parts.devices import AtStall, for_stall, for_stall_itself
from jangteo.faces._parts.gaps import gap, gaps
from jangteo.faces.merchant.done import Done, done_with_part
from jangteo.faces.merchant.forms import DoorForm
from jangteo.faces.merchant.pages import page, posted, to_today
from jangteo.faces.merchant.price_done import done_with_prices
from jangteo.faces.merchant.prices import yesterdays
from jangteo.faces.merchant.refunds import to_give
from jangteo.faces.merchant.sales import sales_of
from jangteo.faces.merchant.waking import waking_key
from jangteo.kernel import clock


@require_safe
@for_stall
def today(request: HttpRequest, at: AtStall) -> HttpResponse:
    """What to do now, oldest order first; then the money; then a few doors to everything else."""
    now, told = clock.now(), request.GET
    done = _prices_kept(at, told) if "kept" in told else done_with_part(told.get("did", ""))
    sales, owed, asked = sales_of(at.stall.pk, now), to_give(at.stall.pk), yesterdays(at.stall.pk, now)
    key = waking_key(at)
    return page(
        request, at, "today", done=done, gaps=gaps(), sales=sales, to_give=owed, yesterdays=asked, waking_key=key
    )


@require_safe
@for_stall
def more(request: HttpRequest, at: AtStall, shelf: str = "") -> HttpResponse:
    """The doors that Today has no room for, at most five on a screen: two of them open another `shelf`."""
    return page(request, at, "more", shelf=shelf, waking_key=waking_key(at))


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def door(request: HttpRequest, at: AtStall) -> HttpResponse:
    """Open, pause, or close for the day."""
    form = DoorForm(posted(request))
    if form.is_valid():
        wanted = Stall.Door(form.cleaned_data["door"])
        set_door(market=at.market, actor=at.actor, stall_id=at.stall.pk, door=wanted)
        return to_today()
    return page(request, at, "door", status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall_itself
def shortfall(request: HttpRequest, at: AtStall, shortfall_id: int) -> HttpResponse:
    """Found after all, or paid back; paying back is asked about first, with the amount."""
    answer = request.POST.get("found")
    if answer in ("yes", "no"):
        close_shortfall(market=at.market, actor=at.actor, shortfall_id=shortfall_id, found=answer == "yes")
        return to_today()
    return page(request, at, "pay_back", gap=gap(shortfall_id))


def _prices_kept(at: AtStall, told: Mapping[str, str]) -> Done | None:
    return done_with_prices(all_goods_of_stall(at.stall.pk), told)
