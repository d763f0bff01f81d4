"""Today's price."""

from __future__ import annotations

from jangteo.domains.catalog.errors import BadPrice
from jangteo.domains.catalog.models import Good, PriceChange
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_WON = 9_999_990


@action
def set_price(*, market: Market, actor: Actor, good_id: int, price_won: int) -> Good:
    """Set the price, for the piece or for the good's price weight. Placed orders keep theirs.

    Raises BadPrice, Good.DoesNotExist (also for another stall's good).
    """
    if not 0 < price_won <= MOST_WON:
        raise BadPrice(most_won=MOST_WON)
    good = Good.objects.select_for_update().get(pk=good_id)
    if good.price_won == price_won:
        return good
    was = good.price_won
    good.price_won = price_won
    good.changed_at = clock.now()
    good.save(update_fields=["price_won", "changed_at"])
    PriceChange.objects.create(market=market, good=good, price_won=price_won, at=clock.now())
    audit.record(actor, "good.priced", f"good:{good.pk}", was_won=was, price_won=price_won)
    live.publish([live.News(f"market:{market.pk}", "good", {"good": good.pk})])
    return good
