"""The money of orders: their matrices, many at once, and what was given back of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db.models import QuerySet, Sum

from jangteo.domains.payments.matrix_models import Cell, GivebackLeg, Tender
from jangteo.domains.payments.paid_orders import PaidOrder
from jangteo.kernel import clock
from jangteo.kernel.tenancy import whole_market

# What nobody gave back by then is settled elsewhere, and would stand in the way on the screen.
SHOWN_FOR = timedelta(days=60)
# How the reasons of `refund_lines` begin.
DECIDED = "decided_"


def orders_moneys(refs: Collection[str]) -> dict[str, PaidOrder]:
    """What is written down of these orders' money, with its stalls; an order may have no cells yet.

    Two queries, one where nothing is written down.
    """
    live = Tender.objects.filter(order_ref__in=refs).exclude(state=Tender.State.VOID)
    tenders = list(live.select_related("stall").order_by("pk")) if refs else []
    if not tenders:
        return {}
    with whole_market():
        cells = list(Cell.objects.filter(tender__in=tenders).order_by("pk"))
    by_ref: dict[str, list[Tender]] = {}
    for tender in tenders:
        by_ref.setdefault(tender.order_ref, []).append(tender)
    return {ref: PaidOrder(found, _of(found, cells)) for ref, found in by_ref.items()}


def legs_of(order_ref: str) -> list[GivebackLeg]:
    """What was given back of an order, in turn, with what became of it."""
    return list(_legs().filter(giveback__order_ref=order_ref).order_by("pk"))


def legs_by_hand(stall_id: int | None = None) -> list[GivebackLeg]:
    """Money that a stall (None: any stall) has to give back across the counter, oldest first."""
    waiting = _legs().filter(state=GivebackLeg.State.BY_HAND, giveback__at__gt=clock.now() - SHOWN_FOR)
    if stall_id is not None:
        waiting = waiting.filter(tender__stall_id=stall_id)
    return list(waiting.order_by("pk"))


def decided_won(order_ref: str) -> int:
    """What somebody decided to give back of an order's lines in scope after they were handed over."""
    cells = Cell.objects.filter(giveback__order_ref=order_ref, giveback__reason__startswith=DECIDED)
    return -(cells.aggregate(won=Sum("won"))["won"] or 0)


def was_never_taken(leg: GivebackLeg) -> bool:
    """True for a stall's share of what had not changed hands when it was given back: the customer brings less."""
    tender, back = leg.tender, leg.giveback
    if tender.stall_id is None or leg.state == GivebackLeg.State.BY_HAND:
        return False
    # Weighing and taking the money are one moment.
    return tender.state != Tender.State.CAPTURED or back.at <= tender.changed_at


def never_taken(legs: Iterable[GivebackLeg]) -> Counter[str]:
    """Won by tender key that were given back before they changed hands."""
    found: Counter[str] = Counter()
    for leg in legs:
        if was_never_taken(leg):
            found[leg.tender.key] += leg.won
    return found


def _legs() -> QuerySet[GivebackLeg]:
    return GivebackLeg.objects.select_related("giveback", "tender__stall", "refund")


def _of(tenders: Collection[Tender], cells: Collection[Cell]) -> list[Cell]:
    ids = {tender.pk for tender in tenders}
    return [cell for cell in cells if cell.tender_id in ids]
