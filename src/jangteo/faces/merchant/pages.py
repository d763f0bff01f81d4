"""The frame that every page of the stall's phone stands in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from jangteo.domains.inquiries.queries import waiting_at
from jangteo.faces._parts.devices import AtStall, easy_look, ribbon
from jangteo.faces._parts.offline import OWNER_HEADER
from jangteo.faces.merchant.counter import counter_news
from jangteo.faces.merchant.ringing import ringing_on
from jangteo.faces.merchant.slips import slips_to_do
from jangteo.kernel import clock, live

# What the live screen asks for alone, by the name in its header.
_PARTS = ("today", "calls", "all_slips", "one_slip", "sales", "code", "ribbon", "stamp_code", "asks")
FRAGMENTS = {name: f"parts/{name}" for name in _PARTS}


def page(request: HttpRequest, at: AtStall, template: str, *, status: int = 200, **more: object) -> HttpResponse:
    """Render a page, or the fragment of it that is asked for.

    New orders and money at the counter are called out on every page, so that none is missed while changing a price.
    """
    part = FRAGMENTS.get(request.headers.get("X-Fragment", ""), template)
    slips = slips_to_do(at.stall.pk)
    frame = {
        "market": at.market,
        "stall": at.stall,
        "slips": slips,
        "ringing": ringing_on(at, slips),
        "counter": counter_news(at.stall.pk, clock.now()),
        "asks": waiting_at(at.stall.pk),
        "live_ticket": live.ticket([f"stall:{at.stall.pk}"]),
        **ribbon(at),
        **easy_look(request),
    }
    response = render(request, f"merchant/{part}.html", {**frame, **more}, status=status)
    response[OWNER_HEADER] = str(at.stall.pk)
    return response


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is empty; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def to_today(part_id: int | None = None, *, told: QueryDict | None = None) -> HttpResponse:
    """Back to today's screen, which says what just happened to the part and offers the way back.

    Whoever answered by a key on the list of slips, as `told` says, goes on there.
    """
    there = "merchant:orders" if told is not None and told.get("next") == "orders" else "merchant:today"
    return HttpResponseRedirect(reverse(there) + (f"?did={part_id}" if part_id else ""))
