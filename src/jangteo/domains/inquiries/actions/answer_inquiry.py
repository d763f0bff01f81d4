"""The stall, or the association for it, answers."""

from __future__ import annotations

from jangteo.domains.inquiries.actions.move_inquiry import move_inquiry
from jangteo.domains.inquiries.errors import InquiryOver
from jangteo.domains.inquiries.models import Inquiry, Said
from jangteo.domains.inquiries.states import InquiryState
from jangteo.domains.inquiries.wanted import checked_words
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor, ActorKind


@action
def answer_inquiry(*, market: Market, actor: Actor, inquiry_id: int, words: str) -> Inquiry:
    """The same words sent twice are said once. What was decided stays decided, and can still be spoken about.

    Raises Inquiry.DoesNotExist, WordsMissing, WordsTooLong, InquiryOver for one that was closed.
    """
    told = checked_words(words)
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry_id)
    if inquiry.state == InquiryState.CLOSED:
        raise InquiryOver
    by = Said.By.OFFICE if actor.kind == ActorKind.STAFF else Said.By.STALL
    last = Said.objects.filter(inquiry=inquiry).last()
    if last is not None and (last.by, last.words) == (by, told):
        return inquiry
    decided = inquiry.state in (InquiryState.ACCEPTED, InquiryState.DECLINED)
    to = InquiryState(inquiry.state) if decided else InquiryState.ANSWERED
    move_inquiry(inquiry=inquiry, to=to, by=by, words=told)
    audit.record(actor, "inquiry.answered", f"inquiry:{inquiry.pk}")
    return inquiry
