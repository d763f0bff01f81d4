"""The stall's goods as it sees them: on sale first, sold-out ones after."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import all_goods_of_stall
from jangteo.domains.stock.queries import counts_of
from jangteo.kernel import clock


@dataclass(frozen=True, slots=True)
class Thing:
    """A good with its count. `left` can still be ordered, `held` waits for a payment; both None when not counted."""

    good: Good
    left: int | None
    held: int

    @property
    def is_sold_out(self) -> bool:
        return self.good.state == Good.State.SOLD_OUT

    @property
    def has_ended(self) -> bool:
        """Its price of today is over, so no shopper sees it."""
        return self.good.price_ended(clock.now())

    @property
    def ended_today(self) -> bool:
        """The evening before the morning that asks."""
        until = self.good.price_until
        return until is not None and self.has_ended and clock.business_day(until) == clock.today()


def shelf(stall_id: int) -> list[Thing]:
    """Everything that is not put away, in the stall's own order so that each thing keeps its place."""
    goods = [good for good in all_goods_of_stall(stall_id) if good.state != Good.State.HIDDEN]
    counts = counts_of([good.pk for good in goods])
    return [Thing(good, *counts.get(good.pk, (None, 0))) for good in goods]


def good_on_shelf(stall_id: int, good_id: int) -> Thing:
    """One thing. Raises Good.DoesNotExist for another stall's."""
    thing = next((thing for thing in shelf(stall_id) if thing.good.pk == good_id), None)
    if thing is None:
        raise Good.DoesNotExist
    return thing
