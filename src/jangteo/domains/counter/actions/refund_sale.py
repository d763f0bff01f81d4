"""The stall gives the whole amount back."""

from __future__ import annotations

from jangteo.domains.counter.actions.book_sale import sale_entry
from jangteo.domains.counter.actions.move_sale import move_sale
from jangteo.domains.counter.actions.take_back_receipt import take_back_receipt
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.ledger.actions.reverse_entry import reverse_entry
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.request_refund import request_refund
from jangteo.domains.payments.models import Payment
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def refund_sale(*, market: Market, actor: Actor, sale_id: int) -> CounterSale:
    """By card it goes back to the card; offline the stall hands it over the counter. Its cash receipt is taken back.

    Refunding twice changes nothing. Raises SaleOver, CounterSale.DoesNotExist.
    """
    sale = CounterSale.objects.select_for_update().get(pk=sale_id)
    if sale.state == SaleState.REFUNDED:
        return sale
    move_sale(sale=sale, to=SaleState.REFUNDED, actor=actor)
    kind, _lines = sale_entry(sale)
    reverse_entry(key=f"sale:{sale.pk}:{kind}", actor=actor)
    if not sale.is_offline:
        payment = Payment.objects.select_for_update().get(order_ref=sale.ref)
        request_refund(
            payment=payment, amount_won=sale.amount_won, tax_free_won=sale.tax_free_won, reason="sale_refunded"
        )
    take_back_receipt(about=sale.ref)
    audit.record(actor, "sale.refunded", f"sale:{sale.pk}", amount_won=sale.amount_won)
    return sale
