"""Money that needs a person: nobody knows where it is, or the gateway said no."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.payments.queries import UNFINISHED_AFTER


def doubtful_payments(now: datetime) -> list[Payment]:
    """Payments of a wrong amount, and those the gateway has not explained for two minutes, oldest first."""
    unknown = Q(state=Payment.State.UNKNOWN, changed_at__lt=now - UNFINISHED_AFTER)
    return list(Payment.objects.filter(unknown | Q(state=Payment.State.MISMATCH)).order_by("pk"))


def doubtful_refunds() -> list[Refund]:
    """Refunds that were refused or whose outcome nobody knows, oldest first, with their payment."""
    doubtful = Refund.objects.filter(state__in=[Refund.State.REJECTED, Refund.State.UNKNOWN])
    return list(doubtful.select_related("payment").order_by("pk"))
