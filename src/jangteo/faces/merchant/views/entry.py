"""The one-tap way in: a link that becomes a device."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jangteo.domains.people.actions.bind_device import bind_device
from jangteo.domains.people.actions.forget_subscription import forget_subscription
from jangteo.domains.people.errors import LinkDead
from jangteo.domains.people.models import EntryLink, Role
from jangteo.domains.people.queries import link_of_device, live_link
from jangteo.faces._parts.devices import cookie_for, device_of, easy_look, helplines, keep_device, real_device_of
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.limits import TooOften, check_rate

TRIES = 120
TRIES_WINDOW = timedelta(minutes=10)
HOMES = {
    Role.OWNER: "merchant:today",
    Role.FAMILY: "merchant:today",
    Role.MANAGER: "office:todo",
    Role.HELPER: "helper:queue",
    Role.COURIER: "courier:today",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Show who the phone will be; only a POST uses the link up, so a messenger's preview does not."""
    try:
        check_rate(f"entry:{request.META['REMOTE_ADDR']}", most=TRIES, window=TRIES_WINDOW)
    except TooOften as no:
        return _no_way_in(request, no, 429)
    if (home := _home_already(request, token)) is not None:
        return home
    link = live_link(token)
    if link is None:
        return _no_way_in(request, LinkDead(), 410)
    if request.method != "POST":
        facts = {"link": link, "market": link.market, "markets": [link.market], **easy_look(request)}
        return render(request, "merchant/enter.html", facts)
    return _bind(request, link, token)


def _bind(request: HttpRequest, link: EntryLink, token: str) -> HttpResponse:
    try:
        secret = bind_device(market=link.market, actor=Actor(ActorKind.SYSTEM, f"link:{link.pk}"), token=token)
    except LinkDead as no:
        return _no_way_in(request, no, 410)
    _leave(request, link.role)
    response = HttpResponseRedirect(reverse(HOMES[Role(link.role)]))
    keep_device(response, link.role, secret)
    return response


def _leave(request: HttpRequest, role: str) -> None:
    """What the phone was before it is no longer: orders of the other stall do not ring on it."""
    before = real_device_of(request, cookie_for(role))
    if before is not None:
        actor = Actor(ActorKind.STALL, f"device:{before.pk}")
        forget_subscription(market=before.market, actor=actor, device_id=before.pk)


def _home_already(request: HttpRequest, token: str) -> HttpResponse | None:
    """The link in the chat is tapped every morning: on the phone that it made the stall's, it just opens the stall."""
    for role, home in HOMES.items():
        device = device_of(request, cookie_for(role))
        if device is not None and device.role == role and link_of_device(token, device):
            return redirect(home)
    return None


def _no_way_in(request: HttpRequest, no: LinkDead | TooOften, status: int) -> HttpResponse:
    facts = {"refused": no, "markets": helplines(), **easy_look(request)}
    return render(request, "merchant/no_way_in.html", facts, status=status)
