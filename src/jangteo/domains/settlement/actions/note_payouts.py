"""What the gateway says about pay-outs."""

from __future__ import annotations

from collections.abc import Iterable

import structlog

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.payouts_port import Payout, PayoutState
from jangteo.domains.settlement.actions.end_payout import end_payout
from jangteo.domains.settlement.actions.note_outcome import note_outcome
from jangteo.domains.settlement.models import SentPayout, SettlementRun
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

log = structlog.get_logger(__name__)

# A read that was overtaken by a later one must not take a pay-out back.
_HOW_FAR = {
    SentPayout.State.WAITING: 0,
    SentPayout.State.REQUESTED: 1,
    SentPayout.State.IN_PROGRESS: 2,
    SentPayout.State.COMPLETED: 3,
    SentPayout.State.FAILED: 3,
    SentPayout.State.CANCELLED: 3,
    SentPayout.State.REFUSED: 3,
}
# What stands as the reason of money that was never sent, where the gateway gives none.
CALLED_BACK = "CANCELED"
NO_REASON = "FAILED"


@action
def note_payouts(*, market: Market, actor: Actor, gateway: str, seen: Iterable[Payout]) -> None:
    """Take each pay-out as far as the gateway has, book those that ended, and end the run with the last.

    Again changes nothing, and so does what is about somebody else's money.
    """
    by_ref = {one.ref: one for one in seen}
    rows = SentPayout.objects.filter(ref__in=by_ref, batch__gateway=gateway)
    runs = rows.order_by("batch__run_id").values_list("batch__run_id", flat=True).distinct()
    for run in SettlementRun.objects.select_for_update().filter(pk__in=list(runs)).order_by("pk"):
        for row in rows.filter(batch__run=run).select_for_update(of=("self",)).select_related("payee").order_by("pk"):
            _note(run, row, by_ref[row.ref], actor)
        end_payout(run=run, actor=actor)


def _note(run: SettlementRun, row: SentPayout, seen: Payout, actor: Actor) -> None:
    asked = (row.amount_won, row.payee.key, row.key or seen.key)
    if asked != (seen.amount_won, seen.payee_key, seen.key):
        log.error("payout_differs", payout=row.pk, gateway_key=seen.key)
        return
    row.key, row.read_at = seen.key, clock.now()
    state = SentPayout.State(seen.state.value)
    if _HOW_FAR[state] > _HOW_FAR[SentPayout.State(row.state)]:
        row.state, row.failure, row.changed_at = state, seen.failure, clock.now()
        _book(run, row, seen, actor)
    row.save(update_fields=["key", "read_at", "state", "failure", "changed_at"])


def _book(run: SettlementRun, row: SentPayout, seen: Payout, actor: Actor) -> None:
    match seen.state:
        case PayoutState.COMPLETED:
            note_outcome(run=run, line=row.line, reason=None, actor=actor)
        case PayoutState.FAILED:
            note_outcome(run=run, line=row.line, reason=seen.failure or NO_REASON, actor=actor)
        case PayoutState.CANCELLED:
            note_outcome(run=run, line=row.line, reason=CALLED_BACK, actor=actor)
