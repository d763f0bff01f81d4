"""A stall's phone that rings with its screen off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from jangteo.domains.people.actions.forget_subscription import forget_subscription
from jangteo.domains.people.actions.keep_subscription import keep_subscription
from jangteo.domains.people.queries_push import known_endpoint
from jangteo.faces._parts.devices import AtStall, for_stall_itself
from jangteo.faces.merchant.waking import SubscriptionForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall_itself
def waking(request: HttpRequest, at: AtStall) -> HttpResponse:
    """Where this phone is reached as far as the stall knows; posted, where it is reached from now on."""
    if request.method != "POST":
        return JsonResponse({"endpoint": known_endpoint(at.device.pk)})
    form = SubscriptionForm(request.POST)
    if not form.is_valid():
        return JsonResponse(form.errors.get_json_data(), status=422)
    phone = {"stall_id": at.stall.pk, "device_id": at.device.pk}
    keep_subscription(market=at.market, actor=at.actor, target=form.target(), **phone)
    return HttpResponse(status=204)


@require_POST
@for_stall_itself
def waking_off(request: HttpRequest, at: AtStall) -> HttpResponse:
    """Not any more."""
    forget_subscription(market=at.market, actor=at.actor, device_id=at.device.pk)
    return HttpResponse(status=204)
