"""Say something in an inquiry, and bring it to where it stands by that."""

from __future__ import annotations

from jangteo.domains.catalog import photo_files
from jangteo.domains.catalog.photo_sizes import Sizes
from jangteo.domains.inquiries.errors import InquiryOver
from jangteo.domains.inquiries.models import Inquiry, Said, SaidPhoto
from jangteo.domains.inquiries.rules import ANSWERED_WITHIN
from jangteo.domains.inquiries.states import TRANSITIONS, InquiryState
from jangteo.kernel import clock, ids, live
from jangteo.kernel.action import step


@step
def move_inquiry(
    *, inquiry: Inquiry, to: InquiryState, by: str, words: str = "", photos: tuple[Sizes, ...] = ()
) -> Said:
    """Save the new or locked inquiry in its new state with what was said. Raises InquiryOver."""
    if to != inquiry.state and to not in TRANSITIONS[inquiry.state]:
        raise InquiryOver
    moment = clock.now()
    waited = inquiry.state == InquiryState.WAITING
    inquiry.state, inquiry.changed_at = to, moment
    if to != InquiryState.WAITING:
        inquiry.due_at = None
    elif not waited:
        # Whoever adds a word while the stall has not answered does not wait longer for it.
        inquiry.due_at = moment + ANSWERED_WITHIN[inquiry.kind]
    if by != Said.By.CUSTOMER and inquiry.first_answer_at is None:
        inquiry.first_answer_at = moment
    inquiry.save()
    said = Said.objects.create(market_id=inquiry.market_id, inquiry=inquiry, by=by, words=words, did=to, at=moment)
    for sizes in photos:
        name = ids.new_token()
        photo_files.write(name, sizes)
        SaidPhoto.objects.create(market_id=inquiry.market_id, said=said, name=name)
    live.publish(
        [
            live.News(f"inquiry:{inquiry.pk}", f"inquiry_{to}"),
            live.News(f"stall:{inquiry.stall_id}", f"inquiry_{to}", {"inquiry": inquiry.pk}),
        ]
    )
    return said
