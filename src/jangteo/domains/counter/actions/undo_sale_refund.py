"""The stall did not give the money back after all: a mistaken tap."""

from __future__ import annotations

from jangteo.domains.counter.actions.fit_receipt import fit_receipt
from jangteo.domains.counter.actions.move_sale import move_sale
from jangteo.domains.counter.actions.take_sold import take_sold
from jangteo.domains.counter.errors import TooLateToUndo
from jangteo.domains.counter.models import CounterSale, SaleRefund
from jangteo.domains.counter.queries import can_be_undone
from jangteo.domains.counter.states import SaleState
from jangteo.domains.ledger.actions.reverse_entry import reverse_entry
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def undo_sale_refund(*, market: Market, actor: Actor, refund_id: int) -> SaleRefund:
    """The money is the stall's again, in the book too, and its cash receipt comes again. Twice changes nothing.

    Raises TooLateToUndo, also for what goes through a gateway, and SaleRefund.DoesNotExist.
    """
    sale_id = SaleRefund.objects.values_list("sale_id", flat=True).get(pk=refund_id)
    sale = CounterSale.objects.select_for_update().get(pk=sale_id)
    row = SaleRefund.objects.select_for_update().get(pk=refund_id)
    if row.undone_at is not None:
        return row
    if not can_be_undone(row, clock.now()):
        raise TooLateToUndo
    row.undone_at = clock.now()
    row.save(update_fields=["undone_at"])
    reverse_entry(key=f"sale:{sale.pk}:back:{row.pk}", actor=actor)
    _keep(sale, row.amount_won, actor)
    fit_receipt(market=market, actor=actor, about=sale.ref)
    audit.record(actor, "sale.refund_undone", f"sale:{sale.pk}", amount_won=row.amount_won)
    return row


def _keep(sale: CounterSale, won: int, actor: Actor) -> None:
    sale.refunded_won -= won
    if sale.state == SaleState.REFUNDED:
        move_sale(sale=sale, to=SaleState.PAID, actor=actor)
        take_sold(sale=sale)
        return
    sale.changed_at = clock.now()
    sale.save(update_fields=["refunded_won", "changed_at"])
    news: dict[str, int | str] = {"sale": sale.pk}
    live.publish(
        [live.News(f"stall:{sale.stall_id}", "sale_paid", news), live.News(f"sale:{sale.pk}", "sale_paid", news)]
    )
