"""Reviews at the association's desk: what waits to be read, and events that reward writing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.reviews.actions.draw_review_event import draw_review_event
from jangteo.domains.reviews.actions.judge_review import judge_review
from jangteo.domains.reviews.actions.open_review_event import open_review_event
from jangteo.domains.reviews.errors import BadEvent
from jangteo.domains.reviews.queries import review_to_judge, reviews_hidden, reviews_to_judge
from jangteo.domains.reviews.queries_events import drawn_event, review_events, winners_of
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.review_words import WHY_HIDDEN
from jangteo.faces.office.done import went_well
from jangteo.faces.office.pages import page
from jangteo.faces.office.review_form import EventForm, coupons_to_give
from jangteo.kernel import clock


@require_safe
@for_office
def reviews(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Waiting and reported ones, oldest first; below them what is hidden."""
    waiting, hidden = reviews_to_judge(), reviews_hidden()
    return page(request, at, "reviews", waiting=waiting, hidden=hidden, reasons=WHY_HIDDEN)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def review(request: HttpRequest, at: AtOffice, review_id: int) -> HttpResponse:
    """One with its history; `reason` hides it, and none shows it."""
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        judge_review(market=at.market, actor=at.actor, review_id=review_id, reason=reason)
        return went_well("review_hidden" if reason else "review_shown", "office:reviews")
    shown, moves = review_to_judge(review_id)
    return page(request, at, "review", review=shown, moves=moves, reasons=WHY_HIDDEN)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def events(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Events there were, and the form of a new one."""
    coupons, form = coupons_to_give(), EventForm()
    if request.method == "POST":
        form = EventForm.of(request.POST)
        try:
            open_review_event(market=at.market, actor=at.actor, wanted=form.wanted(coupons))
            return went_well("review_event", "office:review_events")
        except BadEvent as no:
            form.error = sentence(no)
    held = review_events()
    winners = winners_of([one.pk for one in held])
    rows = [(one, winners.get(one.pk, ())) for one in held]
    facts = {"events": rows, "coupons": coupons, "form": form, "now": clock.now()}
    return page(request, at, "review_events", **facts, status=422 if form.error else 200)


@require_POST
@for_office
def draw(request: HttpRequest, at: AtOffice, event_id: int) -> HttpResponse:
    """The draw itself; a second press changes nothing."""
    draw_review_event(market=at.market, actor=at.actor, event_id=event_id)
    drawn = drawn_event(event_id, None)
    return went_well("review_drawn" if drawn and drawn.won else "review_drawn_none", "office:review_events")
