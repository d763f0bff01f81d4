"""What customers ask and claim, over all stalls: what waits too long first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.inquiries.actions.answer_inquiry import answer_inquiry
from jangteo.domains.inquiries.actions.decide_claim import decide_claim
from jangteo.domains.inquiries.errors import InquiriesRefused
from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.inquiries.queries import counts_by_state, inquiries_of_market, inquiry_at, verdict_on
from jangteo.domains.inquiries.states import OPEN
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.review_words import VERDICTS
from jangteo.faces.office.done import went_well
from jangteo.faces.office.pages import page
from jangteo.kernel import clock

MOST_TYPED = 20_000


@require_safe
@for_office
def inquiries(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Waiting ones, or with `all` everything, newest first."""
    every = "all" in request.GET
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else 0
    found = inquiries_of_market(open_only=not every, before=number)
    counts = counts_by_state()
    return page(request, at, "inquiries", inquiries=found, every=every, counts=counts, now=clock.now())


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def inquiry(request: HttpRequest, at: AtOffice, inquiry_id: int) -> HttpResponse:
    """One of them; what is posted is said to the customer in the association's name."""
    said, error = request.POST.get("said", "")[:MOST_TYPED], ""
    if request.method == "POST":
        try:
            answer_inquiry(market=at.market, actor=at.actor, inquiry_id=inquiry_id, words=said)
            return went_well("inquiry", "office:inquiry", inquiry_id)
        except InquiriesRefused as no:
            error = sentence(no)
    shown = inquiry_at(inquiry_id)
    is_open = shown.kind == Inquiry.Kind.CLAIM and shown.state in OPEN
    facts = {"inquiry": shown, "verdict": VERDICTS[verdict_on(shown).value] if is_open else "", "is_open": is_open}
    return page(request, at, "inquiry", **facts, said=said, error=error, status=422 if error else 200)


@require_POST
@for_office
def accept(request: HttpRequest, at: AtOffice, inquiry_id: int) -> HttpResponse:
    """The association has given the money back, or the stall has by hand: the claim is over."""
    decide_claim(market=at.market, actor=at.actor, inquiry_id=inquiry_id, accept=True, words="")
    return went_well("claim", "office:inquiry", inquiry_id)
