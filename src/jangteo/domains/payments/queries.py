"""Payments as they stand."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.models import Payment, Refund
from jangteo.kernel import clock
from jangteo.kernel.tenancy import unscoped

UNFINISHED_AFTER = timedelta(minutes=2)


def payment_for(order_ref: str) -> Payment | None:
    """The card payment of an order, if it has one."""
    return Payment.objects.filter(order_ref=order_ref).first()


def market_of_payment(order_ref: str) -> Market | None:
    """Whose payment this reference names. Asked for a gateway's message, before any market is known."""
    with unscoped():
        payment = Payment.objects.select_related("market").filter(order_ref=order_ref).first()
    return None if payment is None else payment.market


def refunds_of(order_ref: str) -> QuerySet[Refund]:
    """Refunds asked for, oldest first."""
    return Refund.objects.filter(payment__order_ref=order_ref).order_by("pk")


def unfinished_payments() -> QuerySet[Payment]:
    """Payments that somebody must ask the gateway about: sent or unknown for two minutes, or past their time."""
    moment = clock.now()
    sent = Q(state__in=[Payment.State.REQUESTED, Payment.State.UNKNOWN], changed_at__lt=moment - UNFINISHED_AFTER)
    late = Q(state__in=[Payment.State.CREATED, Payment.State.FAILED], expires_at__lt=moment)
    return Payment.objects.filter(sent | late).order_by("pk")
