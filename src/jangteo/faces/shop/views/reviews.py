"""Saying how a purchase was, and reading what others said."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.queries import stall_by_code
from jangteo.domains.reviews.actions.delete_review import delete_review
from jangteo.domains.reviews.actions.edit_review import edit_review
from jangteo.domains.reviews.actions.report_review import report_review
from jangteo.domains.reviews.actions.write_review import write_review
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.queries import PAGE, shown_review
from jangteo.domains.reviews.queries_events import drawn_event
from jangteo.domains.reviews.rules import EDITED_WITHIN
from jangteo.domains.reviews.wanted import Purchase
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.review_words import FACES, WHY_HIDDEN
from jangteo.faces.shop.counter_sales import sale_or_404
from jangteo.faces.shop.customer import actor_of, user_id_of
from jangteo.faces.shop.pages import asked_number, market_page, shown
from jangteo.faces.shop.reviews import (
    ReviewForm,
    Thing,
    form_facts,
    own_review_or_404,
    own_url,
    part_or_404,
    purchase_of,
    said_of_stall,
    standing_review,
    things_of,
    wanted_of,
)
from jangteo.faces.shop.views.order import order_or_404
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate

MOST_REPORTS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def write(request: HttpRequest, market: Market, token: str, part_id: int) -> HttpResponse:
    """About a stall's part of an order, by whoever has the order's link."""
    view = order_or_404(token)
    part = part_or_404(view, part_id)
    told = request.POST if request.method == "POST" else request.GET
    purchase = purchase_of(part, told, request)
    return _written(request, market, purchase, part.stall, things_of(part))


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def write_of_sale(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """About something paid at the counter, by the customer whose number the stall typed."""
    sale = sale_or_404(token)
    purchase = Purchase(sale_id=sale.pk, user_id=user_id_of(request))
    if purchase.user_id is None or sale.customer_id != purchase.user_id:
        return HttpResponseRedirect(reverse("sale", args=[market.slug, token]))
    return _written(request, market, purchase, sale.stall, [])


def _written(
    request: HttpRequest, market: Market, purchase: Purchase, stall: Stall, things: list[Thing]
) -> HttpResponse:
    earlier = standing_review(purchase)
    if earlier is not None:
        return HttpResponseRedirect(own_url(market, earlier))
    form = ReviewForm.of(request.POST or request.GET)
    review = _put(request, market, purchase, form) if request.method == "POST" else None
    if review is not None:
        return HttpResponseRedirect(own_url(market, review))
    facts = {**form_facts(request, form, stall, things), "faces": FACES}
    return shown(request, market, "review.html", facts, status=422 if form.error else 200)


def _put(request: HttpRequest, market: Market, purchase: Purchase, form: ReviewForm) -> Review | None:
    wanted = wanted_of(request, form)
    if wanted is None:
        return None
    try:
        return write_review(market=market, actor=actor_of(request), purchase=purchase, wanted=wanted)
    except Refused as no:
        form.refused(no, sentence(no))
        return None


@require_safe
@market_page
def own_review(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """What the writer has said, how it stands, and what can still be done."""
    review = own_review_or_404(token)
    facts = {"review": review, "can_edit": clock.now() - review.written_at <= EDITED_WITHIN}
    return shown(request, market, "own_review.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def edit(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    review = own_review_or_404(token)
    if request.method != "POST":
        form = ReviewForm(str(review.stars), review.words)
        return shown(request, market, "review.html", _editing(request, form, review.stall))
    form = ReviewForm.of(request.POST)
    wanted = wanted_of(request, form)
    if wanted is not None:
        try:
            edit_review(market=market, actor=actor_of(request), token=token, wanted=wanted)
            return HttpResponseRedirect(own_url(market, review))
        except Refused as no:
            form.refused(no, sentence(no))
    return shown(request, market, "review.html", _editing(request, form, review.stall), status=422)


def _editing(request: HttpRequest, form: ReviewForm, stall: Stall) -> dict[str, object]:
    return {**form_facts(request, form, stall, []), "faces": FACES, "is_edit": True}


@require_http_methods(["POST"])
@market_page
def delete(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    review = own_review_or_404(token)
    delete_review(market=market, actor=actor_of(request), token=token)
    return HttpResponseRedirect(reverse("stall_reviews", args=[market.slug, review.stall.code]) + "?gone=1")


@require_safe
@market_page
def stall_reviews(request: HttpRequest, market: Market, code: str) -> HttpResponse:
    """Everything that was said of a stall, or of one thing of it."""
    stall = stall_by_code(code.replace("\x00", ""))
    if stall is None:
        raise Http404(code)
    good_id = asked_number(request, "good", 0) or None
    ratings, found, more = said_of_stall(stall, good_id, asked_number(request, "before", 0), PAGE)
    facts = {"stall": stall, "ratings": ratings, "reviews": found, "more": more, "good_id": good_id}
    gone = request.GET.get("gone", "")
    return shown(request, market, "stall_reviews.html", {**facts, "gone": gone})


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def report(request: HttpRequest, market: Market, review_id: int) -> HttpResponse:
    review = shown_review(review_id) if review_id < 2**63 else None
    if review is None:
        raise Http404(review_id)
    reason = request.POST.get("reason", "")
    if reason in WHY_HIDDEN:
        address = request.META.get("REMOTE_ADDR", "")
        check_rate(f"review-report:{address}", most=MOST_REPORTS, window=timedelta(hours=1))
        user_id = user_id_of(request)
        reporter = f"user:{user_id}" if user_id else f"from:{address}"
        report_review(market=market, actor=actor_of(request), review_id=review_id, reason=reason, reporter=reporter)
        return shown(request, market, "report.html", {"review": review, "is_done": True})
    status = 422 if request.method == "POST" else 200
    return shown(request, market, "report.html", {"review": review, "reasons": WHY_HIDDEN}, status=status)


@require_safe
@market_page
def review_event(request: HttpRequest, market: Market, event_id: int) -> HttpResponse:
    """What is promised, who may take part, and after the draw everything that it takes to draw again."""
    found = drawn_event(event_id, user_id_of(request)) if event_id < 2**63 else None
    if found is None:
        raise Http404(event_id)
    return shown(request, market, "review_event.html", {"drawn": found, "is_over": found.event.ends_at <= clock.now()})
