"""What customers said of the stall, answered by voice or in a ready sentence."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.reviews.actions.answer_review import answer_review
from jangteo.domains.reviews.actions.report_review import report_review
from jangteo.domains.reviews.errors import ReviewsRefused
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.queries import ratings_of_stall, reviews_for_stall, shown_review
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.review_words import READY_THANKS, WHY_HIDDEN
from jangteo.faces.merchant.pages import page

MOST_TYPED = 20_000


@require_safe
@for_stall
def reviews(request: HttpRequest, at: AtStall) -> HttpResponse:
    """Unanswered ones first."""
    found, rated = reviews_for_stall(at.stall.pk), ratings_of_stall(at.stall.pk).stall
    return page(request, at, "reviews", reviews=found, rated=rated, did=request.GET.get("did", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def review(request: HttpRequest, at: AtStall, review_id: int) -> HttpResponse:
    """One of them; what is posted is the answer, nothing takes it back."""
    shown = _review_or_404(review_id)
    said, error = request.POST.get("said", shown.answer)[:MOST_TYPED], ""
    if request.method == "POST":
        try:
            answer_review(market=at.market, actor=at.actor, review_id=review_id, words=said)
            return HttpResponseRedirect(f"{reverse('merchant:reviews')}?did=answered#review-{review_id}")
        except ReviewsRefused as no:
            error = sentence(no)
    status = 422 if error else 200
    return page(request, at, "review", review=shown, said=said, error=error, ready=READY_THANKS, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def report(request: HttpRequest, at: AtStall, review_id: int) -> HttpResponse:
    """Ask the association to look at it; until then it stays."""
    shown = _review_or_404(review_id)
    reason = request.POST.get("reason", "")
    if reason in WHY_HIDDEN:
        by = f"stall:{at.stall.pk}"
        report_review(market=at.market, actor=at.actor, review_id=review_id, reason=reason, reporter=by)
        return HttpResponseRedirect(reverse("merchant:reviews") + "?did=reported")
    status = 422 if request.method == "POST" else 200
    return page(request, at, "report_review", review=shown, reasons=WHY_HIDDEN, status=status)


def _review_or_404(review_id: int) -> Review:
    shown = shown_review(review_id) if review_id < 2**63 else None
    if shown is None:
        raise Http404(review_id)
    return shown
