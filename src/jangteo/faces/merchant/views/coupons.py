"""A stall's own coupons: three ready ones, what they cost, and an end to each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.actions.stop_coupon import stop_coupon
from jangteo.faces._parts.devices import AtStall, for_stall, for_stall_itself
from jangteo.faces.merchant.coupons import READY, opened, ready
from jangteo.faces.merchant.pages import page, posted


@require_safe
@for_stall
def coupons(request: HttpRequest, at: AtStall) -> HttpResponse:
    """What runs and what it cost; `?made=` is the one that was opened with the last tap."""
    own = opened(at.stall.pk)
    made = next((one for one in own if str(one.pk) == request.GET.get("made") and not one.is_over), None)
    running = [one for one in own if not one.is_over]
    over = [one for one in own if one.is_over]
    told = "stopped" in request.GET
    return page(request, at, "coupons", running=running, over=over, ready=READY, made=made, stopped=told)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall_itself
def new_coupon(request: HttpRequest, at: AtStall) -> HttpResponse:
    """What `ready` is and what it can cost, then one press."""
    chosen = ready((posted(request) or request.GET).get("ready", ""))
    if chosen is None:
        return redirect("merchant:coupons")
    if request.method != "POST":
        return page(request, at, "new_coupon", chosen=chosen)
    running = next((one for one in opened(at.stall.pk) if one.name == chosen.new(0).name and not one.is_over), None)
    made_id = running.pk if running else make_coupon(market=at.market, actor=at.actor, new=chosen.new(at.stall.pk)).pk
    return HttpResponseRedirect(f"{reverse('merchant:coupons')}?made={made_id}")


@require_POST
@for_stall_itself
def stop(request: HttpRequest, at: AtStall, coupon_id: int) -> HttpResponse:
    """No more of it from now on; a second tap changes nothing."""
    stop_coupon(market=at.market, actor=at.actor, coupon_id=coupon_id, stall_id=at.stall.pk)
    return redirect(f"{reverse('merchant:coupons')}?stopped=1")
