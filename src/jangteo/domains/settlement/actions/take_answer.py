"""The bank's answer to a pay-out file: which payments were carried out, and which came back."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.accounts import payout_line
from jangteo.domains.settlement.actions.end_payout import end_payout
from jangteo.domains.settlement.actions.note_outcome import note_outcome
from jangteo.domains.settlement.bankfiles.layouts import layouts
from jangteo.domains.settlement.bankfiles.results import Outcome, read_results
from jangteo.domains.settlement.errors import RunMoved
from jangteo.domains.settlement.models import PayoutAccount, PayoutFile, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import SENT
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.files.tables import Source


@action
def take_answer(*, market: Market, actor: Actor, run_id: int, source: Source) -> SettlementRun:
    """Note what the answer says about each line; again changes nothing. What it leaves out stays open.

    Raises RunMoved, what `read_results` raises, SettlementRun.DoesNotExist; then nothing of it is kept.
    """
    run = SettlementRun.objects.select_for_update().get(pk=run_id)
    if run.state not in SENT:
        raise RunMoved(state=run.state)
    file = PayoutFile.objects.get(run=run)
    lines = list(SettlementLine.objects.filter(pk__in=map(int, file.accounts)).order_by("pk"))
    accounts = PayoutAccount.objects.in_bulk(file.accounts.values())
    sent = [payout_line(line, accounts[file.accounts[str(line.pk)]]) for line in lines]
    for line, result in zip(lines, read_results(source, sent, layouts()[file.layout]), strict=True):
        if result.outcome is not Outcome.UNANSWERED:
            reason = (result.reason or "-") if result.outcome is Outcome.RETURNED else None
            note_outcome(run=run, line=line, reason=reason, actor=actor)
    end_payout(run=run, actor=actor)
    return run
