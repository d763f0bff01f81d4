"""What one order of five lines over three stalls costs, from the empty basket until the customer sees it placed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

from tests.bench.buyers import Buyer
from tests.bench.meter import Spent
from tests.bench.shop import Shop
from tests.bench.tables import Row, Table

ORDERS = 200
# So many, all at once, that every thread of the pages has its connection and its templates.
WARM_UP, AT_ONCE = 96, 32
MOST_STATEMENTS = 25
MOST_CPU_MS = 35
MOST_SHOWN = 60


def run(shop: Shop, *, with_statements: bool) -> list[Table]:
    """By the API in one call, and through the shop's pages."""
    tables = []
    with ExitStack() as stack:
        buyers = [stack.enter_context(closing(Buyer(shop, 1_000 + n))) for n in range(WARM_UP + ORDERS)]
        measured = _measured(shop, buyers, lambda buyer: buyer.order_in_one_call(shop.basket))
        title = "One order of 5 lines over 3 stalls, by the API in one call"
        tables.append(_table(title, *measured, with_statements=with_statements))
    with ExitStack() as stack:
        buyers = [stack.enter_context(closing(Buyer(shop, 2_000 + n))) for n in range(WARM_UP + ORDERS)]
        for buyer in buyers:
            buyer.look_around()
        measured = _measured(shop, buyers, lambda buyer: buyer.order_through_the_pages(shop.basket))
        title = "The same through the pages: 5 goods into the basket, checkout, place, the order's page"
        tables.append(_table(title, *measured, with_statements=with_statements))
    return tables


def _measured(shop: Shop, buyers: Sequence[Buyer], order: Callable[[Buyer], None]) -> tuple[Spent, Spent]:
    """What the orders spent, and what is spent while nobody orders."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(order, buyers[:WARM_UP]))
    idle = shop.meter.idle()
    shop.meter.begin()
    for buyer in buyers[WARM_UP:]:
        order(buyer)
    return shop.meter.spent(), idle


def _table(title: str, spent: Spent, idle: Spent, *, with_statements: bool) -> Table:
    net = spent.without(idle)
    rows = [
        Row("SQL statements, counted in PostgreSQL", net.statements / ORDERS, "", most=MOST_STATEMENTS),
        Row("foreign keys that PostgreSQL checks by itself", net.key_checks / ORDERS, ""),
        Row("CPU in all processes", sum(net.cpu_ms.values()) / ORDERS, "ms", most=MOST_CPU_MS),
        *(Row(f"  of it {name}", ms / ORDERS, "ms") for name, ms in net.cpu_ms.items()),
        Row("one after another", spent.seconds / ORDERS * 1000, "ms"),
    ]
    background = (
        f"Average of {ORDERS}. Idle, taken off above: {idle.statements / idle.seconds:.2f} statements and"
        f" {sum(idle.cpu_ms.values()) / idle.seconds:.2f} ms of CPU a second."
    )
    runs = sorted(spent.runs.items(), key=lambda run: -run[1])[:MOST_SHOWN] if with_statements else []
    return Table(title, rows, [background, *(f"{n / ORDERS:6.2f}  {' '.join(query.split())}" for query, n in runs)])
