"""A card order that was paid after its goods had gone."""

from __future__ import annotations

from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.models import Shortfall
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.ports import GatewayState, Snapshot
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, order


def pay(world: World, placed: PlacedOrder) -> None:
    """The gateway says that it has taken the money."""
    paid = Snapshot(
        f"pk-{placed.ref}", placed.ref, GatewayState.DONE, placed.pay_won, placed.pay_won, "카드", None, "", ()
    )
    settle_payment(market=world.market, actor=SYSTEM, snapshot=paid)


def short_order(world: World) -> Shortfall:
    """Three mackerels for 24,000 won were paid, and only one is left: 순자네 수산 is two short."""
    placed = order(world, (world.mackerel, 3), tender="card")
    expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)
    order(world, (world.mackerel, 4))
    pay(world, placed)
    with in_market(world.market.pk):
        return Shortfall.objects.get()


def state_of_shortfall(shortfall: Shortfall) -> str:
    with in_market(shortfall.market_id):
        return Shortfall.objects.get(pk=shortfall.pk).state
