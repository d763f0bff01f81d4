"""The browser came back from a gateway's window with the token that approves it."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.errors import PaymentNotFound
from jangteo.domains.payments.models import OpenedWindow, Payment
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

LONGEST_TOKEN = 100


@action
def note_return(*, market: Market, actor: Actor, order_ref: str, key: str, token: str) -> str:
    """Keep the token beside its window and answer the window's number. The first token stays.

    Raises PaymentNotFound for another order's window and for what is no token.
    """
    payment = Payment.objects.select_for_update().filter(order_ref=order_ref).first()
    window = OpenedWindow.objects.filter(payment=payment, key=key).first() if payment else None
    if window is None or not 0 < len(token) <= LONGEST_TOKEN:
        raise PaymentNotFound
    if window.returned_at is None:
        window.token, window.returned_at = token, clock.now()
        window.save(update_fields=["token", "returned_at"])
    return window.tid
