"""Nobody paid: the money that was kept aside for an order is free again."""

from __future__ import annotations

from jangteo.domains.ledger.actions.end_hold import end_hold
from jangteo.domains.ledger.models import Hold
from jangteo.domains.payments.matrix_models import Tender
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def void_tenders(*, order_ref: str, actor: Actor) -> None:
    """Free what limited accounts hold for an order that was not paid.

    Money of a gateway or a till was never kept aside: if it comes after all, its columns still stand.
    """
    kept = Tender.objects.select_for_update().filter(order_ref=order_ref, state=Tender.State.PLANNED)
    for tender in kept.exclude(hold_key="").order_by("pk"):
        # A hold that ran out by itself is free already.
        if Hold.objects.filter(key=tender.hold_key, state=Hold.State.OPEN).exists():
            end_hold(key=tender.hold_key, actor=actor)
        tender.state = Tender.State.VOID
        tender.changed_at = clock.now()
        tender.save(update_fields=["state", "changed_at"])
