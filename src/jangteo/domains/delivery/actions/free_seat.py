"""An order will not be brought: its place in the wave is free again."""

from __future__ import annotations

from django.db.models import F

from jangteo.domains.delivery.models import Seat, Wave
from jangteo.kernel import clock, live
from jangteo.kernel.action import step


@step
def free_seat(*, order_id: int) -> Seat | None:
    """The seat that was given back, None where the order had none. Again it changes nothing."""
    seat = Seat.objects.select_for_update().filter(order_id=order_id, freed_at=None).first()
    if seat is None:
        return None
    seat.freed_at = clock.now()
    seat.save(update_fields=["freed_at"])
    Wave.objects.filter(pk=seat.wave_id).update(taken=F("taken") - 1)
    live.publish([live.News(f"market:{seat.market_id}", "wave")])
    return seat
