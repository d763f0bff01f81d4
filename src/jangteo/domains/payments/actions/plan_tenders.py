"""Write down which money will pay an order, before the customer is sent to pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from jangteo.domains.ledger.actions.hold_funds import NewHold, hold_funds
from jangteo.domains.ledger.rules import is_limited
from jangteo.domains.payments.matrix_models import Tender
from jangteo.domains.payments.rules.tenders import PAID_AT_STALL, TenderKind
from jangteo.kernel import clock
from jangteo.kernel.action import step


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTender:
    """A column to be: `plan` is what it pays of each line.

    `account` is where this program keeps the money ("points:12", "subsidy:city"), "" elsewhere. What a limited account
    is to pay is held until then. Money of a stall's own till names the stall.
    """

    key: str
    kind: TenderKind
    line_keys: frozenset[str]
    plan: Mapping[str, int]
    excludes: frozenset[TenderKind] = frozenset()
    scheme: str = ""
    saved_won: int = 0
    policy: str = ""
    coupon: str = ""
    needs_won: int = 0
    account: str = ""
    stall_id: int | None = None

    @property
    def won(self) -> int:
        return sum(self.plan.values())


@step
def plan_tenders(
    *, market_id: int, order_ref: str, tenders: Sequence[PlannedTender], hold_until: datetime
) -> list[Tender]:
    """Keep the columns of an order that is about to be paid, and hold what limited accounts are to pay.

    Raises InsufficientFunds when an account has less than was shown; then the transaction can only be undone.
    """
    rows = [_row(market_id, order_ref, tender) for tender in tenders if tender.won]
    for row in rows:
        if row.hold_key:
            cause = f"order:{order_ref}"
            hold = NewHold(row.hold_key, cause, row.account, row.won, hold_until)
            hold_funds(market_id=market_id, hold=hold)
    return Tender.objects.bulk_create(rows)


def _row(market_id: int, order_ref: str, tender: PlannedTender) -> Tender:
    promised = tender.kind in PAID_AT_STALL
    return Tender(
        market_id=market_id,
        order_ref=order_ref,
        key=tender.key,
        kind=tender.kind,
        scheme=tender.scheme,
        won=tender.won,
        saved_won=tender.saved_won,
        policy=tender.policy,
        line_keys=sorted(tender.line_keys),
        plan={line: won for line, won in tender.plan.items() if won},
        excludes=sorted(tender.excludes),
        coupon=tender.coupon,
        needs_won=tender.needs_won,
        account=tender.account,
        hold_key=f"tender:{order_ref}:{tender.key}" if is_limited(tender.account) else "",
        stall_id=tender.stall_id,
        state=Tender.State.PROMISED if promised else Tender.State.PLANNED,
        changed_at=clock.now(),
    )
