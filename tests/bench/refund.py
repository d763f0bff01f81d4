"""What giving a whole order back costs: five lines, paid with a coupon, points and a card."""

from __future__ import annotations

import time
import uuid

from django.db import connection
from django.test.utils import CaptureQueriesContext

from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.bench.shop import Shop
from tests.bench.tables import Row, Table
from tests.money.three_moneys import hand_everything_over, pay_with_three
from tests.world import GUEST, wants

REFUNDS = 20
MOST_STATEMENTS = 25


def run(shop: Shop) -> list[Table]:
    """The action as the office presses it, BEGIN and COMMIT counted; asking the gateway is the worker's, afterwards."""
    orders = [_paid(shop, shop.basket) for _ in range(REFUNDS + 1)]
    _refund(shop, orders.pop())
    counts, began = [], time.perf_counter()
    for order in orders:
        counts.append(_refund(shop, order))
    took = (time.perf_counter() - began) / REFUNDS * 1000
    rows = [Row("SQL statements", sum(counts) / REFUNDS, "", most=MOST_STATEMENTS), Row("time", took, "ms")]
    return [Table("Refund of 5 lines over 3 stalls, paid with 3 kinds of money", rows, [f"Average of {REFUNDS}."])]


def _paid(shop: Shop, goods: list[Good]) -> Order:
    wanted = wants(*((good, 1) for good in goods))
    placed = place_order(market=shop.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()))
    found = pay_with_three(shop.market, placed.order_id)
    hand_everything_over(shop.market, found)
    return found


def _refund(shop: Shop, order: Order) -> int:
    with in_market(shop.market.pk):
        lines = list(Line.objects.filter(part__order=order).values_list("pk", flat=True))
    wanted = WantedRefund(dict.fromkeys(lines))
    with CaptureQueriesContext(connection) as captured:
        refund_lines(market=shop.market, actor=SYSTEM, order_id=order.pk, wanted=wanted, key=str(uuid.uuid4()))
    return len(captured)
