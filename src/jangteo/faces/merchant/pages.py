"""The frame that every page of the stall's phone stands in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from jangteo.faces._parts.devices import AtStall, easy_look
from jangteo.faces.merchant.counter import counter_news
from jangteo.faces.merchant.slips import slips_to_do
from jangteo.kernel import clock, live

# What the live screen asks for alone, by the name in its header.
FRAGMENTS = {name: f"parts/{name}" for name in ("today", "calls", "all_slips", "one_slip", "sales", "code")}


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
        "counter": counter_news(at.stall.pk, clock.now()),
        "live_ticket": live.ticket([f"stall:{at.stall.pk}"]),
        **easy_look(request),
    }
    return render(request, f"merchant/{part}.html", {**frame, **more}, status=status)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is empty; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def to_today(part_id: int | None = None) -> HttpResponse:
    """Back to today's screen, which says what just happened to the part and offers the way back."""
    return HttpResponseRedirect(reverse("merchant:today") + (f"?did={part_id}" if part_id else ""))
