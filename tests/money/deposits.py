"""Orders that are paid into a virtual account."""

from __future__ import annotations

from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.stock.models import StockItem
from tests.money.windows import Street

# An order and its payment.
WAITS = ("awaiting_payment", "waiting_deposit")
PAID = ("placed", "captured")


def by_account(here: Street) -> tuple[PlacedOrder, str]:
    """10,000 won, 8,000 of them tax-free, over two stalls; the account waits for the deposit."""
    placed = here.order((here.world.mackerel, 1), (here.world.tofu, 1), way="virtual_account")
    key = here.window(placed)
    assert here.come_back(placed, key) == 302
    here.work()
    assert here.states(placed) == WAITS
    here.hooks(2)
    here.work()
    return placed, key


def deposited(here: Street) -> tuple[PlacedOrder, str]:
    placed, key = by_account(here)
    here.toss.deposit(key)
    assert here.hooks(2) == [200, 200]
    here.work()
    assert here.states(placed) == PAID
    return placed, key


def mackerel(here: Street) -> tuple[int, int]:
    with here.now():
        item = StockItem.objects.get(good=here.world.mackerel)
    return item.on_hand, item.held
