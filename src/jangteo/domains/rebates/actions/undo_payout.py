"""Vouchers come back over the desk."""

from __future__ import annotations

from django.db.models import F

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.lock_visit import lock_visit
from jangteo.domains.rebates.actions.move_paper import move_paper
from jangteo.domains.rebates.actions.tell_desk import tell_desk
from jangteo.domains.rebates.errors import UndoneBefore
from jangteo.domains.rebates.models import CountedReceipt, PaperMove, Payout, PayoutShare, RebatePot, RebateVisit
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def undo_payout(*, market: Market, actor: Actor, payout_id: int) -> Payout:
    """Write its counterpart: money and paper are there again, the receipts may be counted anew, the visit goes on.

    Raises Payout.DoesNotExist, UndoneBefore.
    """
    visit_id = Payout.objects.filter(undoes=None).values_list("visit_id", flat=True).get(pk=payout_id)
    event, visit = lock_visit(visit_id=visit_id)
    paid = Payout.objects.get(pk=payout_id)
    if Payout.objects.filter(undoes=paid).exists():
        raise UndoneBefore
    back = Payout.objects.create(
        market=market,
        event=event,
        visit=visit,
        person_id=paid.person_id,
        key=f"undo:{paid.pk}",
        vouchers=-paid.vouchers,
        undoes=paid,
        actor_ref=actor.ref,
        at=clock.now(),
    )
    for share in paid.shares.order_by("pk"):
        PayoutShare.objects.create(
            market=market,
            payout=back,
            person_id=share.person_id,
            kind=share.kind,
            sum_won=-share.sum_won,
            won=-share.won,
        )
        RebatePot.objects.filter(event=event, kind=share.kind).update(paid_won=F("paid_won") - share.won)
    CountedReceipt.objects.filter(payout=paid).update(freed_at=clock.now())
    move_paper(event=event, actor=actor, why=PaperMove.Why.UNDONE, change=paid.vouchers, payout=back)
    visit.state, visit.ended_at = RebateVisit.State.CALLED, None
    visit.save(update_fields=["state", "ended_at"])
    audit.record(actor, "rebate.undone", f"rebate:{event.pk}", number=visit.number, vouchers=paid.vouchers)
    tell_desk(event=event, board=True)
    return back
