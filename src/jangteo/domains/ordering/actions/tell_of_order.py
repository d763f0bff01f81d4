"""The stalls hear of a new order."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.ordering.actions.ring_phones import ring_phones
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.states import OrderState
from jangteo.kernel import audit, live
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def tell_of_order(*, order: Order, parts: Sequence[StallPart], actor: Actor) -> None:
    """Note that it was placed; the stalls ring, and phones in pockets wake, unless it waits for its money."""
    audit.record(actor, "order.placed", f"order:{order.pk}", number=order.number, stalls=len(parts))
    if order.state == OrderState.PLACED:
        live.publish(live.News(f"stall:{part.stall_id}", "part_new", {"part": part.pk}) for part in parts)
        ring_phones(parts=parts)
