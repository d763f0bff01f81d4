"""Three hundred people want the last hundred, all in the same moment."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.domains.stock.queries import left_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.bench.buyers import Buyer
from tests.bench.shop import Shop
from tests.bench.tables import Row, Table

BUYERS = 300
UNITS = 100
MOST_SECONDS = 15.0
PLACED, SOLD_OUT = 201, 409


def run(shop: Shop) -> list[Table]:
    """One unit each, by the API."""
    good = shop.basket[1]
    count_stock(market=shop.market, actor=SYSTEM, good_id=good.pk, on_hand=UNITS)
    start = threading.Barrier(BUYERS + 1)

    def press(buyer: Buyer) -> tuple[int, float]:
        start.wait()
        began = time.perf_counter()
        return buyer.try_to_order([good]), time.perf_counter() - began

    with ExitStack() as stack:
        buyers = [stack.enter_context(closing(Buyer(shop, 6_000 + n))) for n in range(BUYERS)]
        threads = stack.enter_context(ThreadPoolExecutor(BUYERS))
        answers = [threads.submit(press, buyer) for buyer in buyers]
        start.wait()
        began = time.perf_counter()
        told = [answer.result() for answer in answers]
        seconds = time.perf_counter() - began
    with in_market(shop.market.pk):
        left = left_of([good.pk])[good.pk]
    statuses = Counter(status for status, _ in told)
    waits = sorted(waited for _, waited in told)
    rows = [
        Row("sold", statuses[PLACED], "", most=UNITS, least=UNITS),
        Row("left", left, "", most=0, least=0),
        Row("told that it is sold out", statuses[SOLD_OUT], "", most=BUYERS - UNITS, least=BUYERS - UNITS),
        Row("answered otherwise", BUYERS - statuses[PLACED] - statuses[SOLD_OUT], "", most=0),
        Row("until the last one was answered", seconds, "s", most=MOST_SECONDS),
        Row("half of them waited less than", waits[BUYERS // 2], "s"),
        Row("95 of 100 waited less than", waits[BUYERS * 95 // 100], "s"),
        Row("the longest wait", waits[-1], "s"),
    ]
    return [Table(f"{BUYERS} buyers on {UNITS} units, all at once", rows)]
