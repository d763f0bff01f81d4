"""Goods of a market into its copy, with what they cost and how many there are."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.catalog.models import Good, PriceChange
from jangteo.domains.practice.copying import copied
from jangteo.domains.stock.models import StockItem, StockMovement
from jangteo.kernel import clock
from jangteo.kernel.action import step

LEAST_ON_HAND = 10


@step
def copy_shelves(*, market_id: int, stall_ids: Mapping[int, int], kind_ids: Mapping[int, int]) -> None:
    """Every good of these stalls that shoppers see. Photos stay with the real goods: the copy shows the drawn picture.

    `stall_ids` and `kind_ids` lead from the real market's ids to the copy's. Counts are filled up a little.
    """
    moment = clock.now()
    goods = list(Good.objects.filter(stall_id__in=stall_ids).exclude(state=Good.State.HIDDEN).order_by("pk"))
    made = Good.objects.bulk_create(
        copied(
            good,
            market_id=market_id,
            stall_id=stall_ids[good.stall_id],
            kind_id=kind_ids[good.kind_id],
            photo="",
            price_life=Good.PriceLife.STANDING,
            price_until=None,
            changed_at=moment,
        )
        for good in goods
    )
    PriceChange.objects.bulk_create(
        PriceChange(market_id=market_id, good=good, price_won=good.price_won, at=moment) for good in made
    )
    twins = {good.pk: twin for good, twin in zip(goods, made, strict=True)}
    counted = StockItem.objects.filter(good_id__in=twins).order_by("pk")
    items = StockItem.objects.bulk_create(
        copied(
            item,
            market_id=market_id,
            good_id=twins[item.good_id].pk,
            on_hand=max(item.on_hand - item.held, LEAST_ON_HAND),
            held=0,
        )
        for item in counted
    )
    StockMovement.objects.bulk_create(
        StockMovement(market_id=market_id, item=item, delta=item.on_hand, reason="counted", cause="practice", at=moment)
        for item in items
    )
