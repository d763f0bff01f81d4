"""What a list of goods costs, as the page shows it and as the API gives it."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

from tests.bench.buyers import Buyer
from tests.bench.shop import Shop
from tests.bench.tables import Row, Table

LOOKS = 200
AT_ONCE = 32
MOST_STATEMENTS = 6


def run(shop: Shop) -> list[Table]:
    """The page of all goods, the market's front page, and the API's first page of goods."""
    pages = (
        ("the shop's list of goods", "goods/"),
        ("the market's front page", ""),
        ("the API's list of goods", f"/api/v1/markets/{shop.market.slug}/goods/"),
    )
    with ExitStack() as stack:
        buyers = [stack.enter_context(closing(Buyer(shop, 5_000 + n))) for n in range(AT_ONCE)]
        rows = [row for what, path in pages for row in _rows(shop, buyers, what, path)]
    return [Table("Product lists", rows, [f"Average of {LOOKS}, one after another, warm."])]


def _rows(shop: Shop, buyers: list[Buyer], what: str, path: str) -> list[Row]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for answer in threads.map(lambda buyer: buyer.look(path), buyers * 3):
            answer.raise_for_status()
    idle = shop.meter.idle()
    shop.meter.begin()
    took = [_look(buyers[0], path) for _ in range(LOOKS)]
    net = shop.meter.spent().without(idle)
    return [
        Row(f"{what}: SQL statements", net.statements / LOOKS, "", most=MOST_STATEMENTS),
        Row(f"{what}: CPU in all processes", sum(net.cpu_ms.values()) / LOOKS, "ms"),
        Row(f"{what}: median time", statistics.median(took), "ms"),
    ]


def _look(buyer: Buyer, path: str) -> float:
    began = time.perf_counter()
    buyer.look(path).raise_for_status()
    return (time.perf_counter() - began) * 1000
