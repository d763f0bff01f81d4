"""Questions and claims on the stall's phone: the ready sentences, what is owed, and the money of a claim."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.inquiries.queries import inquiry_at, verdict_on
from jangteo.domains.inquiries.rules import Verdict
from jangteo.domains.inquiries.states import InquiryState
from jangteo.domains.ordering.errors import NothingToGiveBack
from jangteo.domains.ordering.queries import order_by_token
from jangteo.domains.ordering.queries_moneys import moneys_of
from jangteo.domains.ordering.refunding import WantedRefund, refund_quote
from jangteo.faces._parts.givebacks import Quoted, quoted
from jangteo.faces._parts.words.review_words import READY_ANSWERS, READY_CLAIM_ANSWERS, VERDICTS


@dataclass(frozen=True, slots=True)
class Asked:
    """One inquiry as the stall looks at it. `verdict` is "" for a question; `can_decide` while a claim is open."""

    inquiry: Inquiry
    verdict: str

    @property
    def verdict_words(self) -> Promise | str:
        return VERDICTS.get(self.verdict, "")

    @property
    def is_claim(self) -> bool:
        return self.inquiry.kind == Inquiry.Kind.CLAIM

    @property
    def can_decide(self) -> bool:
        open_states = (InquiryState.WAITING, InquiryState.ANSWERED, InquiryState.DECLINED)
        return self.is_claim and self.inquiry.state in open_states

    @property
    def can_decline(self) -> bool:
        return self.can_decide and self.verdict != Verdict.MUST and self.inquiry.state != InquiryState.DECLINED

    @property
    def can_answer(self) -> bool:
        return self.inquiry.state != InquiryState.CLOSED

    @property
    def ready(self) -> tuple[Promise, ...]:
        return READY_CLAIM_ANSWERS if self.is_claim else READY_ANSWERS


def asked_at(inquiry_id: int) -> Asked:
    """Raises Inquiry.DoesNotExist."""
    inquiry = inquiry_at(inquiry_id)
    is_claim = inquiry.kind == Inquiry.Kind.CLAIM
    return Asked(inquiry, verdict_on(inquiry).value if is_claim else "")


def wanted_refund(inquiry: Inquiry) -> WantedRefund:
    """All that is left of the goods that the claim names."""
    return WantedRefund(wons={claimed.line_id: None for claimed in inquiry.claimed.all()})


def claim_quote(inquiry: Inquiry) -> Quoted | None:
    """What giving back would do; None where the program knows of no money that could go back."""
    if inquiry.part is None:
        return None
    order = inquiry.part.order
    view = order_by_token(order.token)
    if view is None:
        return None
    try:
        return quoted(refund_quote(order, wanted_refund(inquiry)), moneys_of(view))
    except NothingToGiveBack:
        return None
