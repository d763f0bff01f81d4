"""The gateway refused the money."""

from __future__ import annotations

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.move_payment import move_payment
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.states import TRANSITIONS
from jangteo.kernel import audit, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def fail_sale(*, market: Market, actor: Actor, order_ref: str, code: str) -> None:
    """Note the refusal; the sale waits for another card until it runs out. What was captured or is over is left alone.

    Raises CounterSale.DoesNotExist and Payment.DoesNotExist.
    """
    sale = CounterSale.objects.select_for_update().get(ref=order_ref)
    payment = Payment.objects.select_for_update().get(order_ref=order_ref)
    if Payment.State.FAILED not in TRANSITIONS[payment.state]:
        return
    move_payment(payment=payment, to=Payment.State.FAILED, actor=actor)
    payment.failure_code = code[:60]
    payment.payment_key = None
    payment.save(update_fields=["state", "changed_at", "failure_code", "payment_key"])
    audit.record(actor, "payment.failed", f"sale:{sale.pk}", gateway_code=code[:60])
    live.publish([live.News(f"sale:{sale.pk}", "sale_changed", {"sale": sale.pk})])
