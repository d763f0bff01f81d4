"""Somebody takes a payment on by its link."""

from __future__ import annotations

from jangteo.domains.counter.errors import PayLinkDead, PayLinkUsed
from jangteo.domains.counter.models import PayLink
from jangteo.domains.counter.queries import is_payable, is_paying
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.models import Payment
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def open_pay_link(*, market: Market, actor: Actor, token: str) -> PayLink:
    """Let the window be opened. As often as it takes, until somebody has paid: a closed window opens again.

    Raises PayLinkDead (also for a link that never was) and PayLinkUsed.
    """
    link = PayLink.objects.select_for_update(of=("self",)).select_related("order").filter(token=token).first()
    if link is None:
        raise PayLinkDead
    payment = Payment.objects.select_for_update().get(pk=link.payment_id)
    if is_paying(payment):
        raise PayLinkUsed
    if link.ended_at is not None or link.expires_at < clock.now() or not is_payable(link.order, payment):
        raise PayLinkDead
    if link.opened_at is None:
        link.opened_at = clock.now()
        link.save(update_fields=["opened_at"])
        audit.record(actor, "pay_link.opened", f"order:{link.order_id}", number=link.order.number)
    return link
