"""What lies on a visit's table and what that comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from jangteo.domains.rebates.models import PayoutShare, RebateEvent, RebatePot, RebateVisit, TableReceipt
from jangteo.domains.rebates.rules import Due, due


@dataclass(frozen=True, slots=True)
class KindOnTable:
    """`due` by the person's own cap; `left_won` is what they may still get, `short` that the pot does not reach."""

    pot: RebatePot
    due: Due
    had_won: int
    short: bool

    @property
    def left_won(self) -> int:
        return self.pot.cap_won - self.had_won


@dataclass(frozen=True, slots=True)
class Table:
    """Receipts in the order of their time; `vouchers` is what to hand over now."""

    receipts: Sequence[TableReceipt]
    kinds: Sequence[KindOnTable]
    vouchers: int
    won: int

    @property
    def unchecked(self) -> int:
        return sum(not receipt.checked for receipt in self.receipts)


def table_of(event: RebateEvent, visit: RebateVisit) -> Table:
    """Three queries."""
    receipts = list(visit.receipts.select_related("stall"))
    had = had_won(visit.person_id)
    kinds = [_kind(event, pot, receipts, had.get(pot.kind, 0)) for pot in event.pots.all()]
    won = sum(kind.due.back_won for kind in kinds if not kind.short)
    return Table(receipts, kinds, won // event.voucher_won, won)


def had_won(person_id: int | None) -> dict[str, int]:
    """What a person got of each kind, less what was undone."""
    if person_id is None:
        return {}
    shares = PayoutShare.objects.filter(person_id=person_id).order_by()
    return dict(shares.values_list("kind").annotate(all=Sum("won")))


def _kind(event: RebateEvent, pot: RebatePot, receipts: Sequence[TableReceipt], had: int) -> KindOnTable:
    total = sum(receipt.won_of(pot.kind) for receipt in receipts if receipt.checked)
    owed = due(event.rising_tiers(), total, left_won=max(0, pot.cap_won - had))
    return KindOnTable(pot, owed, had, short=owed.back_won > pot.left_won)
