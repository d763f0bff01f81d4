"""A deposit is there again: what was given back of it while there was nothing to give is sent now."""

from __future__ import annotations

from jangteo.domains.payments.actions.request_refund import request_refund
from jangteo.domains.payments.matrix_models import GivebackLeg
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel.action import step


@step
def send_unsent(*, payment: Payment) -> None:
    """Queue a refund for each of them on the locked payment. A repeat changes nothing. Raises RefundTooLarge."""
    legs = GivebackLeg.objects.select_for_update(of=("self",)).select_related("giveback")
    unsent = legs.filter(giveback__order_ref=payment.order_ref, tender__kind=TenderKind.VIRTUAL_ACCOUNT, refund=None)
    for leg in unsent.order_by("pk"):
        leg.refund = request_refund(
            payment=payment, amount_won=leg.won, tax_free_won=leg.tax_free_won, reason=leg.giveback.reason
        )
        leg.state = GivebackLeg.State.SENT
        leg.save(update_fields=["refund", "state"])
