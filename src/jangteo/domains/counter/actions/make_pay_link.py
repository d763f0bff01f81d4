"""Ask somebody else to pay for an order."""

from __future__ import annotations

from datetime import datetime, timedelta

from jangteo.domains.counter.errors import NothingToPay
from jangteo.domains.counter.models import PayLink
from jangteo.domains.counter.rules import first_name
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.prolong_payment import prolong_payment
from jangteo.domains.payments.models import Payment, Tender
from jangteo.domains.payments.states import AUTHORISABLE
from jangteo.domains.stock.actions.prolong_holds import prolong_holds
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

LASTS = timedelta(hours=2)
# Goods are kept aside as long as the link lives, so nothing is kept beyond the time at which they are wanted.
LEAST = timedelta(minutes=10)


@action
def make_pay_link(*, market: Market, actor: Actor, token: str, order_ref: str = "") -> PayLink:
    """A link for the order's payment, living two hours at most; the goods are kept aside as long.

    An order whose link lives gets the same again. `order_ref` names one of several payments of the order.
    Raises NothingToPay.
    """
    order = Order.objects.select_for_update().filter(token=token).first()
    if order is None or order.state != OrderState.AWAITING_PAYMENT:
        raise NothingToPay
    wanted = order_ref or order.ref
    payment = Payment.objects.select_for_update().filter(order_ref=wanted).first()
    is_ours = wanted == order.ref or wanted.startswith(f"{order.ref}-")
    if payment is None or not is_ours or payment.state not in AUTHORISABLE or not _goes_by_card(payment):
        raise NothingToPay
    moment = clock.now()
    known = PayLink.objects.filter(payment=payment, ended_at__isnull=True).first()
    if known is not None and known.expires_at > moment:
        return known
    PayLink.objects.filter(payment=payment, ended_at__isnull=True).update(ended_at=moment)
    link = PayLink.objects.create(
        market=market,
        token=ids.new_token(),
        order=order,
        payment=payment,
        amount_won=payment.amount_won,
        asker=first_name(order.name),
        created_at=moment,
        expires_at=_ends(order, payment, moment),
    )
    prolong_payment(payment=payment, until=link.expires_at)
    prolong_holds(cause=f"order:{order.ref}", until=link.expires_at)
    audit.record(actor, "pay_link.made", f"order:{order.pk}", number=order.number, amount_won=link.amount_won)
    return link


def _ends(order: Order, payment: Payment, moment: datetime) -> datetime:
    """Not longer than the payment has anyway, where other money of the order is held: that is freed with its time."""
    if Tender.objects.filter(order_ref=order.ref).exclude(hold_key="").exists():
        return payment.expires_at
    return max(moment + LEAST, min(moment + LASTS, order.wanted_at))


def _goes_by_card(payment: Payment) -> bool:
    """A wallet and a virtual account belong to whoever chose them; a card can be anybody's."""
    return gateways.way_key(payment.gateway, payment.pay_by) == gateways.CARD
