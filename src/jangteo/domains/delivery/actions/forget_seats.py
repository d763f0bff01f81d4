"""Where orders were brought is forgotten; what it cost stays for the books."""

from __future__ import annotations

from collections.abc import Collection

from jangteo.domains.delivery.models import Seat
from jangteo.kernel.action import step


@step
def forget_seats(*, order_ids: Collection[int]) -> int:
    """Empty the addresses of these orders' seats; how many had one."""
    rows = Seat.objects.filter(order_id__in=order_ids).exclude(address="", lat_e6=None)
    return rows.update(address="", lat_e6=None, lon_e6=None)
