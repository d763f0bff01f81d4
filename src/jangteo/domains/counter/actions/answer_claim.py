"""The stall says whether it has the money that a customer says it has."""

from __future__ import annotations

from jangteo.domains.counter.actions.book_sale import book_sale
from jangteo.domains.counter.actions.let_coupon_go import let_coupon_go
from jangteo.domains.counter.actions.move_sale import move_sale
from jangteo.domains.counter.actions.take_coupon import take_coupon
from jangteo.domains.counter.actions.take_sold import take_sold
from jangteo.domains.counter.errors import SaleOver
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def answer_claim(*, market: Market, actor: Actor, sale_id: int, received: bool) -> CounterSale:
    """Received: it is booked. The same answer twice changes nothing. Raises SaleOver, CounterSale.DoesNotExist."""
    sale = CounterSale.objects.select_for_update().get(pk=sale_id)
    wanted = SaleState.PAID if received else SaleState.DENIED
    if sale.state == wanted:
        return sale
    if received:
        sale.paid_at = clock.now()
    move_sale(sale=sale, to=wanted, actor=actor)
    if not received:
        let_coupon_go(sale=sale, actor=actor)
    elif not take_coupon(sale=sale, actor=actor):
        raise SaleOver(state=SaleState.EXPIRED)
    else:
        book_sale(sale=sale, actor=actor)
        take_sold(sale=sale)
    code = "sale.received" if received else "sale.denied"
    audit.record(actor, code, f"sale:{sale.pk}", amount_won=sale.amount_won)
    return sale
