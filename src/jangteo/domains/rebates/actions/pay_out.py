"""Vouchers go over the desk."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.lock_visit import lock_visit
from jangteo.domains.rebates.actions.move_paper import move_paper
from jangteo.domains.rebates.actions.tell_desk import tell_desk
from jangteo.domains.rebates.checks import check_unused
from jangteo.domains.rebates.desk_hours import GRACE, is_open
from jangteo.domains.rebates.errors import DeskClosed, NobodyNamed, NothingDue, PotEmpty, SumChanged, VisitOver
from jangteo.domains.rebates.models import (
    CountedReceipt,
    PaperMove,
    Payout,
    PayoutShare,
    RebatePerson,
    RebateVisit,
    TableReceipt,
)
from jangteo.domains.rebates.table import KindOnTable, Table, table_of
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

OVER = (RebateVisit.State.DONE, RebateVisit.State.LEFT)


@action
def pay_out(*, market: Market, actor: Actor, visit_id: int, key: str, vouchers: int) -> Payout:
    """Hand over what the table comes to, once: the same key again changes nothing. `vouchers` is what the desk saw.

    Everything of the event takes its turn, so that pots, paper, caps and receipts are counted exactly.
    Raises NobodyNamed, NothingDue, SumChanged, PotEmpty, PaperShort, ReceiptUsed, DeskClosed, VisitOver.
    """
    event, visit = lock_visit(visit_id=visit_id)
    earlier = Payout.objects.filter(event=event, key=key).first()
    if earlier is not None:
        return earlier
    if visit.state in OVER:
        raise VisitOver
    if not is_open(event, clock.now(), GRACE):
        raise DeskClosed(name=event.name)
    if visit.person_id is None:
        raise NobodyNamed
    person = RebatePerson.objects.select_for_update().get(pk=visit.person_id)
    table = table_of(event, visit)
    _check(table, vouchers)
    payout = _write(visit, person, table.vouchers, actor, key)
    for kind in table.kinds:
        _share(payout, kind, table.receipts)
    move_paper(event=event, actor=actor, why=PaperMove.Why.PAID, change=-payout.vouchers, payout=payout)
    visit.state, visit.ended_at, visit.phone, visit.told = RebateVisit.State.DONE, clock.now(), "", ""
    visit.save(update_fields=["state", "ended_at", "phone", "told"])
    audit.record(actor, "rebate.paid", f"rebate:{event.pk}", number=visit.number, vouchers=payout.vouchers)
    tell_desk(event=event, board=True)
    return payout


def _check(table: Table, vouchers: int) -> None:
    for kind in table.kinds:
        if kind.short:
            raise PotEmpty(field=kind.pot.kind, left_won=kind.pot.left_won)
    if not table.vouchers:
        raise NothingDue
    if table.vouchers != vouchers:
        raise SumChanged(vouchers=table.vouchers)
    check_unused([receipt.key for receipt in table.receipts if receipt.checked])


def _write(visit: RebateVisit, person: RebatePerson, vouchers: int, actor: Actor, key: str) -> Payout:
    return Payout.objects.create(
        market_id=visit.market_id,
        event_id=visit.event_id,
        visit=visit,
        person=person,
        key=key[:100],
        vouchers=vouchers,
        actor_ref=actor.ref,
        at=clock.now(),
    )


def _share(payout: Payout, kind: KindOnTable, receipts: Sequence[TableReceipt]) -> None:
    """Take it out of the pot and use its receipts up; a kind that gives nothing now keeps its receipts."""
    if not kind.due.back_won:
        return
    pot = kind.pot
    pot.paid_won += kind.due.back_won
    pot.save(update_fields=["paid_won"])
    PayoutShare.objects.create(
        market_id=payout.market_id,
        payout=payout,
        person_id=payout.person_id,
        kind=pot.kind,
        sum_won=kind.due.sum_won,
        won=kind.due.back_won,
    )
    counts = [receipt for receipt in receipts if receipt.checked and receipt.won_of(pot.kind)]
    CountedReceipt.objects.bulk_create(_counted(payout, pot.kind, receipt) for receipt in counts)


def _counted(payout: Payout, kind: str, receipt: TableReceipt) -> CountedReceipt:
    return CountedReceipt(
        market_id=payout.market_id,
        event_id=payout.event_id,
        payout=payout,
        stall_id=receipt.stall_id,
        kind=kind,
        source=receipt.source,
        key=receipt.key,
        bought_at=receipt.bought_at,
        total_won=receipt.total_won,
        won=receipt.won_of(kind),
        photo=receipt.photo,
        at=payout.at,
    )
