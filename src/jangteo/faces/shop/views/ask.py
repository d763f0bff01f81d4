"""Asking a stall, telling it that something was wrong, and following the answer."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.catalog.queries import good_by_id
from jangteo.domains.inquiries.actions.ask_stall import ask_stall
from jangteo.domains.inquiries.actions.close_inquiry import close_inquiry
from jangteo.domains.inquiries.actions.say_more import say_more
from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.inquiries.queries import inquiries_by_tokens
from jangteo.domains.inquiries.states import InquiryState
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import stall_by_code
from jangteo.domains.ordering.states import PartState
from jangteo.faces._parts.given_photos import given_photos
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.review_words import CLAIMS
from jangteo.faces.shop import asked_here
from jangteo.faces.shop.customer import actor_of, user_id_of
from jangteo.faces.shop.inquiries import AskForm, inquiry_or_404, limit_asking, lines_to_claim, wanted_of
from jangteo.faces.shop.pages import asked_number, market_page, shown, wants_fragment
from jangteo.faces.shop.reviews import part_or_404
from jangteo.faces.shop.views.order import order_or_404
from jangteo.kernel import live
from jangteo.kernel.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def ask(request: HttpRequest, market: Market, code: str) -> HttpResponse:
    """A question to a stall, or with `good` about one thing of it."""
    stall = stall_by_code(code.replace("\x00", ""))
    if stall is None:
        raise Http404(code)
    good = good_by_id(asked_number(request, "good", 0))
    about = {"stall_id": stall.pk}
    if good is not None and good.stall_id == stall.pk:
        about["good_id"] = good.pk
    return _asked(request, market, about, {"stall": stall, "good": good if "good_id" in about else None})


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def ask_of_order(request: HttpRequest, market: Market, token: str, part_id: int) -> HttpResponse:
    """A question about an order, or, when its goods are there, that something is wrong with them."""
    view = order_or_404(token)
    part = part_or_404(view, part_id)
    facts = {"stall": part.stall, "order": view.order, "part": part, "claims": CLAIMS}
    facts["can_claim"] = part.state == PartState.HANDED_OVER
    return _asked(request, market, {"stall_id": part.stall.pk, "part_id": part.id}, facts)


def _asked(request: HttpRequest, market: Market, about: Mapping[str, int], facts: dict[str, object]) -> HttpResponse:
    form = AskForm.of(request)
    if request.method == "POST":
        limit_asking(request)
        inquiry = _put(request, market, form, about)
        if inquiry is not None:
            return _remembered(request, market, inquiry)
    part = facts.get("part")
    if part is not None:
        facts["lines"] = lines_to_claim(part, form)  # type: ignore[arg-type]  # a PartView where there is one
    return shown(request, market, "ask.html", {**facts, "form": form}, status=422 if form.error else 200)


def _put(request: HttpRequest, market: Market, form: AskForm, about: Mapping[str, int]) -> Inquiry | None:
    wanted = wanted_of(request, form, about)
    if wanted is None:
        return None
    try:
        return ask_stall(market=market, actor=actor_of(request), wanted=wanted)
    except Refused as no:
        form.refused(no, sentence(no))
        return None


def _remembered(request: HttpRequest, market: Market, inquiry: Inquiry) -> HttpResponse:
    response = HttpResponseRedirect(reverse("asked_one", args=[market.slug, inquiry.token]))
    asked_here.remember(response, request, market, inquiry.token)
    return response


@require_safe
@market_page
def asked_all(request: HttpRequest, market: Market) -> HttpResponse:
    """Everything that this person has asked."""
    found = inquiries_by_tokens(asked_here.tokens(request, market), user_id_of(request))
    return shown(request, market, "asked_all.html", {"inquiries": found})


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def asked_one(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The thread, live; what is posted goes to the stall."""
    inquiry = inquiry_or_404(token)
    form = AskForm.of(request)
    if request.method == "POST" and _said(request, market, inquiry, form):
        return HttpResponseRedirect(reverse("asked_one", args=[market.slug, token]))
    facts = {"inquiry": inquiry, "form": form, "can_say": inquiry.state != InquiryState.ACCEPTED}
    if wants_fragment(request, "inquiry"):
        return render(request, "shop/parts/inquiry.html", {"market": market, **facts})
    ticket = live.ticket([f"inquiry:{inquiry.pk}"])
    return shown(request, market, "asked_one.html", {**facts, "ticket": ticket}, status=422 if form.error else 200)


def _said(request: HttpRequest, market: Market, inquiry: Inquiry, form: AskForm) -> bool:
    limit_asking(request)
    given, who = given_photos(request), actor_of(request)
    if given.error:
        form.error, form.field = given.error, "photos"
        return False
    try:
        say_more(market=market, actor=who, token=inquiry.token, words=form.words, photos=given.sizes)
    except Refused as no:
        form.refused(no, sentence(no))
        return False
    return True


@require_http_methods(["POST"])
@market_page
def asked_close(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    inquiry_or_404(token)
    close_inquiry(market=market, actor=actor_of(request), token=token)
    return HttpResponseRedirect(reverse("asked_one", args=[market.slug, token]))
