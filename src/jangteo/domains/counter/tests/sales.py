"""Sales at the counter of 순자네 수산, made by the actions themselves."""

from __future__ import annotations

import uuid

from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.choose_way import choose_way
from jangteo.domains.counter.actions.open_sale import WantedSale, open_sale
from jangteo.domains.counter.actions.refund_sale import WantedBack, refund_sale
from jangteo.domains.counter.actions.settle_sale import settle_sale
from jangteo.domains.counter.models import CounterSale, SaleRefund
from jangteo.domains.markets.models import Stall
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import Cancel, GatewayState, Snapshot
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World


def opened(world: World, won: int = 12_000, *, stall: Stall | None = None, source: str = "sticker") -> CounterSale:
    wanted = WantedSale((stall or world.fish).pk, won, source)
    return open_sale(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()))


def begun(world: World, way: str, won: int = 12_000, *, stall: Stall | None = None) -> CounterSale:
    sale = opened(world, won, stall=stall)
    return choose_way(market=world.market, actor=GUEST, token=sale.token, way=way)


def snapshot(sale: CounterSale, *, total: int | None = None, cancels: tuple[Cancel, ...] = ()) -> Snapshot:
    won = sale.amount_won if total is None else total
    balance = won - sum(cancel.amount_won for cancel in cancels)
    state = GatewayState.DONE if balance else GatewayState.CANCELLED
    return Snapshot(f"pk-{sale.ref}", sale.ref, state, won, balance, "카드", None, "", cancels)


def settled(world: World, seen: Snapshot) -> CounterSale:
    return settle_sale(market=world.market, actor=SYSTEM, snapshot=seen)


def card_paid(world: World, won: int = 12_000) -> CounterSale:
    return settled(world, snapshot(begun(world, "card", won)))


def stored(world: World, sale: CounterSale) -> CounterSale:
    with in_market(world.market.pk):
        return CounterSale.objects.get(pk=sale.pk)


def payment_of(world: World, sale: CounterSale) -> Payment:
    with in_market(world.market.pk):
        return Payment.objects.get(order_ref=sale.ref)


def taken_in(world: World, way: str = "cash", won: int = 12_000, *, stall: Stall | None = None) -> CounterSale:
    """Money that the stall says to have in its hands."""
    sale = begun(world, way, won, stall=stall)
    return answer_claim(market=world.market, actor=SYSTEM, sale_id=sale.pk, received=True)


def given_back(world: World, sale: CounterSale, won: int | None = None, *, key: str = "") -> SaleRefund:
    """So much of it, or all that is left."""
    wanted = WantedBack(sale.pk, won)
    return refund_sale(market=world.market, actor=SYSTEM, wanted=wanted, key=key or str(uuid.uuid4()))
