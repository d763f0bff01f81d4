"""Today's price."""

from __future__ import annotations

from jangteo.domains.catalog.actions.tell_goods import tell_goods
from jangteo.domains.catalog.errors import BadPrice
from jangteo.domains.catalog.models import Good, PriceChange
from jangteo.domains.catalog.rules import closing_after
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_WON = 9_999_990


@action
def set_price(*, market: Market, actor: Actor, good_id: int, price_won: int) -> Good:
    """Set the price, for the piece or for the good's price weight. Placed orders keep theirs.

    A price of today holds until the market closes next, also when it is the same as before; a price that was asked for
    at the stall becomes one of today. Raises BadPrice, Good.DoesNotExist (also for another stall's good).
    """
    if not 0 < price_won <= MOST_WON:
        raise BadPrice(most_won=MOST_WON)
    good = Good.objects.select_for_update().get(pk=good_id)
    moment = clock.now()
    if good.price_won == price_won and not good.asks_price and not good.price_ended(moment):
        return good
    was = good.price_won
    good.price_won = price_won
    good.changed_at = moment
    if good.price_life != Good.PriceLife.STANDING:
        good.price_life = Good.PriceLife.TODAY
        good.price_until = closing_after(moment, market.closes_at)
    good.save(update_fields=["price_won", "price_life", "price_until", "changed_at"])
    PriceChange.objects.create(market=market, good=good, price_won=price_won, at=moment)
    audit.record(actor, "good.priced", f"good:{good.pk}", was_won=was, price_won=price_won)
    tell_goods(goods=[good])
    return good
