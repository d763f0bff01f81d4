"""Money came for an order that had given its seat back."""

from __future__ import annotations

from django.db.models import F

from jangteo.domains.delivery.models import Seat, Wave
from jangteo.kernel import clock, live
from jangteo.kernel.action import step


@step
def regain_seat(*, order_id: int) -> bool:
    """Whether the order has its seat, perhaps again: False where its wave is full or takes no more orders.

    True for an order that never had one.
    """
    seat = Seat.objects.select_for_update().filter(order_id=order_id).first()
    if seat is None or seat.freed_at is None:
        return True
    free = Wave.objects.filter(pk=seat.wave_id, taken__lt=F("capacity"), cut_off_at__gt=clock.now())
    if not free.update(taken=F("taken") + 1):
        return False
    seat.freed_at = None
    seat.save(update_fields=["freed_at"])
    live.publish([live.News(f"market:{seat.market_id}", "wave")])
    return True
