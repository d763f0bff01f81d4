"""Nobody paid: the money that was kept aside for an order is free again."""

from __future__ import annotations

from django.db.models import Q

from jangteo.domains.ledger.actions.end_hold import end_hold
from jangteo.domains.ledger.models import Hold
from jangteo.domains.payments.actions.give_back import Back, give_back
from jangteo.domains.payments.matrix_models import Tender
from jangteo.domains.payments.paid_orders import locked
from jangteo.domains.payments.rules.refunds import Terms
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def void_tenders(*, order_ref: str, actor: Actor) -> None:
    """Free what limited accounts hold for an order that was not paid, and give back what they had paid already.

    They have where a deposit came and the bank took it back. Money of a gateway or a till was never kept aside: if it
    comes after all, its columns still stand.
    """
    kept = Tender.objects.select_for_update().filter(order_ref=order_ref, state=Tender.State.PLANNED)
    # A coupon that only stalls bear holds nothing, and is the customer's again all the same.
    for tender in kept.exclude(~Q(kind=TenderKind.COUPON), hold_key="").order_by("pk"):
        # A hold that ran out by itself is free already.
        if Hold.objects.filter(key=tender.hold_key, state=Hold.State.OPEN).exists():
            end_hold(key=tender.hold_key, actor=actor)
        tender.state = Tender.State.VOID
        tender.changed_at = clock.now()
        tender.save(update_fields=["state", "changed_at"])
    order = locked(order_ref)
    if order is not None:
        everything = Back(order_ref, dict.fromkeys(order.stall_of), "never_paid", Terms(clock.today()))
        give_back(market_id=order.tenders[0].market_id, back=everything, actor=actor)
