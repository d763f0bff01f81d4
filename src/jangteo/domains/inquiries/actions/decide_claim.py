"""The stall, or the association, says yes or no to a claim."""

from __future__ import annotations

from jangteo.domains.inquiries.actions.move_inquiry import move_inquiry
from jangteo.domains.inquiries.errors import InquiryOver, MayNotRefuse
from jangteo.domains.inquiries.models import Inquiry, Said
from jangteo.domains.inquiries.queries import verdict_on
from jangteo.domains.inquiries.rules import Verdict
from jangteo.domains.inquiries.states import InquiryState
from jangteo.domains.inquiries.wanted import checked_words
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor, ActorKind


@action
def decide_claim(*, market: Market, actor: Actor, inquiry_id: int, accept: bool, words: str) -> Inquiry:
    """Yes, after the money was given back or promised by hand; or no with its reason. The same again changes nothing.

    Raises Inquiry.DoesNotExist, MayNotRefuse where the law gives the money, WordsMissing for a no without a reason,
    InquiryOver.
    """
    told = checked_words(words) if words.strip() or not accept else ""
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry_id)
    to = InquiryState.ACCEPTED if accept else InquiryState.DECLINED
    if inquiry.state == to:
        return inquiry
    if inquiry.kind != Inquiry.Kind.CLAIM:
        raise InquiryOver
    if not accept and verdict_on(inquiry) == Verdict.MUST:
        raise MayNotRefuse
    by = Said.By.OFFICE if actor.kind == ActorKind.STAFF else Said.By.STALL
    move_inquiry(inquiry=inquiry, to=to, by=by, words=told)
    code = "inquiry.accepted" if accept else "inquiry.declined"
    audit.record(actor, code, f"inquiry:{inquiry.pk}", why=inquiry.why)
    return inquiry
