"""After every change at the hub: is the order complete, and does it have its place on the shelf?"""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.hub.models import HubPlan, Parcel, ParcelNotice, Pick
from jangteo.domains.hub.queries import is_complete, keep_hours
from jangteo.domains.hub.rules import lowest_free
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState
from jangteo.kernel import audit, clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor
from jangteo.kernel.tenancy import is_practice

# So long a press can be taken back before the customer hears of it.
WAITS = timedelta(minutes=2)


@step
def settle_parcel(*, order: Order, actor: Actor) -> Parcel | None:
    """Write it down and owe the customer the word that it is ready. `order` is locked. None where nothing is here."""
    parcel = Parcel.objects.filter(order=order).first()
    if parcel is None or parcel.given_at is not None:
        return parcel
    is_here = Pick.objects.filter(order=order, state=Pick.State.GOT).exists()
    _shelve(parcel, order, is_here=is_here)
    ready = is_here and is_complete(order)
    if ready == (parcel.ready_at is not None):
        parcel.save(update_fields=["shelf"])
        return parcel
    parcel.ready_at = clock.now() if ready else None
    parcel.save(update_fields=["shelf", "ready_at"])
    if ready:
        audit.record(actor, "hub.order_ready", f"order:{order.pk}", number=order.number)
    if ready and order.fulfil == Order.Fulfil.PICKUP and not is_practice(order.market_id):
        _owe(parcel)
    return parcel


def _shelve(parcel: Parcel, order: Order, *, is_here: bool) -> None:
    """A number for what is fetched; where none is free it stands beside, by its order number. Makers take turns."""
    if order.fulfil != Order.Fulfil.PICKUP or not is_here:
        parcel.shelf = None
    elif parcel.shelf is None:
        plan = HubPlan.objects.select_for_update(of=("self",)).get(market_id=order.market_id)
        on_shelf = Parcel.objects.filter(shelf__isnull=False)
        # An order may also end elsewhere: at its stalls one by one, or at the office. Its place is free again.
        on_shelf.exclude(order__state=OrderState.PLACED).update(shelf=None)
        numbers = on_shelf.values_list("shelf", flat=True)
        taken = {number for number in numbers if number is not None}
        parcel.shelf = lowest_free(taken, plan.shelves)


def _owe(parcel: Parcel) -> None:
    """Ready at once, and once more when half of the time it is kept has gone by."""
    now, kept = clock.now(), timedelta(hours=keep_hours())
    ParcelNotice.objects.bulk_create(
        [
            ParcelNotice(market_id=parcel.market_id, parcel=parcel, about=ParcelNotice.About.READY, due_at=now + WAITS),
            ParcelNotice(
                market_id=parcel.market_id, parcel=parcel, about=ParcelNotice.About.AGAIN, due_at=now + kept / 2
            ),
        ],
        ignore_conflicts=True,
    )
