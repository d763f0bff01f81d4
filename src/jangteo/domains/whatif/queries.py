"""The deliveries of the past weeks, and the scenarios that were kept, in the market in scope."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import datetime, timedelta

from jangteo.domains.delivery.fees import Payer, Terms
from jangteo.domains.delivery.models import Seat
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.whatif.models import Scenario
from jangteo.domains.whatif.rules import Past, Wish

MOST_ORDERS = 5_000


def past_deliveries(since: datetime, until: datetime) -> list[Past]:
    """Orders that were brought by waves between the two, oldest wave first. Three statements."""
    seats = Seat.objects.filter(freed_at=None, wave__starts_at__gte=since, wave__starts_at__lt=until)
    rows = list(seats.select_related("wave").order_by("wave__starts_at", "wave_id", "pk")[:MOST_ORDERS])
    ids = [seat.order_id for seat in rows]
    closed = set(Order.objects.filter(pk__in=ids, state=OrderState.CLOSED).values_list("pk", flat=True))
    goods = _goods_won(closed)
    taken: Counter[int] = Counter()
    found = []
    for seat in rows:
        taken[seat.wave_id] += 1
        if seat.order_id in closed:
            won, window = goods.get(seat.order_id, 0), seat.wave.window_id
            found.append(Past(won, seat.customer_won, seat.wave_id, window, seat.zone_id, taken[seat.wave_id]))
    return found


def _goods_won(order_ids: set[int]) -> Counter[int]:
    """What was handed over of each, without the fee."""
    lines = Line.objects.filter(part__order_id__in=order_ids, part__state=PartState.HANDED_OVER, part__is_fee=False)
    won: Counter[int] = Counter()
    for line in lines.select_related("part"):
        won[line.part.order_id] += facts_of(line).due_won
    return won


def scenarios() -> list[Scenario]:
    """Those that are kept, the oldest first."""
    return list(Scenario.objects.filter(dropped_at=None).order_by("pk"))


def as_plain(wish: Wish) -> dict[str, object]:
    """To be written down."""
    return asdict(wish)


def wish_of(row: Scenario) -> Wish:
    """As it was asked."""
    asked = dict(row.asked)
    terms = asked.pop("terms")
    return Wish(Terms(**{**terms, "payer": Payer(terms["payer"])}), **asked)


def since_weeks(now: datetime, weeks: int) -> datetime:
    """So many weeks ago."""
    return now - timedelta(weeks=weeks)
