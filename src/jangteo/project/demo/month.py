"""A month of past trade for the demo market, made by the same actions at earlier times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import StallPart
from jangteo.kernel import clock
from jangteo.kernel.housekeeping import forget_old_rows
from jangteo.kernel.tenancy import in_market
from jangteo.project.demo.people import Crowd

DAYS = 30
ORDERS_A_DAY = 20
# Orders per hour of the trading day, as a shape: a morning peak and one before supper.
HOURS = {8: 2, 9: 4, 10: 6, 11: 6, 12: 3, 13: 2, 14: 3, 15: 4, 16: 7, 17: 6, 18: 3}


def play_month(market: Market, crowd: Crowd, progress: Callable[[int, int], None]) -> int:
    """Trade through the 30 days before today. How many orders were placed."""
    placed = 0
    for back in range(DAYS, 0, -1):
        day = clock.today() - timedelta(days=back)
        for moment in _moments(crowd, day):
            placed += _order_and_serve(market, crowd, moment)
        progress(DAYS - back + 1, DAYS)
    forget_old_rows()
    return placed


def _moments(crowd: Crowd, day: date) -> list[datetime]:
    # Saturdays are busy, Mondays are slow.
    busy = {0: 70, 5: 140, 6: 120}.get(day.weekday(), 100)
    hours = crowd.chance.choices(list(HOURS), list(HOURS.values()), k=ORDERS_A_DAY * busy // 100)
    return sorted(clock.korean(day, time(hour, crowd.chance.randrange(60))) for hour in hours)


def _order_and_serve(market: Market, crowd: Crowd, moment: datetime) -> int:
    with clock.at(moment):
        order = crowd.order()
    if order is None:
        return 0
    with in_market(market.pk):
        parts = list(StallPart.objects.filter(order_id=order.order_id).values_list("pk", "stall_id"))
    with clock.at(moment + timedelta(minutes=crowd.chance.randrange(5, 40))):
        for part_id, stall_id in parts:
            crowd.serve(part_id, stall_id)
    return 1
