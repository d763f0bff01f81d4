"""What customers ask and claim, answered by voice, in a ready sentence, or with their money."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.inquiries.actions.answer_inquiry import answer_inquiry
from jangteo.domains.inquiries.actions.decide_claim import decide_claim
from jangteo.domains.inquiries.errors import InquiriesRefused
from jangteo.domains.inquiries.queries import inquiries_at
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.faces._parts.devices import AtStall, for_stall, for_stall_itself
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.merchant.asks import asked_at, claim_quote, wanted_refund
from jangteo.faces.merchant.pages import page
from jangteo.kernel import clock

MOST_TYPED = 20_000


@require_safe
@for_stall
def asks(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The inbox: what waits longest first."""
    return page(request, at, "asks", inquiries=inquiries_at(at.stall.pk), now=clock.now())


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def ask(request: HttpRequest, at: AtStall, inquiry_id: int) -> HttpResponse:
    """One of them; what is posted is the answer."""
    said, error = request.POST.get("said", "")[:MOST_TYPED], ""
    if request.method == "POST":
        try:
            answer_inquiry(market=at.market, actor=at.actor, inquiry_id=inquiry_id, words=said)
            return HttpResponseRedirect(reverse("merchant:ask", args=[inquiry_id]) + "?did=answered")
        except InquiriesRefused as no:
            error = sentence(no)
    asked, did = asked_at(inquiry_id), request.GET.get("did", "")
    status = 422 if error else 200
    return page(request, at, "ask", asked=asked, said=said, error=error, did=did, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall_itself
def give_back(request: HttpRequest, at: AtStall, inquiry_id: int) -> HttpResponse:
    """The money of a claim: what would go back first, then one press. Nothing is given back twice."""
    asked = asked_at(inquiry_id)
    if not asked.can_decide:
        return redirect("merchant:ask", inquiry_id)
    quote = claim_quote(asked.inquiry)
    if request.method != "POST":
        return page(request, at, "claim_give_back", asked=asked, quoted=quote)
    part = asked.inquiry.part
    if quote is not None and part is not None:
        wanted, key = wanted_refund(asked.inquiry), f"claim-{inquiry_id}"
        refund_lines(market=at.market, actor=at.actor, order_id=part.order_id, wanted=wanted, key=key)
    decide_claim(market=at.market, actor=at.actor, inquiry_id=inquiry_id, accept=True, words="")
    return HttpResponseRedirect(reverse("merchant:ask", args=[inquiry_id]) + "?did=given")


@require_POST
@for_stall_itself
def decline(request: HttpRequest, at: AtStall, inquiry_id: int) -> HttpResponse:
    """No, with the reason that the customer reads."""
    said = request.POST.get("said", "")[:MOST_TYPED]
    decide_claim(market=at.market, actor=at.actor, inquiry_id=inquiry_id, accept=False, words=said)
    return HttpResponseRedirect(reverse("merchant:ask", args=[inquiry_id]) + "?did=declined")
