"""A coupon is taken back from the customers."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.promotions.actions.release_budget import release_budget
from jangteo.domains.promotions.models import Coupon
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def stop_coupon(*, market: Market, actor: Actor, coupon_id: int, stall_id: int | None = None) -> Coupon:
    """Nobody can take or use it from now on; orders that have it keep it. Stopping it twice changes nothing.

    What its funders promised and nothing used or holds, they do not owe any more. `stall_id`: only that stall's own.
    Raises Coupon.DoesNotExist.
    """
    found = Coupon.objects.select_for_update(of=("self",))
    coupon = (found if stall_id is None else found.filter(stall_id=stall_id)).get(pk=coupon_id)
    if coupon.stopped_at is None:
        coupon.stopped_at = clock.now()
        coupon.save(update_fields=["stopped_at"])
        audit.record(actor, "coupon.stopped", f"coupon:{coupon.pk}", name=coupon.name)
    release_budget(coupon=coupon, actor=actor)
    return coupon
