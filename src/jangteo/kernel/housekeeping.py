"""What the kernel throws away when its time is over. Audit rows stay."""

from __future__ import annotations

from datetime import timedelta

from jangteo.kernel import clock
from jangteo.kernel.idempotency import KEPT_DAYS
from jangteo.kernel.models import KeyedAnswer, LiveEvent, OutboxRow, RateWindow

LIVE_KEPT = timedelta(days=1)
OUTBOX_KEPT = timedelta(days=90)


def forget_old_rows() -> None:
    """Delete live events after a day, answers after 35 days, finished effects after 90, spent rate windows."""
    moment = clock.now()
    LiveEvent.objects.filter(at__lt=moment - LIVE_KEPT).delete()
    KeyedAnswer.objects.filter(created_at__lt=moment - timedelta(days=KEPT_DAYS)).delete()
    finished = OutboxRow.objects.filter(status=OutboxRow.Status.FINISHED)
    finished.filter(created_at__lt=moment - OUTBOX_KEPT).delete()
    RateWindow.objects.filter(window_ends_at__lt=moment).delete()
