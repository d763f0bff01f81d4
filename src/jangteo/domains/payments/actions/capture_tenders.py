"""The outside money is there: fix which money paid how much of which line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.domains.ledger.actions.end_hold import end_hold
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.models import Hold
from jangteo.domains.payments.matrix_models import Cell, Tender
from jangteo.domains.payments.rules.refusals import SumsDiffer
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A line to be paid: the most it may come to. `exempt` goods bear no VAT."""

    key: str
    stall_id: int
    won: int
    exempt: bool


@step
def capture_tenders(*, market_id: int, order_ref: str, lines: Sequence[PaidLine], actor: Actor) -> bool:
    """Write the matrix and take what limited accounts hold for it. Once: afterwards it changes nothing.

    False when some of the order's money was freed meanwhile; then nothing is written, and what came has to go back.
    Raises SumsDiffer when the lines are not those that were planned for.
    """
    tenders = list(Tender.objects.select_for_update().filter(order_ref=order_ref).order_by("pk"))
    if any(tender.state == Tender.State.VOID for tender in tenders):
        return False
    if not tenders or Cell.objects.filter(tender__in=tenders).exists():
        return True
    if _has_run_out(tenders):
        return False
    Cell.objects.bulk_create(_cells(market_id, tenders, lines))
    for tender in tenders:
        _take(tender, actor)
    planned = [tender.pk for tender in tenders if tender.state == Tender.State.PLANNED]
    Tender.objects.filter(pk__in=planned).update(state=Tender.State.CAPTURED, changed_at=clock.now())
    return True


def _has_run_out(tenders: Sequence[Tender]) -> bool:
    """Whether a hold ended by itself before the outside money came."""
    held = Hold.objects.select_for_update().filter(key__in=[tender.hold_key for tender in tenders if tender.hold_key])
    return any(hold.state != Hold.State.OPEN for hold in held.order_by("account", "pk"))


def _cells(market_id: int, tenders: Sequence[Tender], lines: Sequence[PaidLine]) -> list[Cell]:
    """Raises SumsDiffer when the lines are not what the plan was made for."""
    for line in lines:
        planned_won = sum(tender.plan.get(line.key, 0) for tender in tenders)
        if planned_won != line.won:
            raise SumsDiffer(lines_won=line.won, tenders_won=planned_won)
    return [
        Cell(
            market_id=market_id,
            stall_id=line.stall_id,
            tender=tender,
            line_key=line.key,
            won=tender.plan[line.key],
            exempt=line.exempt,
        )
        for line in lines
        for tender in tenders
        if line.key in tender.plan
    ]


def _take(tender: Tender, actor: Actor) -> None:
    """Money of this program's own book; a gateway's capture was booked with its answer."""
    if not tender.account:
        return
    entry = NewEntry(
        key=f"{tender.order_ref}:{tender.key}:capture",
        kind="capture",
        cause=f"order:{tender.order_ref}",
        lines={tender.account: tender.won, f"order:{tender.order_ref}": -tender.won},
    )
    if tender.hold_key:
        end_hold(key=tender.hold_key, actor=actor, entry=entry)
    else:
        post_entry(market_id=tender.market_id, actor=actor, entry=entry)
