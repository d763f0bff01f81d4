"""A receipt's QR is held to the desk."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.lay_receipts import lay_receipts
from jangteo.domains.rebates.actions.lock_visit import lock_visit
from jangteo.domains.rebates.actions.tell_desk import tell_desk
from jangteo.domains.rebates.checks import check_bought, check_unused
from jangteo.domains.rebates.errors import ReceiptElsewhere
from jangteo.domains.rebates.models import TableReceipt
from jangteo.domains.rebates.purchases import purchases_by_code
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def scan_receipt(*, market: Market, actor: Actor, visit_id: int, code: str) -> list[TableReceipt]:
    """Lay the purchases of this receipt on the table.

    Raises VisitOver, ReceiptElsewhere (also for what is not paid or handed over), ReceiptTooOld, ReceiptUsed.
    """
    event, visit = lock_visit(visit_id=visit_id, is_open=True)
    found = purchases_by_code(event, code[:500])
    if not found:
        raise ReceiptElsewhere
    for bought in found:
        check_bought(event, bought.bought_at)
    check_unused([bought.key for bought in found])
    laid = lay_receipts(visit=visit, purchases=found)
    tell_desk(event=event)
    return laid
