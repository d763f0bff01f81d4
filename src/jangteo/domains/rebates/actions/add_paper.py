"""A receipt of paper is written down, by the desk or by the customer who waits."""

from __future__ import annotations

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.rebates.actions.lock_visit import lock_visit
from jangteo.domains.rebates.actions.tell_desk import tell_desk
from jangteo.domains.rebates.checks import check_bought, check_unused
from jangteo.domains.rebates.errors import BadAmount, ReceiptThere, ReceiptUnknown
from jangteo.domains.rebates.models import Source, TableReceipt
from jangteo.domains.rebates.rules import paper_key
from jangteo.domains.rebates.told import PaperReceipt
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_WON = 5_000_000
MOST_ON_TABLE = 60


@action
def add_paper(*, market: Market, actor: Actor, visit_id: int, told: PaperReceipt, checked: bool) -> TableReceipt:
    """Lay it on the table; what a customer wrote (`checked` False) counts only once the desk has seen it.

    Raises BadAmount, ReceiptUnknown, ReceiptTooOld, ReceiptUsed, ReceiptThere, VisitOver.
    """
    if not 0 < told.total_won <= MOST_WON or min(told.agri_won, told.fish_won) < 0:
        raise BadAmount(most_won=MOST_WON)
    if told.agri_won + told.fish_won > told.total_won or (checked and not told.agri_won + told.fish_won):
        raise BadAmount(most_won=told.total_won)
    event, visit = lock_visit(visit_id=visit_id, is_open=True)
    stall = Stall.objects.filter(pk=told.stall_id).first()
    if stall is None or visit.receipts.count() >= MOST_ON_TABLE:
        raise ReceiptUnknown
    check_bought(event, told.bought_at)
    there = told.bought_at.astimezone(clock.KST)
    key = paper_key(stall.pk, there.date().isoformat(), told.number, told.total_won, f"{there:%H:%M}")[:100]
    check_unused([key])
    if visit.receipts.filter(key=key).exists():
        raise ReceiptThere
    receipt = TableReceipt.objects.create(
        market=market,
        visit=visit,
        stall=stall,
        source=Source.PAPER,
        key=key,
        bought_at=told.bought_at,
        total_won=told.total_won,
        agri_won=told.agri_won,
        fish_won=told.fish_won,
        photo=told.photo,
        checked=checked,
    )
    tell_desk(event=event)
    return receipt
