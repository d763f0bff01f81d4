"""A line that was paid but sold out meanwhile: found after all, or paid back."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Line, Order, Shortfall
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.payments.actions.request_refund import request_refund
from jangteo.domains.payments.models import Payment
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
        _refund(order, shortfall.line)
    audit.record(actor, f"shortfall.{shortfall.state}", f"line:{shortfall.line_id}", number=order.number)
    live.publish(
        [
            live.News(f"order:{order.pk}", "shortfall_closed"),
            live.News(f"stall:{shortfall.stall_id}", "shortfall_closed"),
        ]
    )
    return shortfall


def _refund(order: Order, line: Line) -> None:
    payment = Payment.objects.select_for_update().get(order_ref=order.ref)
    amount = facts_of(line).most_won
    request_refund(
        payment=payment,
        amount_won=amount,
        tax_free_won=amount if line.tax == Good.Tax.EXEMPT else 0,
        reason=f"line_{line.pk}_short",
    )
