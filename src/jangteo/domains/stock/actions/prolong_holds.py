"""The customer needs longer to pay than a checkout takes."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.stock.models import StockHold
from jangteo.kernel.action import step


@step
def prolong_holds(*, cause: str, until: datetime) -> None:
    """Keep the open holds of `cause` until then; never shorter than before."""
    StockHold.objects.filter(cause=cause, state=StockHold.State.OPEN, expires_at__lt=until).update(expires_at=until)
