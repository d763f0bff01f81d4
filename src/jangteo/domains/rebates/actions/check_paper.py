"""The desk has seen a receipt and says what of it counts, or takes it off the table."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.lock_visit import lock_visit
from jangteo.domains.rebates.actions.tell_desk import tell_desk
from jangteo.domains.rebates.errors import BadAmount
from jangteo.domains.rebates.models import TableReceipt
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def check_paper(*, market: Market, actor: Actor, receipt_id: int, agri_won: int, fish_won: int) -> None:
    """So much of it counts for each kind; nothing for both takes it away.

    Also for a sale that was rung up as an amount alone. Raises TableReceipt.DoesNotExist, BadAmount, VisitOver.
    """
    visit_id = TableReceipt.objects.values_list("visit_id", flat=True).get(pk=receipt_id)
    event, visit = lock_visit(visit_id=visit_id, is_open=True)
    receipt = TableReceipt.objects.select_for_update(of=("self",)).get(pk=receipt_id)
    if min(agri_won, fish_won) < 0 or agri_won + fish_won > receipt.total_won:
        raise BadAmount(most_won=receipt.total_won)
    about = f"rebate:{event.pk}"
    audit.record(actor, "rebate.receipt_checked", about, number=visit.number, agri_won=agri_won, fish_won=fish_won)
    if not agri_won + fish_won:
        receipt.delete()
    else:
        receipt.agri_won, receipt.fish_won, receipt.checked = agri_won, fish_won, True
        receipt.save(update_fields=["agri_won", "fish_won", "checked"])
    tell_desk(event=event)
