"""Change the state of an order or a stall's part, with its history row and its news."""

from __future__ import annotations

from collections.abc import Iterable

from jangteo.domains.ordering.errors import MoveNotAllowed
from jangteo.domains.ordering.models import Move, Order, StallPart
from jangteo.domains.ordering.states import FEE_TRANSITIONS, ORDER_TRANSITIONS, PART_TRANSITIONS, OrderState, PartState
from jangteo.kernel import clock, live
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def move_order(*, order: Order, to: OrderState, actor: Actor) -> None:
    """Set and save the state of the locked order. Raises MoveNotAllowed."""
    if to not in ORDER_TRANSITIONS[order.state]:
        raise MoveNotAllowed(was=order.state, became=to)
    Move.objects.create(
        market_id=order.market_id, order=order, was=order.state, became=to, actor_ref=actor.ref, at=clock.now()
    )
    order.state = to
    order.changed_at = clock.now()
    order.save(update_fields=["state", "changed_at"])
    live.publish([live.News(f"order:{order.pk}", f"order_{to}")])


@step
def move_parts(*, parts: Iterable[StallPart], to: PartState, actor: Actor) -> None:
    """Set and save the state of locked parts of one order, all or none. Raises MoveNotAllowed."""
    moved = list(parts)
    moment = clock.now()
    history = []
    for part in moved:
        ways = FEE_TRANSITIONS if part.is_fee else PART_TRANSITIONS
        if to not in ways[part.state]:
            raise MoveNotAllowed(was=part.state, became=to)
        history.append(
            Move(
                market_id=part.market_id,
                order_id=part.order_id,
                part=part,
                was=part.state,
                became=to,
                actor_ref=actor.ref,
                at=moment,
            )
        )
        part.state = to
        part.told = ""
        part.changed_at = moment
    if not moved:
        return
    StallPart.with_fees.bulk_update(moved, ["state", "changed_at", "refuse_reason", "told"])
    Move.objects.bulk_create(history)
    news = [live.News(f"stall:{part.stall_id}", f"part_{to}", {"part": part.pk}) for part in moved]
    live.publish(
        [
            *news,
            live.News(f"order:{moved[0].order_id}", f"part_{to}"),
            live.News(f"numbers:{moved[0].market_id}", "numbers"),
        ]
    )
