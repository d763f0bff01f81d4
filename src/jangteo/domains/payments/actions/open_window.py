"""The gateway made a window ready: write its number down before the browser leaves for it."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.errors import PaymentNotFound, PaymentOver
from jangteo.domains.payments.models import OpenedWindow, Payment
from jangteo.domains.payments.states import AUTHORISABLE
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def open_window(*, market: Market, actor: Actor, order_ref: str, tid: str, key: str) -> OpenedWindow:
    """Add a window of a payment that can still be paid; `key` is the part of the return address that names it.

    Raises PaymentNotFound and PaymentOver.
    """
    payment = Payment.objects.select_for_update().filter(order_ref=order_ref).first()
    if payment is None:
        raise PaymentNotFound
    if payment.state not in AUTHORISABLE:
        raise PaymentOver(state=payment.state)
    return OpenedWindow.objects.create(
        market=market, payment=payment, gateway=payment.gateway, tid=tid, key=key, opened_at=clock.now()
    )
