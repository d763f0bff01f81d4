"""Flash sales and their goods, as they are now."""

from __future__ import annotations

from collections.abc import Collection

from jangteo.domains.catalog.models import Good
from jangteo.domains.events.models import FlashSale
from jangteo.kernel.action import step


@step
def lock_flashes(*, ids: Collection[int]) -> list[FlashSale]:
    """Goods first, as everybody does who changes a price; each row comes with its locked good."""
    good_ids = FlashSale.objects.filter(pk__in=ids).values_list("good_id", flat=True)
    goods = {good.pk: good for good in Good.objects.select_for_update().filter(pk__in=list(good_ids)).order_by("pk")}
    rows = list(FlashSale.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    for row in rows:
        row.good = goods[row.good_id]
    return rows
