"""The customer needs nothing any more."""

from __future__ import annotations

from jangteo.domains.inquiries.actions.move_inquiry import move_inquiry
from jangteo.domains.inquiries.models import Inquiry, Said
from jangteo.domains.inquiries.states import InquiryState
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def close_inquiry(*, market: Market, actor: Actor, token: str) -> Inquiry:
    """Again changes nothing; a further word opens it again. Raises Inquiry.DoesNotExist."""
    inquiry = Inquiry.objects.select_for_update().get(token=token)
    if inquiry.state != InquiryState.CLOSED:
        move_inquiry(inquiry=inquiry, to=InquiryState.CLOSED, by=Said.By.CUSTOMER)
        audit.record(actor, "inquiry.closed", f"inquiry:{inquiry.pk}")
    return inquiry
