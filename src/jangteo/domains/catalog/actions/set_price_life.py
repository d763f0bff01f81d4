"""How long a price lives: until it is changed, until the market closes, or not at all (시가)."""

from __future__ import annotations

from jangteo.domains.catalog.actions.tell_goods import tell_goods
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.rules import closing_after
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def set_price_life(*, market: Market, actor: Actor, good_id: int, life: Good.PriceLife) -> Good:
    """Set the life of a good's price. A price that has ended is good again for as long as it lives now.

    Asking for what is there changes nothing. Raises Good.DoesNotExist (also for another stall's good).
    """
    good = Good.objects.select_for_update().get(pk=good_id)
    moment = clock.now()
    if good.price_life == life and not good.price_ended(moment):
        return good
    good.price_life = life
    good.price_until = closing_after(moment, market.closes_at) if life == Good.PriceLife.TODAY else None
    good.changed_at = moment
    good.save(update_fields=["price_life", "price_until", "changed_at"])
    audit.record(actor, "good.price_life", f"good:{good.pk}", life=life)
    tell_goods(goods=[good])
    return good
