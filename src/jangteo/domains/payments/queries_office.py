"""Money that needs a person: nobody knows where it is, or the gateway said no."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.payments.ports import PayBy
from jangteo.domains.payments.queries import UNFINISHED_AFTER

# Whoever has not paid again by then is no task of the day any more.
ASKED_FOR = timedelta(days=30)
# As `is_taken_back` says it.
_GONE = Q(pay_by=PayBy.ACCOUNT, captures__gt=0, captured_won=0)


def doubtful_payments(now: datetime) -> list[Payment]:
    """Payments of a wrong amount, those the gateway has not explained for two minutes, and deposits that a bank took
    back in the last thirty days and that have not come again (`is_taken_back`), oldest first.
    """
    unknown = Q(state=Payment.State.UNKNOWN, changed_at__lt=now - UNFINISHED_AFTER)
    gone = _GONE & Q(changed_at__gte=now - ASKED_FOR)
    return list(Payment.objects.filter(unknown | gone | Q(state=Payment.State.MISMATCH)).order_by("pk"))


def doubtful_refunds() -> list[Refund]:
    """Refunds that were refused or whose outcome nobody knows, oldest first, with their payment.

    Not those of a deposit that is gone (`is_taken_back`): nobody may give back what never came.
    """
    doubtful = Refund.objects.filter(state__in=[Refund.State.REJECTED, Refund.State.UNKNOWN])
    gone = Q(state=Refund.State.REJECTED, payment__in=Payment.objects.filter(_GONE))
    return list(doubtful.exclude(gone).select_related("payment").order_by("pk"))
