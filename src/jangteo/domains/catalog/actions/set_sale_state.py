"""Sold out, back again, or put away."""

from __future__ import annotations

from jangteo.domains.catalog.actions.tell_goods import tell_goods
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def set_sale_state(*, market: Market, actor: Actor, good_id: int, state: Good.State) -> Good:
    """Set whether a good is sold. Orders placed before stay. Raises Good.DoesNotExist (also for another stall's)."""
    good = Good.objects.select_for_update().get(pk=good_id)
    if good.state != state:
        good.state = state
        good.changed_at = clock.now()
        good.save(update_fields=["state", "changed_at"])
        audit.record(actor, f"good.{state}", f"good:{good.pk}")
        tell_goods(goods=[good])
    return good
