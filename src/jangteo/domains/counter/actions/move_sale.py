"""Change the state of a sale, with its history row and its news."""

from __future__ import annotations

from jangteo.domains.counter.errors import SaleOver
from jangteo.domains.counter.models import CounterSale, SaleMove
from jangteo.domains.counter.states import TRANSITIONS, SaleState
from jangteo.kernel import clock, live
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def move_sale(*, sale: CounterSale, to: SaleState, actor: Actor) -> None:
    """Set and save the state of the locked sale, and whatever else of it has changed. Raises SaleOver."""
    if to not in TRANSITIONS[sale.state]:
        raise SaleOver(state=sale.state)
    SaleMove.objects.create(
        market_id=sale.market_id,
        stall_id=sale.stall_id,
        sale=sale,
        was=sale.state,
        became=to,
        actor_ref=actor.ref,
        at=clock.now(),
    )
    sale.state = to
    sale.changed_at = clock.now()
    sale.save()
    news: dict[str, int | str] = {"sale": sale.pk}
    live.publish(
        [live.News(f"stall:{sale.stall_id}", f"sale_{to}", news), live.News(f"sale:{sale.pk}", f"sale_{to}", news)]
    )
