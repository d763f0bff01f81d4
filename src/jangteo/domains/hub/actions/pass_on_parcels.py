"""What customers of the shelf are to be told is handed to whoever tells it."""

from __future__ import annotations

from django.db.models import Q

from jangteo.domains.hub.models import ParcelNotice
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.states import OrderState
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit

AT_ONCE = 200


@action
def pass_on_parcels(*, market: Market, actor: Actor) -> int:
    """Queue those that are due, also those that are true no more and end without a word. How many are new.

    What was ready and is not any more waits until it is again.
    """
    due = ParcelNotice.objects.filter(state=ParcelNotice.State.WAITING, due_at__lte=clock.now())
    ripe = Q(parcel__ready_at__isnull=False) | Q(parcel__given_at__isnull=False)
    rows = due.filter(ripe | ~Q(parcel__order__state=OrderState.PLACED)).order_by("due_at", "pk")
    told = rows.values_list("pk", "parcel__ready_at")[:AT_ONCE]
    return sum(emit("parcel.tell", key=f"parcel.tell:{pk}:{ready_at}", notice_id=pk) for pk, ready_at in told)
