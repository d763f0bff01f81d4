"""A customer asks a stall something, or wants money back for goods."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.inquiries.actions.move_inquiry import move_inquiry
from jangteo.domains.inquiries.errors import BadSubject, ClaimOpen, NotHandedOver
from jangteo.domains.inquiries.models import ClaimLine, Inquiry, Said
from jangteo.domains.inquiries.rules import Why
from jangteo.domains.inquiries.states import OPEN, InquiryState
from jangteo.domains.inquiries.wanted import WantedInquiry, checked_photos, checked_words
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.masking import name as masked_name


@action
def ask_stall(*, market: Market, actor: Actor, wanted: WantedInquiry) -> Inquiry:
    """Put it into the stall's inbox. The same key again is the same inquiry.

    Raises WordsMissing, WordsTooLong, TooManyPhotos, BadSubject, NotHandedOver, ClaimOpen.
    """
    words, photos = checked_words(wanted.words), checked_photos(wanted.photos)
    # Two presses at once are one inquiry, and one claim; orders, which only refer to the stall, go on meanwhile.
    stall = Stall.objects.select_for_update(no_key=True).filter(pk=wanted.stall_id).first()
    if stall is None or not 8 <= len(wanted.key) <= 100:
        raise BadSubject
    earlier = Inquiry.objects.filter(key=wanted.key).first()
    if earlier is not None:
        # A key opens what was asked with it, so it must not open anything else.
        if (earlier.stall_id, earlier.part_id, earlier.good_id) != (stall.pk, wanted.part_id, wanted.good_id):
            raise BadSubject
        return earlier
    part, lines = _about(wanted, stall)
    moment = clock.now()
    inquiry = Inquiry(
        market=market,
        stall=stall,
        good_id=wanted.good_id,
        part=part,
        user_id=wanted.user_id or (part.order.user_id if part else None),
        kind=Inquiry.Kind.CLAIM if wanted.why else Inquiry.Kind.QUESTION,
        why=wanted.why,
        channel=wanted.channel,
        channel_ref=wanted.channel_ref[:100],
        token=ids.new_token(),
        key=wanted.key,
        asker=masked_name(wanted.asker or (part.order.name if part else ""))[:30],
        state="",
        asked_at=moment,
        changed_at=moment,
    )
    move_inquiry(inquiry=inquiry, to=InquiryState.WAITING, by=Said.By.CUSTOMER, words=words, photos=photos)
    ClaimLine.objects.bulk_create(ClaimLine(market=market, inquiry=inquiry, line=line) for line in lines)
    audit.record(actor, "inquiry.asked", f"inquiry:{inquiry.pk}", kind=inquiry.kind)
    return inquiry


def _about(wanted: WantedInquiry, stall: Stall) -> tuple[StallPart | None, list[Line]]:
    """The part it is about with the lines of a claim. Raises BadSubject, NotHandedOver, ClaimOpen."""
    if wanted.channel not in Inquiry.Channel.values:
        raise BadSubject
    if wanted.good_id is not None and not Good.objects.filter(pk=wanted.good_id, stall=stall).exists():
        raise BadSubject
    part = None
    if wanted.part_id is not None:
        part = StallPart.objects.select_related("order").filter(pk=wanted.part_id, stall=stall).first()
    if part is None and (wanted.part_id is not None or wanted.why):
        raise BadSubject
    if part is None or not wanted.why:
        return part, []
    lines = list(Line.objects.filter(part=part, pk__in=wanted.line_ids))
    if wanted.why not in set(Why) or not lines or len(lines) != len(set(wanted.line_ids)):
        raise BadSubject
    if part.state != PartState.HANDED_OVER:
        raise NotHandedOver
    if ClaimLine.objects.filter(line__in=lines, inquiry__state__in=OPEN).exists():
        raise ClaimOpen
    return part, lines
