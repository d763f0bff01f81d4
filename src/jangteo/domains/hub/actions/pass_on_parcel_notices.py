"""What customers of parcels are to be told is handed to whoever tells it."""

from __future__ import annotations

from jangteo.domains.hub.models import ParcelNotice
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit

AT_ONCE = 200


@action
def pass_on_parcel_notices(*, market: Market, actor: Actor) -> int:
    """Queue those that are due; the same is queued once, however often this runs. How many are new."""
    due = ParcelNotice.objects.filter(state=ParcelNotice.State.WAITING, due_at__lte=clock.now())
    ids = due.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE]
    return sum(emit("parcel.tell", key=f"parcel.tell:{pk}", notice_id=pk) for pk in ids)
