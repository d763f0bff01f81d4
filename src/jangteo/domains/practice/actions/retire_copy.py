"""A copy has been practised in long enough."""

from __future__ import annotations

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.models import Device
from jangteo.domains.practice.copying import spent_code
from jangteo.domains.practice.models import Sitting
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def retire_copy(*, market: Market, actor: Actor) -> None:
    """Close the copy, shut its devices out and free the numbers of its stalls. Its rows stay: books are never deleted.

    Again changes nothing.
    """
    market = Market.objects.select_for_update().get(pk=market.pk)
    if market.state == Market.State.CLOSED:
        return
    moment = clock.now()
    market.state = Market.State.CLOSED
    market.save(update_fields=["state"])
    Sitting.objects.filter(ended_at=None).update(ended_at=moment)
    Device.objects.filter(revoked_at=None).update(revoked_at=moment)
    stalls = list(Stall.objects.select_for_update(of=("self",)).order_by("pk"))
    for stall in stalls:
        stall.code = spent_code(stall.pk)
    Stall.objects.bulk_update(stalls, ["code"])
    audit.record(actor, "practice.ended", f"market:{market.pk}")
