"""The stall says how many there are."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market
from jangteo.domains.stock.actions.take_stock import move_stock
from jangteo.domains.stock.actions.tell_left import tell_left
from jangteo.domains.stock.errors import BadCount
from jangteo.domains.stock.models import StockItem, StockMovement
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_COUNTED = 99_999


@action
def count_stock(*, market: Market, actor: Actor, good_id: int, on_hand: int) -> StockItem:
    """Set the count of a good; the first count makes it a counted good.

    Goods held for a checkout stay held: a count below them is raised to them. Raises BadCount, Good.DoesNotExist.
    """
    if not 0 <= on_hand <= MOST_COUNTED:
        raise BadCount(most=MOST_COUNTED)
    good = Good.objects.get(pk=good_id)
    item, is_new = StockItem.objects.get_or_create(good=good, defaults={"market": market, "on_hand": 0})
    item = StockItem.objects.select_for_update().get(pk=item.pk)
    delta = max(on_hand, item.held) - item.on_hand
    if delta:
        move_stock({good.pk: item}, {good.pk: delta}, StockMovement.Reason.COUNTED, f"good:{good.pk}")
    elif is_new:
        tell_left(items=[item])  # what nobody counted until now had not run out
    audit.record(actor, "stock.counted", f"good:{good.pk}", on_hand=item.on_hand)
    return item
