"""Sales at the counter and pay links for the stage, in the states that their addresses need."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.choose_way import choose_way
from jangteo.domains.counter.actions.make_pay_link import make_pay_link
from jangteo.domains.counter.actions.open_sale import WantedSale, open_sale
from jangteo.domains.counter.actions.refund_sale import WantedBack, refund_sale
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.kernel.audit import SYSTEM
from tests.world import GUEST


def opened(market: Market, stall: Stall) -> CounterSale:
    wanted = WantedSale(stall.pk, 1_000, CounterSale.Source.STICKER)
    return open_sale(market=market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()))


def sale_in(market: Market, stall: Stall, needs: str) -> CounterSale:
    """A sale that waits for the stall's answer, or one that the stall has "received"."""
    sale = choose_way(market=market, actor=GUEST, token=opened(market, stall).token, way=CounterSale.Way.CASH)
    if needs == "received":
        answer_claim(market=market, actor=SYSTEM, sale_id=sale.pk, received=True)
    return sale


def refunded(market: Market, stall: Stall) -> int:
    """Money that the stall says to have given back by hand."""
    wanted = WantedBack(sale_in(market, stall, "received").pk)
    return refund_sale(market=market, actor=SYSTEM, wanted=wanted, key=str(uuid.uuid4())).pk


def begun(market: Market, stall: Stall) -> Mapping[str, object]:
    """A sale by card, and what the window sends back."""
    sale = choose_way(market=market, actor=GUEST, token=opened(market, stall).token, way=CounterSale.Way.CARD)
    return {"token": sale.token, "orderId": sale.ref, "amount": sale.amount_won, "paymentKey": f"key-{sale.ref}"}


def linked(market: Market, placed: PlacedOrder) -> Mapping[str, object]:
    """A link to pay for the order, and what the window sends back."""
    link = make_pay_link(market=market, actor=GUEST, token=placed.token)
    back = {"orderId": placed.ref, "amount": placed.pay_won, "paymentKey": f"key-{placed.ref}"}
    return {"token": link.token, **back}
