"""Book what the bank did with one line of a run."""

from __future__ import annotations

from jangteo.domains.ledger.actions.reverse_entry import reverse_entry
from jangteo.domains.settlement.accounts import payout_key
from jangteo.domains.settlement.actions.pay_line import pay_line
from jangteo.domains.settlement.models import LineOutcome, SettlementLine, SettlementRun
from jangteo.kernel import audit, clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

MOST_REASON = 200


@step
def note_outcome(*, run: SettlementRun, line: SettlementLine, reason: str | None, actor: Actor) -> bool:
    """Paid, or with the bank's reason sent back: then it is the stall's again. False when that was known before.

    Sent and sent back both stand in the book, also when nobody had marked the run as paid.
    """
    outcome = LineOutcome.Outcome.PAID if reason is None else LineOutcome.Outcome.RETURNED
    if not line.payout_won or LineOutcome.objects.filter(line=line, outcome=outcome).exists():
        return False
    pay_line(run=run, line=line, actor=actor)
    if reason is not None:
        reverse_entry(key=payout_key(line), actor=actor)
        audit.record(actor, "settlement.returned", f"stall:{line.stall_id}", payout_won=line.payout_won)
    LineOutcome.objects.create(
        market_id=run.market_id,
        line=line,
        outcome=outcome,
        reason=(reason or "").strip()[:MOST_REASON],
        actor_ref=actor.ref,
        at=clock.now(),
    )
    return True
