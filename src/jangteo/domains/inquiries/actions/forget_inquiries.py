"""What customers wrote long ago goes; how many there were stays."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F

from jangteo.domains.catalog import photo_files
from jangteo.domains.inquiries.models import Inquiry, PastInquiries, SaidPhoto
from jangteo.domains.inquiries.rules import ANSWERED_WITHIN
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_AT_ONCE = 500


@action
def forget_inquiries(*, market: Market, actor: Actor, before: datetime) -> int:
    """Delete inquiries in which nothing was said since a moment, photos included, and count them; how many.

    At most `MOST_AT_ONCE`: so many may mean that there are more.
    """
    old = Inquiry.objects.select_for_update().filter(changed_at__lt=before)
    gone = list(old.order_by("pk")[:MOST_AT_ONCE])
    for inquiry in gone:
        _count(inquiry)
    for name in SaidPhoto.objects.filter(said__inquiry__in=gone).values_list("name", flat=True):
        transaction.on_commit(partial(photo_files.remove, name))
    Inquiry.objects.filter(pk__in=[inquiry.pk for inquiry in gone]).delete()
    if gone:
        audit.record(actor, "inquiry.forgotten", f"market:{market.pk}", count=len(gone))
    return len(gone)


def _count(inquiry: Inquiry) -> None:
    month = inquiry.asked_at.astimezone(clock.KST).date().replace(day=1)
    answered = inquiry.first_answer_at
    in_time = answered is not None and answered - inquiry.asked_at <= ANSWERED_WITHIN[inquiry.kind]
    row, _is_new = PastInquiries.objects.get_or_create(
        market_id=inquiry.market_id, stall_id=inquiry.stall_id, month=month, kind=inquiry.kind
    )
    PastInquiries.objects.filter(pk=row.pk).update(count=F("count") + 1, in_time=F("in_time") + int(in_time))
