"""The customer adds something, or is content."""

from __future__ import annotations

from jangteo.domains.catalog.photo_sizes import Sizes
from jangteo.domains.inquiries.actions.move_inquiry import move_inquiry
from jangteo.domains.inquiries.errors import InquiryOver
from jangteo.domains.inquiries.models import Inquiry, Said
from jangteo.domains.inquiries.states import InquiryState
from jangteo.domains.inquiries.wanted import checked_photos, checked_words
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def say_more(*, market: Market, actor: Actor, token: str, words: str, photos: tuple[Sizes, ...] = ()) -> Inquiry:
    """The stall has the word again.

    Raises Inquiry.DoesNotExist, WordsMissing, WordsTooLong, TooManyPhotos, InquiryOver (the money went back).
    """
    told, pictures = checked_words(words), checked_photos(photos)
    inquiry = Inquiry.objects.select_for_update().get(token=token)
    if inquiry.state == InquiryState.ACCEPTED:
        raise InquiryOver
    move_inquiry(inquiry=inquiry, to=InquiryState.WAITING, by=Said.By.CUSTOMER, words=told, photos=pictures)
    audit.record(actor, "inquiry.said_more", f"inquiry:{inquiry.pk}")
    return inquiry
