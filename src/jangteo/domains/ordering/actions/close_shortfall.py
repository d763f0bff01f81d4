"""A line that was paid but sold out meanwhile: found after all, or paid back."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.give_back_lines import give_back_lines
from jangteo.domains.ordering.models import Order, Shortfall
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def close_shortfall(*, market: Market, actor: Actor, shortfall_id: int, found: bool) -> Shortfall:
    """Close it once; closing again changes nothing. Not found: the whole line's money goes back.

    Raises Shortfall.DoesNotExist.
    """
    shortfall = Shortfall.objects.select_related("line__part").get(pk=shortfall_id)
    order = Order.objects.select_for_update().get(pk=shortfall.line.part.order_id)
    shortfall.refresh_from_db(fields=["state"])
    if shortfall.state != Shortfall.State.OPEN:
        return shortfall
    shortfall.state = Shortfall.State.FOUND if found else Shortfall.State.REFUNDED
    shortfall.closed_at = clock.now()
    shortfall.save(update_fields=["state", "closed_at"])
    if not found:
        line = shortfall.line
        give_back_lines(order=order, wons={line.pk: None}, reason=f"line_{line.pk}_short", actor=actor)
    audit.record(actor, f"shortfall.{shortfall.state}", f"line:{shortfall.line_id}", number=order.number)
    live.publish(
        [
            live.News(f"order:{order.pk}", "shortfall_closed"),
            live.News(f"stall:{shortfall.stall_id}", "shortfall_closed"),
        ]
    )
    return shortfall
