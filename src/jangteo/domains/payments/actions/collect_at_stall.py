"""A stall has the money in its hand: vouchers, cash, or its own terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.domains.payments.actions.capture_tenders import PaidLine
from jangteo.domains.payments.matrix_models import Cell, Tender
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel import clock
from jangteo.kernel.action import step


@dataclass(frozen=True, slots=True)
class Collected:
    """What a stall has of an order's lines, in won: `ahead` through this program, `here` in its own hand by kind."""

    ahead_won: int
    here_won: dict[TenderKind, int]


@step
def collect_at_stall(
    *, market_id: int, order_ref: str, stall_id: int, lines: Sequence[PaidLine], taken: TenderKind | None
) -> Collected:
    """Note what the customer hands over for these lines of one stall, `won` being what each comes to in the end.

    What was promised is collected as promised, or as `taken` where the customer brought other money. Lines that
    nothing was paid for are paid whole, `taken` or in a way nobody noted.
    """
    cells = Cell.objects.filter(tender__order_ref=order_ref, stall_id=stall_id).values_list("tender_id", "won")
    left: dict[int, int] = {}
    for tender_id, won in cells:
        left[tender_id] = left.get(tender_id, 0) + won
    if not left:
        return _record(market_id, order_ref, stall_id, lines, taken or TenderKind.RECORDED_OFFLINE)
    here: dict[TenderKind, int] = {}
    for tender in Tender.objects.filter(pk__in=left, stall_id=stall_id).order_by("pk"):
        kind = _collect(tender, taken)
        here[kind] = here.get(kind, 0) + left[tender.pk]
    return Collected(sum(left.values()) - sum(here.values()), {kind: won for kind, won in here.items() if won})


def _collect(tender: Tender, taken: TenderKind | None) -> TenderKind:
    if tender.state == Tender.State.PROMISED:
        tender.kind = taken or tender.kind
        tender.state = Tender.State.CAPTURED
        tender.changed_at = clock.now()
        tender.save(update_fields=["kind", "state", "changed_at"])
    return TenderKind(tender.kind)


def _record(market_id: int, order_ref: str, stall_id: int, lines: Sequence[PaidLine], kind: TenderKind) -> Collected:
    """The one column of a stall that is paid on the spot."""
    won = sum(line.won for line in lines)
    if not won:
        return Collected(0, {})
    tender = Tender.objects.create(
        market_id=market_id,
        order_ref=order_ref,
        key=f"{kind}:{stall_id}",
        kind=kind,
        won=won,
        line_keys=[line.key for line in lines],
        plan={line.key: line.won for line in lines if line.won},
        stall_id=stall_id,
        state=Tender.State.CAPTURED,
        changed_at=clock.now(),
    )
    shared = {"market_id": market_id, "stall_id": stall_id, "tender": tender}
    Cell.objects.bulk_create(
        Cell(**shared, line_key=line.key, won=line.won, exempt=line.exempt) for line in lines if line.won
    )
    return Collected(0, {kind: won})
